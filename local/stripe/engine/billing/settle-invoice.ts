import { isSourceId } from '../objects/find-method.ts';
import { markDelinquent, subscriptionOf, updateSubscription } from '../objects/record-change.ts';
import type {
  InvoicePaymentRecord,
  InvoiceRecord,
  PaymentMethodRecord,
  SubscriptionRecord,
} from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { resumeWith } from './activate-subscription.ts';

/** How an invoice came to be paid. */
export type Settlement =
  | {
      readonly kind: 'charged';
      readonly payment: InvoicePaymentRecord;
      readonly method: PaymentMethodRecord;
    }
  | { readonly kind: 'out_of_band' }
  | { readonly kind: 'nothing_due' };

/** Marks an invoice paid, once and for all, and everything that follows from it. */
export function settleInvoice(
  tx: Transaction,
  before: InvoiceRecord,
  counted: InvoiceRecord,
  settlement: Settlement,
): InvoiceRecord {
  if (settlement.kind === 'charged') settlePayment(tx, settlement.payment);
  const paid: InvoiceRecord = {
    ...counted,
    amount_paid: counted.amount_due,
    amount_remaining: 0,
    ...(settlement.kind === 'out_of_band' ? { amount_paid_off_stripe: counted.amount_due } : {}),
    auto_advance: false,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...counted.status_transitions, paid_at: tx.now },
  };
  tx.replace('invoices', paid);
  tx.emit('invoice.updated', paid, before);
  tx.emit('invoice.paid', paid);
  // What was paid outside of Stripe is paid, but no payment of Stripe's succeeded.
  if (settlement.kind !== 'out_of_band') tx.emit('invoice.payment_succeeded', paid);
  reviveSubscription(tx, paid, settlement);
  resumeWith(tx, paid);
  markDelinquent(tx, paid.customer, false);
  return paid;
}

function settlePayment(tx: Transaction, payment: InvoicePaymentRecord): void {
  const after: InvoicePaymentRecord = {
    ...payment,
    amount_paid: payment.amount_requested,
    status: 'paid',
    status_transitions: { ...payment.status_transitions, paid_at: tx.now },
  };
  tx.replace('invoice_payments', after);
  tx.emit('invoice_payment.paid', after);
}

function reviveSubscription(tx: Transaction, invoice: InvoiceRecord, settlement: Settlement): void {
  const subscription = subscriptionOf(tx, invoice);
  if (subscription === undefined) return;
  updateSubscription(tx, subscription, {
    ...revivedStatus(subscription, invoice),
    ...promotedMethod(subscription, settlement),
  });
}

/** Only the latest invoice decides: an older one that is paid late changes no status. */
function revivedStatus(
  subscription: SubscriptionRecord,
  invoice: InvoiceRecord,
): Partial<SubscriptionRecord> {
  const isUnpaid = ['incomplete', 'past_due', 'unpaid'].includes(subscription.status);
  const decides = isUnpaid && subscription.latest_invoice === invoice.id;
  return decides ? { status: 'active' } : {};
}

/** `save_default_payment_method=on_subscription` makes whatever paid the new default. */
function promotedMethod(
  subscription: SubscriptionRecord,
  settlement: Settlement,
): Partial<SubscriptionRecord> {
  const saves = subscription.payment_settings.save_default_payment_method === 'on_subscription';
  if (!saves || settlement.kind !== 'charged') return {};
  const { id } = settlement.method;
  return isSourceId(id) ? { default_source: id } : { default_payment_method: id };
}
