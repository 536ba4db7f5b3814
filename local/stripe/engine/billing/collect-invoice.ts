import { openPaymentOf } from '../objects/invoice-payments.ts';
import {
  markDelinquent,
  subscriptionOf,
  updateInvoice,
  updateSubscription,
} from '../objects/record-change.ts';
import { attemptPayment, canCharge } from '../payments/attempt-payment.ts';
import type { Attempted } from '../payments/attempted.ts';
import { isNeverRetried } from '../published/declines.ts';
import type { InvoiceRecord, PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { cancelSubscription } from './cancel-subscription.ts';
import { settleInvoice } from './settle-invoice.ts';

/** Who asks for the payment, and whether the customer is there to authenticate. */
export interface Attempt {
  readonly initiator: 'stripe' | 'caller';
  readonly offSession: boolean;
}

/** Stripe's own attempt: at finalisation, and again by the retry schedule. */
const ownAttempt: Attempt = { initiator: 'stripe', offSession: true };

/**
 * Charges a finalised invoice with one method, and carries the outcome to the invoice, the
 * subscription and the customer.
 */
export function collectInvoice(
  tx: Transaction,
  invoice: InvoiceRecord,
  method: PaymentMethodRecord,
  attempt: Attempt,
): Attempted {
  const open = openPaymentOf(tx, invoice);
  if (open === undefined) throw new Error(`Invoice ${invoice.id} has no open payment.`);
  const attempted = attemptPayment(tx, open.intent, method, attempt.offSession);
  carryToInvoice(tx, invoice, attempted, attempt);
  return attempted;
}

/**
 * What an attempt means for the invoice that it was to pay, its subscription and its customer.
 * A bank debit under way changes nothing yet but that it was attempted.
 */
export function carryToInvoice(
  tx: Transaction,
  invoice: InvoiceRecord,
  attempted: Attempted,
  attempt: Attempt,
): void {
  if (attempted.kind === 'paid') {
    const payment = openPaymentOf(tx, invoice)?.payment;
    if (payment === undefined) throw new Error(`Invoice ${invoice.id} has no open payment.`);
    const counted = { ...invoice, attempt_count: countOf(invoice, attempt), attempted: true };
    const { method } = attempted;
    settleInvoice(tx, invoice, counted, { kind: 'charged', payment, method });
  } else if (attempted.kind === 'processing') {
    updateInvoice(tx, invoice, {
      attempt_count: countOf(invoice, attempt),
      attempted: true,
      next_payment_attempt: null,
    });
  } else {
    const asksCustomer =
      attempted.kind === 'action_required' ||
      attempted.decline.declineCode === 'authentication_required';
    recordFailure(tx, invoice, attempt, asksCustomer);
  }
}

/** The customer's own attempt came to nothing without a charge: authentication failed. */
export function carryFailure(tx: Transaction, invoice: InvoiceRecord): void {
  recordFailure(tx, invoice, { initiator: 'caller', offSession: false }, false);
}

/**
 * A debit that was under way came back. The attempt was counted when it began; Stripe goes on
 * with its retries from there.
 */
export function carryReturnedDebit(tx: Transaction, invoice: InvoiceRecord): void {
  const next_payment_attempt = nextPaymentAttempt(tx, invoice);
  const planned = updateInvoice(tx, invoice, { next_payment_attempt });
  recordFailure(tx, planned, { initiator: 'caller', offSession: true }, false);
  markDelinquent(tx, invoice.customer, true);
  endRetries(tx, invoice.id);
}

/**
 * Stripe's own attempt on its schedule; without any method it fails without a charge.
 *
 * @param offSession false where the customer is there: signing up or changing a subscription
 */
export function collectAutomatically(
  tx: Transaction,
  invoice: InvoiceRecord,
  method: PaymentMethodRecord | undefined,
  offSession = true,
): Attempted | undefined {
  const intent = openPaymentOf(tx, invoice)?.intent;
  const isChargeable = method !== undefined && intent && canCharge(tx, intent, method);
  if (method === undefined || !isChargeable) {
    recordFailure(tx, invoice, ownAttempt, false);
    return undefined;
  }
  if (isHopeless(tx, invoice, method)) {
    updateInvoice(tx, invoice, scheduled(tx, invoice, ownAttempt));
    endRetries(tx, invoice.id);
    return undefined;
  }
  return collectInvoice(tx, invoice, method, { ...ownAttempt, offSession });
}

/**
 * After a hard decline Stripe plans its retries and counts them, but carries none out until
 * there is another payment method (the docs of `attempt_count`).
 */
function isHopeless(tx: Transaction, invoice: InvoiceRecord, method: PaymentMethodRecord): boolean {
  const intent = openPaymentOf(tx, invoice)?.intent.id;
  return tx
    .rows('charges')
    .some(
      ({ payment_intent, payment_method, outcome }) =>
        payment_intent === intent &&
        payment_method === method.id &&
        isNeverRetried(outcome.reason ?? ''),
    );
}

function recordFailure(
  tx: Transaction,
  invoice: InvoiceRecord,
  attempt: Attempt,
  asksCustomer: boolean,
): void {
  const after = updateInvoice(tx, invoice, scheduled(tx, invoice, attempt));
  tx.emit('invoice.payment_failed', after);
  if (asksCustomer) tx.emit('invoice.payment_action_required', after);
  const subscription = subscriptionOf(tx, after);
  if (subscription?.status === 'active' && subscription.latest_invoice === after.id) {
    updateSubscription(tx, subscription, { status: 'past_due' });
  }
  if (attempt.initiator !== 'stripe') return;
  if (after.billing_reason !== 'subscription_create') markDelinquent(tx, after.customer, true);
  endRetries(tx, after.id);
}

/** The first attempt counts whoever makes it; later ones only when they are Stripe's own. */
function countOf(invoice: InvoiceRecord, attempt: Attempt): number {
  const counts = invoice.attempt_count === 0 || attempt.initiator === 'stripe';
  return invoice.attempt_count + (counts ? 1 : 0);
}

function scheduled(
  tx: Transaction,
  invoice: InvoiceRecord,
  attempt: Attempt,
): Partial<InvoiceRecord> {
  const count = countOf(invoice, attempt);
  if (count === invoice.attempt_count) return { attempted: true };
  return {
    attempted: true,
    attempt_count: count,
    next_payment_attempt: nextPaymentAttempt(tx, { ...invoice, attempt_count: count }),
  };
}

/**
 * When Stripe tries again, in epoch seconds; null when it does not: nothing else is tried while a
 * payment is on its way, and of a deleted customer there is nobody to charge.
 */
export function nextPaymentAttempt(tx: Transaction, invoice: InvoiceRecord): number | null {
  const isCharged = invoice.collection_method === 'charge_automatically';
  if (!invoice.auto_advance || !isCharged) return null;
  if (openPaymentOf(tx, invoice)?.intent.status === 'processing') return null;
  if (tx.get('customers', invoice.customer).deleted) return null;
  if (invoice.billing_reason === 'subscription_create') return null;
  const delay = tx.settings.retryAfterSeconds[Math.max(0, invoice.attempt_count - 1)];
  return delay === undefined ? null : tx.now + delay;
}

/** When the retries are used up, what the account's settings say happens to the subscription. */
function endRetries(tx: Transaction, invoiceId: string): void {
  const invoice = tx.get('invoices', invoiceId);
  const isOver = invoice.auto_advance && invoice.next_payment_attempt === null;
  if (!isOver || invoice.billing_reason === 'subscription_create') return;
  const subscription = subscriptionOf(tx, invoice);
  if (subscription?.status !== 'past_due') return;
  if (tx.settings.afterRetries === 'cancel') cancelSubscription(tx, subscription, 'payment_failed');
  if (tx.settings.afterRetries === 'mark_unpaid') {
    updateSubscription(tx, subscription, { status: 'unpaid' });
  }
}
