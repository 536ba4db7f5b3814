import type { InvoicePaymentRecord, InvoiceRecord, PaymentIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** The open payment of an invoice with its PaymentIntent, if it needs one. */
export function openPaymentOf(
  tx: Transaction,
  invoice: InvoiceRecord,
): { payment: InvoicePaymentRecord; intent: PaymentIntentRecord } | undefined {
  const payment = tx
    .rows('invoice_payments')
    .findLast((row) => row.invoice === invoice.id && row.status === 'open');
  if (payment === undefined) return undefined;
  return { payment, intent: tx.get('payment_intents', payment.payment.payment_intent) };
}

/** The invoice that a PaymentIntent pays, if it pays one. */
export function invoiceOf(tx: Transaction, intent: PaymentIntentRecord): InvoiceRecord | undefined {
  const payment = tx
    .rows('invoice_payments')
    .findLast((row) => row.payment.payment_intent === intent.id);
  return payment === undefined ? undefined : tx.get('invoices', payment.invoice);
}
