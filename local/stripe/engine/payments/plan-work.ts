import type { PaymentWorkRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** Plans what becomes of a payment later, on the clock of the customer whom it concerns. */
export function planWork(
  tx: Transaction,
  customer: string | null,
  at: number,
  work: PaymentWorkRecord['work'],
): void {
  const payer = customer === null ? undefined : tx.find('customers', customer);
  const test_clock = payer === undefined || payer.deleted ? null : payer.test_clock;
  tx.insert('payment_work', { id: tx.id('work'), at, test_clock, work });
}

/** Forgets what was planned for this object: it is done, or it will not come to it. */
export function forgetWork(
  tx: Transaction,
  isAbout: (work: PaymentWorkRecord['work']) => boolean,
): void {
  const planned = tx.rows('payment_work').filter(({ work }) => isAbout(work));
  for (const { id } of planned) tx.remove('payment_work', id);
}
