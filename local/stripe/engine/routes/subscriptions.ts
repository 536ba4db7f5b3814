import { finalizeInvoice } from '../billing/advance-invoice.ts';
import { cancelSubscription } from '../billing/cancel-subscription.ts';
import { updateInvoice, updateSubscription } from '../billing/record-change.ts';
import { currentPeriod, finalizeAndCollect, restartCycle } from '../billing/renew-subscription.ts';
import { buildInvoice } from '../objects/build-invoice.ts';
import { buildSubscription } from '../objects/build-subscription.ts';
import type { Attempted } from '../payments/attempt-payment.ts';
import { emitAttempt } from '../payments/charge-card.ts';
import { attachedMethod } from '../payments/choose-payment-method.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidParameter, invalidRequest, notModelled, Refusal } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  boolean,
  group,
  integer,
  listOf,
  metadata,
  oneOf,
  type Read,
  required,
  text,
  timeRange,
  unsettable,
} from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

const paymentSettings = group({ save_default_payment_method: oneOf('off', 'on_subscription') });

const creation = {
  customer: text,
  items: listOf(group({ price: text, quantity: integer })),
  default_payment_method: text,
  description: text,
  metadata,
  off_session: boolean,
  payment_behavior: oneOf('allow_incomplete', 'default_incomplete', 'error_if_incomplete'),
  payment_settings: paymentSettings,
  collection_method: oneOf('charge_automatically'),
};

const changes = {
  default_payment_method: unsettable(text),
  description: unsettable(text),
  metadata,
  off_session: boolean,
  cancel_at_period_end: boolean,
  payment_settings: paymentSettings,
  payment_behavior: oneOf('allow_incomplete', 'error_if_incomplete'),
  proration_behavior: oneOf('none'),
  billing_cycle_anchor: group({ type: oneOf('now', 'unchanged') }),
};

export const subscriptionRoutes: readonly Route[] = [
  route('POST', '/v1/subscriptions', creation, create),
  route('GET', '/v1/subscriptions/*', {}, (tx, _params, id) => tx.get('subscriptions', id)),
  route(
    'GET',
    '/v1/subscriptions',
    {
      ...listParameters,
      customer: text,
      price: text,
      created: timeRange,
      status: oneOf(
        'all',
        'active',
        'canceled',
        'incomplete',
        'incomplete_expired',
        'past_due',
        'unpaid',
        'ended',
      ),
    },
    (tx, params) =>
      listRows(
        tx.rows('subscriptions'),
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (params.price === undefined ||
            row.items.data.some(({ price }) => price.id === params.price)) &&
          hasStatus(row, params.status) &&
          (params.created?.(row.created) ?? true),
        params,
        '/v1/subscriptions',
      ),
  ),
  route('POST', '/v1/subscriptions/*', changes, (tx, params, id) =>
    update(tx, tx.get('subscriptions', id), params),
  ),
  route('DELETE', '/v1/subscriptions/*', {}, (tx, _params, id) => {
    const subscription = tx.get('subscriptions', id);
    if (hasEnded(subscription)) throw invalidRequest('This subscription has already ended.');
    return cancelSubscription(tx, subscription, 'cancellation_requested');
  }),
];

const hasEnded = ({ status }: SubscriptionRecord) =>
  status === 'canceled' || status === 'incomplete_expired';

/** Without a status Stripe lists everything that was not cancelled. */
function hasStatus(row: SubscriptionRecord, wanted: string | undefined): boolean {
  if (wanted === undefined) return row.status !== 'canceled';
  if (wanted === 'all') return true;
  return wanted === 'ended' ? hasEnded(row) : row.status === wanted;
}

function create(tx: Transaction, params: Read<typeof creation>): SubscriptionRecord {
  const customer = tx.customer(required(params.customer, 'customer'), 'customer');
  const items = itemsOf(tx, required(params.items, 'items'));
  const [first] = items;
  if (first === undefined) throw invalidParameter('Invalid array', 'items');
  const method = params.default_payment_method;
  if (method !== undefined) attachedMethod(tx, method, customer.id, 'default_payment_method');
  const subscription = buildSubscription(tx, {
    customer: customer.id,
    items,
    currency: first.price.currency,
    defaultPaymentMethod: method ?? null,
    description: params.description ?? null,
    metadata: mergeMetadata({}, params.metadata),
    saveDefaultPaymentMethod: params.payment_settings?.save_default_payment_method ?? 'off',
  });
  refuseMixedPrices(subscription);
  tx.insert('subscriptions', subscription);
  tx.replace('customers', { ...tx.customer(customer.id), currency: subscription.currency });
  tx.emit('customer.subscription.created', subscription);
  signUp(tx, subscription, params.payment_behavior ?? 'allow_incomplete');
  return tx.get('subscriptions', subscription.id);
}

