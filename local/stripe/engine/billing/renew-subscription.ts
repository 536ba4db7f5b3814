import { type BillingReason, buildInvoice, type Period } from '../objects/build-invoice.ts';
import type { Attempted } from '../payments/attempt-payment.ts';
import { choosePaymentMethod } from '../payments/choose-payment-method.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { finalizeInvoice } from './advance-invoice.ts';
import { periodEnd } from './billing-period.ts';
import { cancelSubscription } from './cancel-subscription.ts';
import { collectAutomatically } from './collect-invoice.ts';
import { updateSubscription } from './record-change.ts';

/**
 * Stripe leaves a renewal's draft open for about an hour before it finalises and charges it:
 * docs.stripe.com/billing/subscriptions/overview.
 */
const draftSeconds = 3600;

/** The billing period that all items of a subscription share. */
export function currentPeriod(subscription: SubscriptionRecord): Period {
  const [item] = subscription.items.data;
  if (item === undefined) throw new Error(`Subscription ${subscription.id} has no items.`);
  return { start: item.current_period_start, end: item.current_period_end };
}

/** Begins the next period and drafts its invoice; Stripe finalises the draft an hour later. */
export function renewSubscription(
  tx: Transaction,
  subscription: SubscriptionRecord,
): InvoiceRecord | undefined {
  if (subscription.cancel_at_period_end) {
    cancelSubscription(tx, subscription, 'cancellation_requested');
    return undefined;
  }
  const ended = currentPeriod(subscription);
  const renewed = inPeriodFrom(subscription, ended.end);
  return draftInvoice(tx, subscription, renewed, 'subscription_cycle', ended);
}

/** Starts a new cycle at this moment; its invoice is finalised and charged at once. */
export function restartCycle(
  tx: Transaction,
  subscription: SubscriptionRecord,
  billingReason: BillingReason,
): Attempted | undefined {
  const { start } = currentPeriod(subscription);
  const anchored = { ...subscription, billing_cycle_anchor: tx.now };
  const renewed = inPeriodFrom(anchored, tx.now);
  const ended = { start, end: tx.now };
  const draft = draftInvoice(tx, subscription, renewed, billingReason, ended);
  return finalizeAndCollect(tx, draft);
}

/** Opens a draft and makes Stripe's first attempt to collect it. */
export function finalizeAndCollect(tx: Transaction, draft: InvoiceRecord): Attempted | undefined {
  const open = finalizeInvoice(tx, draft);
  if (open.status !== 'open') return undefined;
  return collectAutomatically(tx, open, choosePaymentMethod(tx, open));
}

function inPeriodFrom(subscription: SubscriptionRecord, start: number): SubscriptionRecord {
  const data = subscription.items.data.map((item) => {
    const every = item.price.recurring ?? { interval: 'month', interval_count: 1 };
    const end = periodEnd(subscription.billing_cycle_anchor, start, every);
    return { ...item, current_period_start: start, current_period_end: end };
  });
  return { ...subscription, items: { ...subscription.items, data } };
}

function draftInvoice(
  tx: Transaction,
  before: SubscriptionRecord,
  renewed: SubscriptionRecord,
  billingReason: BillingReason,
  ended: Period,
): InvoiceRecord {
  // An unpaid subscription goes on drafting invoices, and Stripe collects none of them.
  const isCollected = before.status !== 'unpaid';
  const invoice: InvoiceRecord = {
    ...buildInvoice(tx, renewed, billingReason, ended),
    auto_advance: isCollected,
    automatically_finalizes_at: isCollected ? tx.now + draftSeconds : null,
  };
  tx.insert('invoices', invoice);
  tx.emit('invoice.created', invoice);
  updateSubscription(tx, before, { ...renewed, latest_invoice: invoice.id });
  return invoice;
}
