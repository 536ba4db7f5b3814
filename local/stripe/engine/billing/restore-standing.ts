import { subscriptionIdOf, subscriptionOf, updateSubscription } from '../objects/record-change.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/**
 * What an invoice that was voided or given up means for its subscription; only the latest one
 * decides. A voided first invoice ends the sign-up. A past-due subscription is active again once
 * its invoice is uncollectible (docs.stripe.com/billing/subscriptions/overview, `active`); once it
 * is void, the invoice before it decides.
 */
export function restoreStanding(tx: Transaction, closed: InvoiceRecord): void {
  const subscription = subscriptionOf(tx, closed);
  if (subscription?.latest_invoice !== closed.id) return;
  const { status } = subscription;
  const isVoid = closed.status === 'void';
  if (isVoid && status === 'incomplete') {
    updateSubscription(tx, subscription, { status: 'incomplete_expired', ended_at: tx.now });
    return;
  }
  const isRestored = isVoid
    ? (status === 'past_due' || status === 'unpaid') && !owesMore(tx, subscription)
    : status === 'past_due';
  if (isRestored) updateSubscription(tx, subscription, { status: 'active' });
}

/** Whether the last invoice of a subscription that still counts was tried and is not paid. */
function owesMore(tx: Transaction, { id }: SubscriptionRecord): boolean {
  const last = tx
    .rows('invoices')
    .findLast(
      (row) => subscriptionIdOf(row) === id && row.status !== 'void' && row.status !== 'draft',
    );
  return last?.status === 'open' && last.attempted;
}
