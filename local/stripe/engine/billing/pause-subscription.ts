import { invalidRequest } from '../protocol/answer.ts';
import type { SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { finalizeAndCollect } from './advance-draft.ts';
import { currentPeriod } from './current-period.ts';
import { invoicePending } from './invoice-pending.ts';
import { planProrations, prorate } from './prorate.ts';

export interface Pause {
  /** From when on unused time is credited; null for no credit. */
  readonly creditFrom: 'item_current_period_start' | 'now' | null;
  readonly invoicesNow: boolean;
}

/** Pauses a subscription because the caller asks for it. */
export function pauseOnRequest(
  tx: Transaction,
  subscription: SubscriptionRecord,
  { creditFrom, invoicesNow }: Pause,
): SubscriptionRecord {
  if (!['active', 'past_due', 'trialing'].includes(subscription.status)) {
    throw invalidRequest(
      `The subscription ${subscription.id} cannot be paused because its status is ${subscription.status}.`,
    );
  }
  if (creditFrom !== null && subscription.status !== 'trialing') {
    const at = creditFrom === 'now' ? tx.now : currentPeriod(subscription).start;
    prorate(tx, subscription, planProrations(subscription.items.data, [], true), at);
  }
  const draft = invoicesNow ? invoicePending(tx, subscription) : undefined;
  if (draft !== undefined) finalizeAndCollect(tx, draft);
  const billed = tx.get('subscriptions', subscription.id);
  return pauseSubscription(tx, billed, billed, 'pause_requested');
}

/**
 * Pauses a subscription: it has no further periods and invoices until it is resumed.
 *
 * @param before the subscription as it is on record
 * @param pausing what it is to be from here on, but for its status
 */
export function pauseSubscription(
  tx: Transaction,
  before: SubscriptionRecord,
  pausing: SubscriptionRecord,
  reason: 'pause_requested' | 'trial_end_without_payment_method',
): SubscriptionRecord {
  const after: SubscriptionRecord = {
    ...pausing,
    status: 'paused',
    status_details: {
      paused: { subscription: { type: reason }, transitioned_at: tx.now, type: 'subscription' },
    },
  };
  tx.replace('subscriptions', after);
  tx.emit('customer.subscription.paused', after);
  tx.emit('customer.subscription.updated', after, before);
  return after;
}
