import { carryReturnedDebit, carryToInvoice } from '../billing/collect-invoice.ts';
import { type DueSource, earliestWork } from '../due-work.ts';
import { invoiceOf } from '../objects/invoice-payments.ts';
import { finishDebit } from '../payments/debit-bank.ts';
import { missDeadline } from '../payments/open-dispute.ts';
import { finishRefund } from '../payments/refund-charge.ts';
import type { ChargeRecord, PaymentWorkRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { releaseHold } from './release-hold.ts';

/** Debits that settle or come back, refunds that arrive, disputes and holds that run out. */
export const duePayments: DueSource = (tables, testClock) =>
  earliestWork(tables.payment_work, (planned) =>
    planned.test_clock === testClock
      ? { at: planned.at, carryOut: (tx) => carryOut(tx, planned) }
      : undefined,
  );

function carryOut(tx: Transaction, { id, work }: PaymentWorkRecord): void {
  tx.remove('payment_work', id);
  if (work.kind === 'debit') finish(tx, tx.get('charges', work.charge));
  else if (work.kind === 'refund') finishRefund(tx, tx.get('refunds', work.refund));
  else if (work.kind === 'dispute') missDeadline(tx, tx.get('disputes', work.dispute));
  else releaseHold(tx, tx.get('payment_intents', work.intent), 'automatic');
}

function finish(tx: Transaction, charge: ChargeRecord): void {
  // Whoever ended the PaymentIntent in the meantime ended its debit too.
  if (tx.get('payment_intents', charge.payment_intent).status !== 'processing') return;
  const attempted = finishDebit(tx, charge);
  const invoice = invoiceOf(tx, tx.get('payment_intents', charge.payment_intent));
  if (invoice === undefined) return;
  if (attempted === undefined) carryReturnedDebit(tx, invoice);
  else carryToInvoice(tx, invoice, attempted, { initiator: 'caller', offSession: true });
}
