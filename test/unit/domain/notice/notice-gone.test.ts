import { expect, test } from 'vitest';
import type { AnnouncedEnd, DunningCase } from '../../../../functions/domain/case/dunning-case.ts';
import { invoiceId } from '../../../../functions/domain/ids.ts';
import type { NoticeContent } from '../../../../functions/domain/notice/notice-content.ts';
import { whyNoticeIsGone } from '../../../../functions/domain/notice/notice-gone.ts';
import {
  cardMethod,
  customerOf,
  dunningCaseOf,
  noon,
  theInvoice,
  thePrimary,
  theSecondary,
} from '../../../twins/examples.ts';
import {
  charged,
  endAhead,
  ended,
  expiring,
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
  whyNoticeIsGone(
    { notice, invoice: theInvoice },
    { customer: customerOf(), methods: [], cases },
    noon,
  );

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

test.each([
  ['expires as it did', {}, {}, null],
  [
    'was replaced by a card that expires later',
    { expYear: 2030 },
    {},
    'the card expires at another time by now',
  ],
  ['was removed', { removedAt: noon }, {}, 'the card was removed'],
  ['is not known any more', { method: theSecondary }, {}, 'the card was removed'],
  ['is charged no more', {}, { primary: theSecondary }, 'the card has no role any more'],
  ['is the backup by now', {}, { primary: null, secondary: thePrimary }, null],
] as const)('a reminder of a card that %s', (_, change, roles, why) => {
  const notice = expiring({ method: thePrimary });
  const card = cardMethod({ expMonth: 11, expYear: 2026, ...change });
  const known = { customer: customerOf(roles), methods: [card], cases: [] };
  expect(whyNoticeIsGone({ notice }, known, noon)).toBe(why);
});
