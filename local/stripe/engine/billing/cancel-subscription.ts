import type { SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { subscriptionIdOf, updateInvoice } from './record-change.ts';

/**
 * Ends a subscription now. Stripe stops the automatic collection of its open invoices with it:
 * docs.stripe.com/billing/subscriptions/cancel.
 */
export function cancelSubscription(
  tx: Transaction,
  subscription: SubscriptionRecord,
  reason: 'cancellation_requested' | 'payment_failed',
): SubscriptionRecord {
  const after: SubscriptionRecord = {
    ...subscription,
    canceled_at: subscription.canceled_at ?? tx.now,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason },
    ended_at: tx.now,
    status: 'canceled',
  };
  tx.replace('subscriptions', after);
  tx.emit('customer.subscription.deleted', after);
  for (const invoice of tx.rows('invoices')) {
    const isIts = subscriptionIdOf(invoice) === subscription.id;
    if (isIts && (invoice.status === 'open' || invoice.status === 'draft')) {
      updateInvoice(tx, invoice, { auto_advance: false, next_payment_attempt: null });
    }
  }
  return after;
}
