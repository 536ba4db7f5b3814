import { expect, test } from 'vitest';
import type { PaymentView } from '../../../portal/src/api/api-types.ts';
import { sayStatus, toneOf } from '../../../portal/src/invoices/say-status.ts';
import { words } from './fixtures.ts';

const usd = (amount: number) => ({ amount, currency: 'usd' });

test.each<[PaymentView['status'], number, string, string]>([
  ['paid', 0, 'Paid', 'ok'],
  ['open', 4900, 'Not paid yet', 'refused'],
  ['open', 1900, 'US$19.00 not paid yet', 'refused'],
  ['draft', 4900, 'In preparation', 'soft'],
  ['void', 0, 'Canceled: nothing to pay', 'soft'],
  ['uncollectible', 4900, 'Not paid, and no longer collected', 'refused'],
])('an invoice that is %s, with %i of 4900 due, says so', (status, due, said, tone) => {
  expect(sayStatus(words, { status, total: usd(4900), amountDue: usd(due) })).toBe(said);
  expect(toneOf(status)).toBe(tone);
});
