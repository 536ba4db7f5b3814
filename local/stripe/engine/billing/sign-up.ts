import { buildSubscription, type ItemTerms } from '../objects/build-subscription.ts';
import { longestTrialDays, trialDays } from '../objects/price-terms.ts';
import { updateInvoice, updateSubscription } from '../objects/record-change.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import {
  boolean,
  group,
  integer,
  integerWithin,
  listOf,
  oneOf,
  type Read,
  type Reader,
  required,
  text,
} from '../protocol/parameters.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { addedInvoiceItems, addInvoiceItems } from './add-invoice-items.ts';
import { finalizeAndCollect } from './advance-draft.ts';
import { finalizeInvoice } from './advance-invoice.ts';
import { itemFields, priceOf, quantityOf, refuseMixedPrices } from './change-items.ts';
import { draftForSubscription } from './draft-invoice.ts';
import { anchorAfter, type FirstPeriod, firstPeriod } from './first-period.ts';
import { paymentRequired, refuseWithoutMethod } from './payment-required.ts';
import { planTrialEnd, planUpcoming } from './plan-reminders.ts';
import { settingFields, settingsOf } from './subscription-settings.ts';
import { refuseSubscriptionOnClock } from './test-clocks.ts';

/** A time in epoch seconds, or this moment. */
export const timeOrNow: Reader<number | 'now'> = (value, name) =>
  value === 'now' ? value : integer(value, name);

/** The parameters of a new subscription. */
export const creationFields = {
  ...settingFields,
  add_invoice_items: addedInvoiceItems,
  billing_cycle_anchor: integer,
  billing_cycle_anchor_config: group({
    day_of_month: integerWithin(1, 31),
    hour: integerWithin(0, 23),
    minute: integerWithin(0, 59),
    month: integerWithin(1, 12),
    second: integerWithin(0, 59),
  }),
  billing_mode: group({ type: oneOf('flexible') }),
  currency: text,
  customer: text,
  items: listOf(group(itemFields)),
  payment_behavior: oneOf('allow_incomplete', 'default_incomplete', 'error_if_incomplete'),
  proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
  trial_end: timeOrNow,
  trial_from_plan: boolean,
  trial_period_days: trialDays,
};

export type Creation = Read<typeof creationFields>;

/** Makes a subscription with its first invoice, and collects that as it is asked to. */
export function signUp(tx: Transaction, params: Creation): SubscriptionRecord {
  const { subscription, draft } = beginSubscription(tx, params);
  if (subscription.collection_method === 'charge_automatically') {
    collectSignUp(tx, draft, params);
  }
  return tx.get('subscriptions', subscription.id);
}

/** Puts a new subscription on record with the draft of its first invoice. */
export function beginSubscription(
  tx: Transaction,
  params: Creation,
): { readonly subscription: SubscriptionRecord; readonly draft: InvoiceRecord } {
  const customer = tx.customer(required(params.customer, 'customer'), 'customer');
  refuseSubscriptionOnClock(tx, customer);
  const items = itemsOf(tx, required(params.items, 'items'));
  const [first] = items;
  if (first === undefined) throw invalidParameter('Invalid array', 'items');
  const currency = params.currency?.toLowerCase() ?? first.price.currency;
  refuseMixedPrices(items, currency);
  const beginning = beginningOf(tx, params, first);
  const built = buildSubscription(tx, { ...beginning, currency, customer, items });
  const subscription = withSettings(tx, built, params);
  tx.insert('subscriptions', subscription);
  tx.replace('customers', { ...tx.customer(customer.id), currency });
  tx.emit('customer.subscription.created', subscription);
  planTrialEnd(tx, subscription);
  addInvoiceItems(tx, subscription, params.add_invoice_items ?? []);
  const draft = draftForSubscription(tx, subscription, {
    billingReason: 'subscription_create',
    billing: beginning.billing,
    period: { start: tx.now, end: tx.now },
  });
  const after = updateSubscription(tx, subscription, { latest_invoice: draft.id });
  planUpcoming(tx, after);
  return { subscription: after, draft };
}

