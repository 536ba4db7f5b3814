import { openPaymentOf } from '../objects/invoice-payments.ts';
import { invalidRequest } from '../protocol/answer.ts';
import { boolean, type Read } from '../protocol/parameters.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { finalizeAndCollect } from './advance-draft.ts';
import { voidInvoice } from './advance-invoice.ts';
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
  const unpaid = unpaidSignUp(tx, subscription);
  if (unpaid !== undefined) {
    expire(tx, subscription, unpaid, detailsOf(subscription, details));
    return undefined;
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

/** The first invoice of a sign-up that nobody paid, and that no debit is about to pay. */
function unpaidSignUp(
  tx: Transaction,
  { latest_invoice: id, status }: SubscriptionRecord,
): InvoiceRecord | undefined {
  if (status !== 'incomplete' || id === null) return undefined;
  const invoice = tx.get('invoices', id);
  return openPaymentOf(tx, invoice)?.intent.status === 'processing' ? undefined : invoice;
}

/** A subscription that never began is not cancelled: it expires, and its invoice is void. */
function expire(
  tx: Transaction,
  subscription: SubscriptionRecord,
  unpaid: InvoiceRecord,
  details: SubscriptionRecord['cancellation_details'],
): void {
  tx.replace('subscriptions', {
    ...subscription,
    canceled_at: tx.now,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      ...details,
      reason: 'cancellation_requested',
    },
  });
  voidInvoice(tx, unpaid);
}
