import { expect, test } from 'vitest';
import type { AnnouncedEnd, DunningCase } from '../../../../functions/domain/case/dunning-case.ts';
import { invoiceId } from '../../../../functions/domain/ids.ts';
import type { NoticeContent } from '../../../../functions/domain/notice/notice-content.ts';
import { whyNoticeIsGone } from '../../../../functions/domain/notice/notice-gone.ts';
import { customerOf, dunningCaseOf, noon, theInvoice } from '../../../twins/examples.ts';
import {
  charged,
  endAhead,
  ended,
  failed,
  lastTry,
  restored,
  unconfirmed,
} from '../../notify/fixtures/notices.ts';

const end: AnnouncedEnd = {
  announcedAt: noon - 1,
  at: noon,
  access: 'suspend',
  action: 'mark_uncollectible',
  doneAt: noon,
};
const amountDue = { amount: 1050, currency: 'usd' };
const waiting = dunningCaseOf({ progress: { state: 'waiting', dueAt: noon }, amountDue });
const exhausted = dunningCaseOf({
  progress: { state: 'exhausted', endedAt: noon },
  end: { ...end, doneAt: null },
});
const over = dunningCaseOf({ progress: { state: 'exhausted', endedAt: noon }, amountDue, end });
const paid = dunningCaseOf({
  progress: { state: 'recovered', endedAt: noon, role: 'primary' },
  end,
});
const writtenOff = dunningCaseOf({
  progress: { state: 'closed', endedAt: noon, reason: 'uncollectible' },
  end,
});
const voided = dunningCaseOf({ progress: { state: 'closed', endedAt: noon, reason: 'voided' } });
const other: DunningCase = { ...over, invoice: invoiceId('in_2') };
const gone = (notice: NoticeContent, ...cases: DunningCase[]) =>
  whyNoticeIsGone({ notice, invoice: theInvoice }, { customer: customerOf(), cases }, noon);

test.each([
  ['a failure while it is unpaid', failed(), waiting, null],
  ['a failure once it is paid', failed(), paid, 'the case is recovered'],
  ['a failure once it is closed', failed(), voided, 'the case is closed'],
  ['what the bank wants once it is paid', unconfirmed(), paid, 'the case is recovered'],
  ['a charge of the backup, whatever came after', charged(), paid, null],
  ['the last try before it', lastTry(), waiting, null],
  ['the last try after it', lastTry(), exhausted, 'the last try is over'],
  ['the end before it', endAhead(), exhausted, null],
  ['the end after it', endAhead(), over, 'the end has come'],
  ['the end once it is paid', endAhead(), paid, 'the case is recovered'],
  ['that the end came', ended(), over, null],
  ['that the end came, by which the invoice was closed', ended(), writtenOff, null],
  ['that the end came once it is paid', ended(), paid, 'the case is recovered'],
  ['that access is back', restored(), paid, null],
] as const)('%s', (_, notice, dunningCase, why) => {
  expect(gone(notice, dunningCase)).toBe(why);
});

test('access is not back while another invoice keeps it suspended', () => {
  expect(gone(restored(), paid, other)).toBe('another invoice keeps the access suspended');
});

test('what nothing is known of is told', () => {
  expect(gone(failed())).toBeNull();
  expect(whyNoticeIsGone({ notice: failed(), invoice: theInvoice }, null, noon)).toBeNull();
});
