import { voidInvoice } from './billing/advance-invoice.ts';
import { collectAutomatically } from './billing/collect-invoice.ts';
import {
  currentPeriod,
  finalizeAndCollect,
  renewSubscription,
} from './billing/renew-subscription.ts';
import { choosePaymentMethod } from './payments/choose-payment-method.ts';
import type { EventRecord, InvoiceRecord, SubscriptionRecord } from './records.ts';
import type { StripeState } from './state.ts';
import { Transaction } from './transaction.ts';

/** Something that Stripe does by itself at a time (epoch seconds, UTC). */
interface DueWork {
  readonly at: number;
  readonly carryOut: (tx: Transaction) => void;
}

/** Statuses in which a subscription goes on being invoiced. */
const renewing: ReadonlySet<string> = new Set(['active', 'past_due', 'unpaid']);

/** A sign-up whose first invoice is not paid within 23 hours expires (Stripe's docs of `status`). */
const signUpSeconds = 23 * 3600;

/** When the clock next makes something due, in epoch milliseconds; undefined for never. */
export function nextDueTime(state: StripeState): number | undefined {
  const next = nextWork(state);
  return next === undefined ? undefined : next.at * 1000;
}

/**
 * Does what the clock made due, each thing as of its own time and in that order, as if the
 * clock had passed through all of them.
 */
export function tick(
  state: StripeState,
  now: number,
): { readonly state: StripeState; readonly events: readonly EventRecord[] } {
  const events: EventRecord[] = [];
  let current = state;
  for (;;) {
    const next = nextWork(current);
    if (next === undefined || next.at * 1000 > now) return { state: current, events };
    const tx = new Transaction(current, next.at * 1000, { requestId: null, idempotencyKey: null });
    next.carryOut(tx);
    const done = tx.finish();
    current = done.state;
    events.push(...done.events);
  }
}

function nextWork(state: StripeState): DueWork | undefined {
  let next: DueWork | undefined;
  const consider = (work: DueWork | undefined) => {
    if (work !== undefined && (next === undefined || work.at < next.at)) next = work;
  };
  for (const invoice of state.tables.invoices) consider(invoiceWork(invoice));
  for (const subscription of state.tables.subscriptions) consider(subscriptionWork(subscription));
  return next;
}

function invoiceWork(invoice: InvoiceRecord): DueWork | undefined {
  if (!invoice.auto_advance) return undefined;
  if (invoice.status === 'draft' && invoice.automatically_finalizes_at !== null) {
    return {
      at: invoice.automatically_finalizes_at,
      carryOut: (tx) => finalizeAndCollect(tx, invoice),
    };
  }
  if (invoice.status === 'open' && invoice.next_payment_attempt !== null) {
    return {
      at: invoice.next_payment_attempt,
      carryOut: (tx) => collectAutomatically(tx, invoice, choosePaymentMethod(tx, invoice)),
    };
  }
  return undefined;
}

function subscriptionWork(subscription: SubscriptionRecord): DueWork | undefined {
  if (subscription.status === 'incomplete') {
    return {
      at: subscription.created + signUpSeconds,
      carryOut: (tx) => expireSignUp(tx, subscription),
    };
  }
  if (!renewing.has(subscription.status)) return undefined;
  return {
    at: currentPeriod(subscription).end,
    carryOut: (tx) => renewSubscription(tx, subscription),
  };
}

/** Voiding the first invoice is what ends the subscription. */
function expireSignUp(tx: Transaction, subscription: SubscriptionRecord): void {
  if (subscription.latest_invoice === null) {
    throw new Error(`The incomplete subscription ${subscription.id} has no invoice.`);
  }
  voidInvoice(tx, tx.get('invoices', subscription.latest_invoice));
}
