import type { InvoicePaymentRecord, InvoiceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** The default payment of a finalised invoice: what ties it to its PaymentIntent. */
export function buildInvoicePayment(
  tx: Transaction,
  invoice: InvoiceRecord,
  paymentIntent: string,
): InvoicePaymentRecord {
  return {
    id: tx.id('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_remaining,
    created: tx.now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: paymentIntent, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  };
}
