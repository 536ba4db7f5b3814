import { buildInvoice } from '../objects/build-invoice.ts';
import { choosePaymentMethod } from '../payments/choose-payment-method.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { cancelSubscription } from './cancel-subscription.ts';
import { inPeriodFrom } from './current-period.ts';
import { pauseSubscription } from './pause-subscription.ts';
import { beginPeriod } from './renew-subscription.ts';

/**
 * Ends a trial: the first paid period begins with a draft. Without anything to charge,
 * `trial_settings` say what happens instead, and there is no draft:
 * docs.stripe.com/billing/subscriptions/trials/free-trials.
 *
 * @param before the subscription as it is on record
 * @param ending what it is to be from here on; its cycle starts now
 */
export function endTrial(
  tx: Transaction,
  before: SubscriptionRecord,
  ending: SubscriptionRecord = before,
): InvoiceRecord | undefined {
  const behavior = ending.trial_settings?.end_behavior.missing_payment_method;
  const ended: SubscriptionRecord = {
    ...ending,
    billing_cycle_anchor: tx.now,
    trial_end: tx.now,
  };
  if (behavior === 'cancel' && !canBeCharged(tx, ended)) {
    cancelSubscription(tx, ended, 'payment_failed');
    return undefined;
  }
  if (behavior === 'pause' && !canBeCharged(tx, ended)) {
    pauseSubscription(tx, before, ended, 'trial_end_without_payment_method');
    return undefined;
  }
  const begun = inPeriodFrom({ ...ended, status: 'active' }, tx.now);
  const reason = ending === before ? 'subscription_cycle' : 'subscription_update';
  return beginPeriod(tx, before, begun, reason);
}

/** Whether there is something that Stripe would charge for an invoice of this subscription. */
function canBeCharged(tx: Transaction, subscription: SubscriptionRecord): boolean {
  if (subscription.collection_method === 'send_invoice') return true;
  const invoice = buildInvoice(tx, {
    billingReason: 'subscription_cycle',
    currency: subscription.currency,
    customer: tx.customer(subscription.customer),
    period: { start: tx.now, end: tx.now },
    subscription,
  });
  return choosePaymentMethod(tx, invoice) !== undefined;
}
