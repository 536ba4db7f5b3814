import { buildInvoice, withLines } from '../objects/build-invoice.ts';
import { lineOfInvoiceItem } from '../objects/build-invoice-line.ts';
import { invalidRequest } from '../protocol/answer.ts';
import {
  boolean,
  decimal,
  group,
  integer,
  listOf,
  metadata,
  oneOf,
  type Read,
  type Reader,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { applyCancellation } from './cancel-now.ts';
import { changedItem } from './change-items.ts';
import { applyChange, type Change } from './change-subscription.ts';
import { oneTimePriceData } from './inline-price.ts';
import { createInvoiceItem } from './invoice-items.ts';
import { pendingItems } from './pending-items.ts';
import { draftResumption } from './resume-subscription.ts';
import { beginSubscription, timeOrNow } from './sign-up.ts';
import { settingFields } from './subscription-settings.ts';
import { asUpcoming, upcomingInvoice } from './upcoming-invoice.ts';

/** A time in epoch seconds, this moment, or what it is. */
const anchorOf: Reader<number | 'now' | 'unchanged'> = (value, name) =>
  value === 'unchanged' ? value : timeOrNow(value, name);

const subscriptionDetails = group({
  billing_cycle_anchor: anchorOf,
  cancel_at: settingFields.cancel_at,
  cancel_at_period_end: boolean,
  cancel_now: boolean,
  items: listOf(changedItem),
  metadata: unsettable(metadata),
  proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
  proration_date: integer,
  resume_at: oneOf('now'),
  trial_end: timeOrNow,
});

const previewItem = group({
  amount: integer,
  currency: text,
  description: text,
  discountable: boolean,
  metadata,
  period: group({ end: integer, start: integer }),
  price: text,
  price_data: oneTimePriceData,
  quantity: integer,
  quantity_decimal: decimal,
  unit_amount: integer,
  unit_amount_decimal: decimal,
});

/** The parameters of a preview. */
export const previewFields = {
  currency: text,
  customer: text,
  invoice_items: listOf(previewItem),
  preview_mode: oneOf('next', 'recurring'),
  subscription: text,
  subscription_details: subscriptionDetails,
};

type Preview = Read<typeof previewFields>;
type Details = ReturnType<typeof subscriptionDetails>;

/**
 * The next invoice of a subscription or customer, as it is or as it would be after a change. All
 * of it happens on a copy: nothing is put on record, and nothing is told of.
 */
export function previewInvoice(tx: Transaction, params: Preview): InvoiceRecord {
  const copy = tx.copy();
  const subscription = findSubscription(copy, params);
  const { customer = subscription?.customer } = params;
  if (customer === undefined) {
    throw invalidRequest(
      'You must specify one of the following: customer, subscription, or schedule.',
    );
  }
  addItems(copy, params, customer, subscription);
  return previewOf(copy, params, customer, subscription);
}

function findSubscription(tx: Transaction, params: Preview): SubscriptionRecord | undefined {
  if (params.subscription !== undefined) {
    return tx.get('subscriptions', params.subscription, 'subscription');
  }
  if (params.subscription_details?.items !== undefined) return undefined;
  const { customer } = params;
  const ofCustomer = tx
    .rows('subscriptions')
    .filter((row) => row.customer === customer && goesOn(row));
  return ofCustomer.reduce<SubscriptionRecord | undefined>(
    (first, row) => (first === undefined || endOf(row) < endOf(first) ? row : first),
    undefined,
  );
}

const endOf = ({ items }: SubscriptionRecord) => items.data[0]?.current_period_end ?? 0;

const goesOn = ({ status }: SubscriptionRecord) =>
  status === 'active' || status === 'trialing' || status === 'past_due';

/** What is billed along with it, on this one invoice only. */
function addItems(
  tx: Transaction,
  params: Preview,
  customer: string,
  subscription: SubscriptionRecord | undefined,
): void {
  for (const { price, unit_amount: whole, ...item } of params.invoice_items ?? []) {
    const { unit_amount_decimal: exact } = item;
    const unit = exact ?? (whole === undefined ? undefined : String(whole));
    createInvoiceItem(tx, {
      ...item,
      customer,
      ...(price === undefined ? {} : { pricing: { price } }),
      ...(subscription === undefined ? {} : { subscription: subscription.id }),
      ...(unit === undefined ? {} : { unit_amount_decimal: unit }),
    });
  }
}

function previewOf(
  tx: Transaction,
  params: Preview,
  customer: string,
  subscription: SubscriptionRecord | undefined,
): InvoiceRecord {
  const { subscription_details: details, preview_mode: mode } = params;
  if (subscription !== undefined) {
    const draft = details && draftAfter(tx, subscription, details);
    if (draft !== undefined) return shown(tx, draft);
    return nextInvoice(tx, tx.get('subscriptions', subscription.id), mode);
  }
  if (details?.items !== undefined) return previewOfNew(tx, params, customer, details);
  return previewOfItems(tx, params, customer);
}

/** The invoice that a change would bring about at once; undefined where there is none. */
function draftAfter(
  tx: Transaction,
  subscription: SubscriptionRecord,
  details: Details,
): InvoiceRecord | undefined {
  const { billing_cycle_anchor: anchor, cancel_now: ends, resume_at: resumes, ...change } = details;
  if (ends) {
    const prorate = details.proration_behavior !== 'none';
    return applyCancellation(tx, subscription, { invoice_now: true, prorate });
  }
  if (resumes !== undefined) {
    return draftResumption(tx, subscription, { anchor: 'now', prorationBehavior: 'none' })?.draft;
  }
  if (typeof anchor === 'number') {
    throw invalidRequest(
      'For existing subscriptions, billing_cycle_anchor can only be set to `now` or `unchanged`.',
      { param: 'subscription_details[billing_cycle_anchor]' },
    );
  }
  const given: Change =
    anchor === undefined ? change : { ...change, billing_cycle_anchor: { type: anchor } };
  return applyChange(tx, subscription, given);
}

function nextInvoice(
  tx: Transaction,
  subscription: SubscriptionRecord,
  mode: 'next' | 'recurring' | undefined,
): InvoiceRecord {
  if (subscription.status === 'paused') {
    throw invalidRequest(
      'The subscription is paused and will not generate invoices until it has been resumed. Pass ' +
        'the `subscription_details[resume_at]` parameter to view the invoice that will be ' +
        'generated if the subscription is resumed.',
    );
  }
  const { cancel_at: end } = subscription;
  const isLast = end !== null && end <= endOf(subscription);
  if (!goesOn(subscription) || isLast) throw noUpcoming('subscription', subscription.id);
  return upcomingInvoice(tx, subscription, mode);
}

/** The first invoice of a subscription that is not there yet. */
function previewOfNew(
  tx: Transaction,
  params: Preview,
  customer: string,
  details: Details,
): InvoiceRecord {
  const { billing_cycle_anchor: anchor, items = [], trial_end: trialEnd } = details;
  const { draft } = beginSubscription(tx, {
    customer,
    items: items.map(({ id: _none, deleted: _kept, clear_usage: _metered, ...item }) => ({
      ...item,
      metadata: item.metadata ?? {},
    })),
    ...(typeof anchor === 'number' ? { billing_cycle_anchor: anchor } : {}),
    ...(params.currency === undefined ? {} : { currency: params.currency }),
    ...(details.proration_behavior === undefined
      ? {}
      : { proration_behavior: details.proration_behavior }),
    ...(trialEnd === undefined ? {} : { trial_end: trialEnd }),
  });
  return shown(tx, draft);
}

/** An invoice of what is pending of a customer without a subscription. */
function previewOfItems(tx: Transaction, params: Preview, id: string): InvoiceRecord {
  const customer = tx.customer(id, 'customer');
  const currency = params.currency ?? customer.currency ?? 'usd';
  const pending = pendingItems(tx, { customer: id, currency });
  if (pending.length === 0) throw noUpcoming('customer', id);
  const period = { start: tx.now, end: tx.now };
  const built = buildInvoice(tx, { billingReason: 'upcoming', currency, customer, period });
  const lines = pending.map((item) => lineOfInvoiceItem(tx, built.id, item, tx.id('il_tmp')));
  return shown(tx, withLines(built, lines));
}

function shown(tx: Transaction, draft: InvoiceRecord): InvoiceRecord {
  const upcoming = asUpcoming(draft, tx.now);
  const data = upcoming.lines.data.map((line) => ({ ...line, id: tx.id('il_tmp') }));
  return { ...upcoming, lines: { ...upcoming.lines, data } };
}

function noUpcoming(kind: 'customer' | 'subscription', id: string) {
  return invalidRequest(`No upcoming invoices for ${kind}: ${id}`, {
    code: 'invoice_upcoming_none',
  });
}
