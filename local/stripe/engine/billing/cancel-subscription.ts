import { subscriptionIdOf, updateInvoice } from '../objects/record-change.ts';
import type { SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { currentPeriod } from './current-period.ts';
import { draftForSubscription } from './draft-invoice.ts';
import { pendingItems, subscriptionOfItem } from './pending-items.ts';

export type CancellationReason = 'cancellation_requested' | 'payment_failed';

/**
 * Ends a subscription now. Stripe stops the automatic collection of its open invoices with it:
 * docs.stripe.com/billing/subscriptions/cancel.
 */
export function cancelSubscription(
  tx: Transaction,
  subscription: SubscriptionRecord,
  reason: CancellationReason,
): SubscriptionRecord {
  const after: SubscriptionRecord = {
    ...subscription,
    canceled_at: subscription.canceled_at ?? tx.now,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      ...subscription.cancellation_details,
      reason,
    },
    ended_at: tx.now,
    status: 'canceled',
  };
  tx.replace('subscriptions', after);
  tx.emit('customer.subscription.deleted', after);
  for (const invoice of tx.rows('invoices')) {
    const isIts = subscriptionIdOf(invoice) === subscription.id;
    if (isIts && (invoice.status === 'open' || invoice.status === 'draft')) {
      updateInvoice(tx, invoice, {
        auto_advance: false,
        automatically_finalizes_at: null,
        next_payment_attempt: null,
      });
    }
  }
  return after;
}

/** Ends a subscription at the time that was set; what is still pending of it is billed then. */
export function cancelAsPlanned(tx: Transaction, subscription: SubscriptionRecord): void {
  const ended = cancelSubscription(tx, subscription, 'cancellation_requested');
  const { customer, currency, id } = ended;
  const wanted = { customer, currency, subscription: id, strict: true };
  if (pendingItems(tx, wanted).length === 0) return;
  const { start } = currentPeriod(ended);
  const draft = draftForSubscription(tx, ended, {
    billingReason: 'subscription_cycle',
    period: { start, end: tx.now },
    strict: true,
  });
  tx.replace('subscriptions', { ...ended, latest_invoice: draft.id });
}

/** Prorations of a subscription that ends at once without a last invoice are dropped. */
export function dropProrations(tx: Transaction, subscription: string): void {
  for (const item of [...tx.rows('invoiceitems')]) {
    const isIts = item.proration && subscriptionOfItem(item) === subscription;
    if (isIts && item.invoice === null) {
      tx.remove('invoiceitems', item.id);
      tx.emit('invoiceitem.deleted', item);
    }
  }
}