function withSettings(
  tx: Transaction,
  built: SubscriptionRecord,
  params: Creation,
): SubscriptionRecord {
  const config = params.billing_cycle_anchor_config;
  const subscription: SubscriptionRecord = {
    ...built,
    ...settingsOf(tx, built, params),
    ...(config === undefined
      ? {}
      : {
          billing_cycle_anchor_config: {
            day_of_month: required(
              config.day_of_month,
              'billing_cycle_anchor_config[day_of_month]',
            ),
            hour: config.hour ?? null,
            minute: config.minute ?? null,
            month: config.month ?? null,
            second: config.second ?? null,
          },
        }),
  };
  const isSent = subscription.collection_method === 'send_invoice';
  if (!isSent || subscription.status === 'trialing') return subscription;
  return { ...subscription, status: 'active' };
}

function itemsOf(tx: Transaction, given: NonNullable<Creation['items']>): ItemTerms[] {
  return given.map((item, index) => {
    const name = `items[${index}]`;
    return {
      price: required(priceOf(tx, item, name), `${name}[price]`),
      quantity: quantityOf(item.quantity, `${name}[quantity]`),
      metadata: mergeMetadata({}, item.metadata),
    };
  });
}

function beginningOf(tx: Transaction, params: Creation, { price }: ItemTerms): FirstPeriod {
  const { billing_cycle_anchor: given, billing_cycle_anchor_config: config } = params;
  if (given !== undefined && given <= tx.now) {
    throw invalidRequest('billing_cycle_anchor must be a timestamp in the future', {
      param: 'billing_cycle_anchor',
    });
  }
  const anchor = given ?? (config === undefined ? undefined : anchorAfter(tx.now, config));
  return firstPeriod({
    now: tx.now,
    price,
    trialEnd: trialEndOf(tx, params, price.recurring?.trial_period_days ?? undefined),
    anchor,
    prorates: params.proration_behavior !== 'none',
  });
}

function trialEndOf(
  tx: Transaction,
  params: Creation,
  daysOfPlan: number | undefined,
): number | undefined {
  const { trial_end: end, trial_period_days: given, trial_from_plan: fromPlan } = params;
  if (end === 'now') return undefined;
  if (end !== undefined) return futureTrialEnd(tx, end);
  const days = given ?? (fromPlan ? daysOfPlan : undefined);
  return days === undefined || days === 0 ? undefined : tx.now + days * 86_400;
}

/** @throws Refusal for a trial that would end in the past, or after more than two years. */
export function futureTrialEnd(tx: Transaction, end: number): number {
  const isTooLate = end > tx.now + longestTrialDays * 86_400;
  if (end > tx.now && !isTooLate) return end;
  throw invalidRequest(
    isTooLate
      ? 'Invalid timestamp: can be no more than two years in the future'
      : 'Invalid timestamp: must be an integer Unix timestamp in the future',
    { param: 'trial_end' },
  );
}

/** The first invoice is finalised at once, and charged unless the caller collects it later. */
function collectSignUp(
  tx: Transaction,
  draft: InvoiceRecord,
  { off_session: offSession = false, payment_behavior: behavior }: Creation,
): void {
  if (behavior === 'default_incomplete') {
    const open = finalizeInvoice(tx, draft);
    if (open.status === 'open') updateInvoice(tx, open, { auto_advance: false });
    return;
  }
  refuseWithoutMethod(tx, draft);
  const attempted = finalizeAndCollect(tx, draft, offSession);
  const invoice = tx.get('invoices', draft.id);
  if (invoice.status !== 'open') return;
  if (behavior === 'error_if_incomplete' && attempted?.kind !== 'processing') {
    throw paymentRequired(attempted);
  }
  updateInvoice(tx, invoice, { auto_advance: false });
}
