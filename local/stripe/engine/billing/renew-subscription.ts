import type { BillingReason } from '../objects/build-invoice.ts';
import { updateSubscription } from '../objects/record-change.ts';
import type { Attempted } from '../payments/attempted.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { finalizeAndCollect } from './advance-draft.ts';
import { currentPeriod, inPeriodFrom } from './current-period.ts';
import { draftForSubscription } from './draft-invoice.ts';
import { planUpcoming } from './plan-reminders.ts';

/** Begins the next period and drafts its invoice; Stripe finalises the draft an hour later. */
export function renewSubscription(
  tx: Transaction,
  subscription: SubscriptionRecord,
): InvoiceRecord {
  const ended = currentPeriod(subscription);
  return beginPeriod(tx, subscription, inPeriodFrom(subscription, ended.end), 'subscription_cycle');
}

/** Starts a new cycle at this moment; its invoice is finalised and charged at once. */
export function restartCycle(
  tx: Transaction,
  subscription: SubscriptionRecord,
  billingReason: BillingReason,
): Attempted | undefined {
  const renewed = inPeriodFrom({ ...subscription, billing_cycle_anchor: tx.now }, tx.now);
  return finalizeAndCollect(tx, beginPeriod(tx, subscription, renewed, billingReason));
}

/**
 * Puts a subscription into the period that `renewed` stands in, and drafts the invoice for it.
 *
 * @param renewed the subscription as it is from here on
 */
export function beginPeriod(
  tx: Transaction,
  before: SubscriptionRecord,
  renewed: SubscriptionRecord,
  billingReason: BillingReason,
): InvoiceRecord {
  const { start } = currentPeriod(before);
  const draft = draftForSubscription(tx, renewed, {
    billingReason,
    billing: { kind: renewed.status === 'trialing' ? 'trial' : 'whole' },
    period: { start, end: currentPeriod(renewed).start },
  });
  const after = updateSubscription(tx, before, { ...renewed, latest_invoice: draft.id });
  planUpcoming(tx, after);
  return draft;
}
