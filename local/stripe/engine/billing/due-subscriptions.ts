import { type DueSource, type DueWork, earliestOf, earliestWork } from '../due-work.ts';
import { updateSubscription } from '../objects/record-change.ts';
import type { SubscriptionRecord, Tables } from '../records.ts';
import { positionOf, type Transaction } from '../transaction.ts';
import { voidInvoice } from './advance-invoice.ts';
import { cancelAsPlanned } from './cancel-subscription.ts';
import { currentPeriod } from './current-period.ts';
import { endTrial } from './end-trial.ts';
import { renewSubscription } from './renew-subscription.ts';

/** Statuses in which a subscription goes on being invoiced. */
const renewing: ReadonlySet<string> = new Set(['active', 'past_due', 'unpaid']);

/** Statuses in which a subscription can still come to its end. */
const living: ReadonlySet<string> = new Set([...renewing, 'trialing', 'paused']);

/** A sign-up whose first invoice is not paid within 23 hours expires (Stripe's docs of `status`). */
export const signUpSeconds = 23 * 3600;

/** Renewals, the ends of trials, pauses and sign-ups, and cancellations that were planned. */
export const dueSubscriptions: DueSource = (tables, testClock) =>
  earliestWork(tables.subscriptions, (subscription) =>
    subscription.test_clock === testClock ? workOf(subscription, tables) : undefined,
  );

function workOf(subscription: SubscriptionRecord, tables: Tables): DueWork | undefined {
  if (subscription.status === 'incomplete') {
    if (isBeingPaid(subscription, tables)) return undefined;
    return {
      at: subscription.created + signUpSeconds,
      carryOut: (tx) => expireSignUp(tx, subscription),
    };
  }
  if (!living.has(subscription.status)) return undefined;
  return earliestOf([
    cancellation(subscription),
    endOfPause(subscription),
    endOfPeriod(subscription),
  ]);
}

/** A bank debit takes longer than a sign-up may wait: while it is under way nothing expires. */
function isBeingPaid(subscription: SubscriptionRecord, tables: Tables): boolean {
  const { invoice_payments: payments, payment_intents: intents } = tables;
  const payment = payments.findLast(({ invoice }) => invoice === subscription.latest_invoice);
  if (payment === undefined) return false;
  const intent = intents[positionOf(intents, payment.payment.payment_intent)];
  return intent?.status === 'processing';
}

function cancellation(subscription: SubscriptionRecord): DueWork | undefined {
  if (subscription.cancel_at === null) return undefined;
  return {
    at: subscription.cancel_at,
    carryOut: (tx) => cancelAsPlanned(tx, subscription),
  };
}

function endOfPause(subscription: SubscriptionRecord): DueWork | undefined {
  const resumesAt = subscription.pause_collection?.resumes_at ?? null;
  if (resumesAt === null) return undefined;
  return {
    at: resumesAt,
    carryOut: (tx) => {
      updateSubscription(tx, subscription, { pause_collection: null });
    },
  };
}

function endOfPeriod(subscription: SubscriptionRecord): DueWork | undefined {
  if (subscription.status === 'trialing' && subscription.trial_end !== null) {
    return { at: subscription.trial_end, carryOut: (tx) => void endTrial(tx, subscription) };
  }
  if (!renewing.has(subscription.status)) return undefined;
  return {
    at: currentPeriod(subscription).end,
    carryOut: (tx) => {
      renewSubscription(tx, subscription);
    },
  };
}

/** Voiding the first invoice is what ends the subscription. */
function expireSignUp(tx: Transaction, subscription: SubscriptionRecord): void {
  if (subscription.latest_invoice === null) {
    throw new Error(`The incomplete subscription ${subscription.id} has no invoice.`);
  }
  voidInvoice(tx, tx.get('invoices', subscription.latest_invoice));
}
