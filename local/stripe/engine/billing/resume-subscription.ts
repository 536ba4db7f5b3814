import { choosePaymentMethod } from '../payments/choose-payment-method.ts';
import { invalidRequest } from '../protocol/answer.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { activate, resumeWith } from './activate-subscription.ts';
import { finalizeInvoice } from './advance-invoice.ts';
import { periodStart } from './billing-period.ts';
import { collectAutomatically } from './collect-invoice.ts';
import { currentPeriod, inPeriod, inPeriodFrom, paceOf } from './current-period.ts';
import { draftForSubscription } from './draft-invoice.ts';
import { planExpiry } from './plan-reminders.ts';

export interface Resumption {
  readonly anchor: 'now' | 'unchanged';
  readonly paymentBehavior: 'resume_on_payment_attempt' | 'resume_on_payment_success';
  readonly prorationBehavior: 'always_invoice' | 'create_prorations' | 'none';
}

/**
 * Resumes a paused subscription. Without anything to invoice it is active at once; otherwise its
 * invoice is finalised and tried, and 23 hours later voided if nobody tried to pay it:
 * docs.stripe.com/api/subscriptions/resume.
 */
export function resumeSubscription(
  tx: Transaction,
  paused: SubscriptionRecord,
  resumption: Resumption,
): SubscriptionRecord {
  const { resumed, draft } = draftResumption(tx, paused, resumption);
  if (draft === undefined) return activate(tx, paused, resumed);
  tx.replace('subscriptions', { ...paused, latest_invoice: draft.id });
  const invoice = finalizeInvoice(tx, draft);
  if (invoice.status === 'open') collectResumption(tx, invoice, resumption);
  return tx.get('subscriptions', paused.id);
}

/** What a paused subscription will be, and the draft of the invoice that it takes. */
export function draftResumption(
  tx: Transaction,
  paused: SubscriptionRecord,
  resumption: Pick<Resumption, 'anchor' | 'prorationBehavior'>,
): { readonly resumed: SubscriptionRecord; readonly draft: InvoiceRecord | undefined } {
  refuseUnresumable(paused);
  const resumed = inItsPeriod(tx, paused, resumption.anchor);
  const isAnew = resumption.anchor === 'now';
  const isPaidFor = currentPeriod(paused).end > tx.now;
  const isBilled = isAnew || (!isPaidFor && resumption.prorationBehavior !== 'none');
  return { resumed, draft: isBilled ? draftOf(tx, paused, resumed) : undefined };
}

function refuseUnresumable({ id, status, collection_method: method }: SubscriptionRecord): void {
  if (status !== 'paused') {
    throw invalidRequest(
      `The subscription ${id} cannot be resumed because its status is ${status}, not paused.`,
    );
  }
  if (method === 'charge_automatically') return;
  throw invalidRequest(
    'Only subscriptions with `collection_method` set to `charge_automatically` can be resumed.',
  );
}

/** The period that the subscription is resumed into. */
function inItsPeriod(
  tx: Transaction,
  paused: SubscriptionRecord,
  anchor: Resumption['anchor'],
): SubscriptionRecord {
  if (anchor === 'now') return inPeriodFrom({ ...paused, billing_cycle_anchor: tx.now }, tx.now);
  const { start, end } = currentPeriod(paused);
  return end > tx.now ? inPeriod(paused, { start, end }) : inPeriodFrom(paused, tx.now);
}

function draftOf(
  tx: Transaction,
  paused: SubscriptionRecord,
  resumed: SubscriptionRecord,
): InvoiceRecord {
  const { start, end } = currentPeriod(resumed);
  const [item] = resumed.items.data;
  const every = item === undefined ? undefined : paceOf(item.price);
  const whole =
    every === undefined ? start : periodStart(resumed.billing_cycle_anchor, start, every);
  return draftForSubscription(tx, resumed, {
    billingReason: 'subscription_update',
    billing:
      whole === start
        ? { kind: 'whole' }
        : { kind: 'part', share: { seconds: end - start, of: end - whole } },
    period: { start: currentPeriod(paused).start, end: start },
  });
}

function collectResumption(
  tx: Transaction,
  invoice: InvoiceRecord,
  { paymentBehavior }: Resumption,
): void {
  const method = choosePaymentMethod(tx, invoice);
  if (method === undefined) {
    planExpiry(tx, invoice);
    return;
  }
  if (paymentBehavior === 'resume_on_payment_attempt') resumeWith(tx, invoice);
  collectAutomatically(tx, invoice, method);
}