function itemsOf(
  tx: Transaction,
  given: readonly { readonly price?: string; readonly quantity?: number }[],
) {
  return given.map(({ price: id, quantity = 1 }, index) => {
    const price = tx.get(
      'prices',
      required(id, `items[${index}][price]`),
      `items[${index}][price]`,
    );
    return { price, quantity };
  });
}

/** Stripe bills all items of one subscription in one currency and, here, at one pace. */
function refuseMixedPrices({ items, currency }: SubscriptionRecord): void {
  const paces = new Set(
    items.data.map(
      ({ price }) => `${price.recurring?.interval_count} ${price.recurring?.interval}`,
    ),
  );
  if (items.data.some(({ price }) => price.currency !== currency)) {
    throw invalidRequest('All prices of a subscription must be in one currency.', {
      param: 'items',
    });
  }
  if (paces.size > 1) throw notModelled('A subscription with several intervals', 'items');
}

/** The first invoice is finalised at once, and charged unless the caller collects it later. */
function signUp(
  tx: Transaction,
  subscription: SubscriptionRecord,
  behavior: 'allow_incomplete' | 'default_incomplete' | 'error_if_incomplete',
): void {
  const start = { start: tx.now, end: tx.now };
  const draft = buildInvoice(tx, subscription, 'subscription_create', start);
  tx.insert('invoices', draft);
  tx.emit('invoice.created', draft);
  updateSubscription(tx, subscription, { latest_invoice: draft.id });
  if (behavior === 'default_incomplete') {
    const open = finalizeInvoice(tx, draft);
    if (open.status === 'open') updateInvoice(tx, open, { auto_advance: false });
    return;
  }
  const attempted = finalizeAndCollect(tx, draft);
  const invoice = tx.get('invoices', draft.id);
  if (invoice.status === 'paid') return;
  if (behavior === 'error_if_incomplete') throw paymentRequired(attempted);
  updateInvoice(tx, invoice, { auto_advance: false });
}

/** 402, and everything but the charge itself is forgotten. */
function paymentRequired(attempted: Attempted | undefined): Refusal {
  if (attempted?.kind !== 'declined') {
    return new Refusal(402, {
      type: 'invalid_request_error',
      code: 'resource_missing',
      message: 'This customer has no attached payment source or default payment method.',
    });
  }
  const { charge, decline, intent } = attempted;
  const error = {
    type: 'card_error' as const,
    code: decline.code,
    decline_code: decline.declineCode,
    message: decline.message,
    charge: charge.id,
  };
  return new Refusal(402, error, false, (tx) => {
    tx.insert('payment_intents', intent);
    tx.insert('charges', charge);
    emitAttempt(tx, charge, intent);
  });
}

function update(
  tx: Transaction,
  before: SubscriptionRecord,
  params: Read<typeof changes>,
): SubscriptionRecord {
  if (hasEnded(before)) {
    throw invalidRequest('A canceled subscription can only update its cancellation_details.');
  }
  const after = updateSubscription(tx, before, changed(tx, before, params));
  if (params.billing_cycle_anchor?.type !== 'now') return after;
  if (params.proration_behavior !== 'none') {
    throw notModelled('A new billing cycle with prorations', 'proration_behavior');
  }
  if (after.status === 'incomplete') {
    throw invalidRequest('The billing cycle of an incomplete subscription cannot be changed.', {
      param: 'billing_cycle_anchor',
    });
  }
  const attempted = restartCycle(tx, after, 'subscription_update');
  const isPaid = attempted === undefined ? currentIsPaid(tx, after.id) : attempted.kind === 'paid';
  if (!isPaid && params.payment_behavior === 'error_if_incomplete') {
    throw paymentRequired(attempted);
  }
  return tx.get('subscriptions', after.id);
}

function currentIsPaid(tx: Transaction, id: string): boolean {
  const { latest_invoice: latest } = tx.get('subscriptions', id);
  return latest !== null && tx.get('invoices', latest).status === 'paid';
}

function changed(
  tx: Transaction,
  before: SubscriptionRecord,
  params: Read<typeof changes>,
): Partial<SubscriptionRecord> {
  const { default_payment_method: method, cancel_at_period_end: ends, description } = params;
  if (typeof method === 'string') {
    attachedMethod(tx, method, before.customer, 'default_payment_method');
  }
  const saves = params.payment_settings?.save_default_payment_method;
  return {
    metadata: mergeMetadata(before.metadata, params.metadata),
    ...(method === undefined ? {} : { default_payment_method: method }),
    ...(description === undefined ? {} : { description }),
    ...(ends === undefined ? {} : endingAtPeriodEnd(tx, before, ends)),
    ...(saves === undefined
      ? {}
      : {
          payment_settings: { ...before.payment_settings, save_default_payment_method: saves },
        }),
  };
}

function endingAtPeriodEnd(
  tx: Transaction,
  before: SubscriptionRecord,
  ends: boolean,
): Partial<SubscriptionRecord> {
  return {
    cancel_at_period_end: ends,
    cancel_at: ends ? currentPeriod(before).end : null,
    canceled_at: ends ? tx.now : null,
  };
}
