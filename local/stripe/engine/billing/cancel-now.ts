import { invalidRequest } from '../protocol/answer.ts';
import { boolean, type Read } from '../protocol/parameters.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { finalizeAndCollect } from './advance-draft.ts';
import { cancelSubscription, dropProrations } from './cancel-subscription.ts';
import { cancellationDetails, detailsOf } from './change-subscription.ts';
import { invoicePending } from './invoice-pending.ts';
import { planProrations, prorate } from './prorate.ts';

export const cancelFields = {
  cancellation_details: cancellationDetails,
  invoice_now: boolean,
  prorate: boolean,
};

/** Ends a subscription on request; a last invoice is collected at once. */
export function cancelNow(
  tx: Transaction,
  subscription: SubscriptionRecord,
  params: Read<typeof cancelFields>,
): SubscriptionRecord {
  const draft = applyCancellation(tx, subscription, params);
  if (draft !== undefined) finalizeAndCollect(tx, draft);
  return tx.get('subscriptions', subscription.id);
}

/** Records the end; the draft is of the last invoice, if there is one. */
export function applyCancellation(
  tx: Transaction,
  subscription: SubscriptionRecord,
  {
    cancellation_details: details,
    invoice_now: invoicesNow,
    prorate: prorates,
  }: Read<typeof cancelFields>,
): InvoiceRecord | undefined {
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') {
    throw invalidRequest('This subscription has already ended.');
  }
  const isBilled = subscription.status !== 'trialing' && subscription.status !== 'paused';
  if (prorates && isBilled) {
    prorate(tx, subscription, planProrations(subscription.items.data, [], true), tx.now);
  }
  if (!prorates && !invoicesNow) dropProrations(tx, subscription.id);
  const explained = {
    ...subscription,
    cancellation_details: detailsOf(subscription, details),
  };
  const ended = cancelSubscription(tx, explained, 'cancellation_requested');
  return invoicesNow ? invoicePending(tx, ended) : undefined;
}
