import { type DueSource, type DueWork, earliestWork } from '../due-work.ts';
import { choosePaymentMethod } from '../payments/choose-payment-method.ts';
import type { InvoiceRecord } from '../records.ts';
import { finalizeAndCollect } from './advance-draft.ts';
import { collectAutomatically } from './collect-invoice.ts';

/** Drafts that are to be finalised, and open invoices that Stripe tries to collect again. */
export const dueInvoices: DueSource = (tables, testClock) =>
  earliestWork(tables.invoices, (invoice) =>
    invoice.auto_advance && invoice.test_clock === testClock ? workOf(invoice) : undefined,
  );

function workOf(invoice: InvoiceRecord): DueWork | undefined {
  if (invoice.status === 'draft' && invoice.automatically_finalizes_at !== null) {
    return {
      at: invoice.automatically_finalizes_at,
      carryOut: (tx) => {
        finalizeAndCollect(tx, invoice);
      },
    };
  }
  if (invoice.status === 'open' && invoice.next_payment_attempt !== null) {
    return {
      at: invoice.next_payment_attempt,
      carryOut: (tx) => {
        collectAutomatically(tx, invoice, choosePaymentMethod(tx, invoice));
      },
    };
  }
  return undefined;
}
