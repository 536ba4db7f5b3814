import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { customerId } from '../../../../functions/domain/ids.ts';
import {
  decideNotice,
  type NoticeStatus,
  sendingLeaseMs,
  withStatus,
} from '../../../../functions/domain/notice/notice.ts';
import { noticeTag, parseNoticeTag } from '../../../../functions/domain/notice/notice-tag.ts';
import { noon, theCustomer } from '../../../twins/examples.ts';

describe('what to do about a mail', () => {
  const notice = (status: NoticeStatus) => ({ customer: theCustomer, id: 'x', status, version: 4 });
  test('nobody has claimed yet: claim it', () => {
    expect(decideNotice(null, 'mine', noon)).toBe('claim');
  });

  test.each<[NoticeStatus, string]>([
    [{ state: 'sent', messageId: 'm', at: noon }, 'done'],
    [{ state: 'dropped', why: 'paid', at: noon }, 'done'],
    [{ state: 'undeliverable', why: 'bounce', at: noon }, 'done'],
    [{ state: 'rejected', messageId: 'm', at: noon }, 'done'],
    [{ state: 'bounced', messageId: 'm', at: noon }, 'done'],
    [{ state: 'refused', why: 'Throttling' }, 'reclaim'],
    [{ state: 'sending', since: noon - sendingLeaseMs + 1, message: 'mine' }, 'leave'],
    [{ state: 'sending', since: noon - sendingLeaseMs + 1, message: 'another' }, 'done'],
    [{ state: 'sending', since: noon - sendingLeaseMs, message: 'mine' }, 'reclaim'],
    [{ state: 'sending', since: noon - sendingLeaseMs, message: 'another' }, 'reclaim'],
  ])('%j: %s', (status, step) => {
    expect(decideNotice(notice(status), 'mine', noon)).toBe(step);
  });

  test('its next version is one higher', () => {
    const dropped = { state: 'dropped' as const, why: 'paid', at: noon };
    expect(withStatus(notice({ state: 'sending', since: noon, message: 'mine' }), dropped)).toEqual(
      {
        ...notice(dropped),
        version: 5,
      },
    );
  });
});

describe('the tag of a mail', () => {
  const word = fc.stringMatching(/^[^\n\ud800-\udfff]{1,60}$/);

  test('brings back which notice it was, in the characters that SES allows', () => {
    fc.assert(
      fc.property(word, word, (customer, id) => {
        const tag = noticeTag({ customer: customerId(customer), id });
        expect(tag).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(parseNoticeTag(tag)).toEqual({ customer, id });
      }),
    );
  });

  test.each(['', 'x', Buffer.from('one line').toString('base64url'), '!!!'])(
    'is none of ours: "%s"',
    (tag) => {
      expect(parseNoticeTag(tag)).toBeNull();
    },
  );
});
