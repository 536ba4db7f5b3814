import type Stripe from 'stripe';
import { cancelSubscription } from '../billing/cancel-subscription.ts';
import { buildCustomer } from '../objects/build-payer.ts';
import { attachedMethod } from '../payments/choose-payment-method.ts';
import { attach, detach, mergeMetadata } from '../payments/payment-methods.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  group,
  listOf,
  metadata,
  oneOf,
  type Read,
  text,
  timeRange,
  unsettable,
} from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { CustomerRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

const optionalText = unsettable(text);

export const addressParameters = group({
  city: optionalText,
  country: optionalText,
  line1: optionalText,
  line2: optionalText,
  postal_code: optionalText,
  state: optionalText,
});

const details = {
  address: unsettable(addressParameters),
  description: optionalText,
  email: optionalText,
  invoice_settings: group({ default_payment_method: optionalText }),
  metadata,
  name: optionalText,
  phone: optionalText,
  preferred_locales: listOf(text),
};

type Details = Read<typeof details>;

export const customerRoutes: readonly Route[] = [
  route('POST', '/v1/customers', { ...details, payment_method: text }, createCustomer),
  route('GET', '/v1/customers/*', {}, (tx, _params, id) => tx.get('customers', id)),
  route('POST', '/v1/customers/*', details, (tx, params, id) => {
    const before = tx.customer(id);
    const after = changed(tx, before, params);
    tx.replace('customers', after);
    tx.emit('customer.updated', after, before);
    return after;
  }),
  route('DELETE', '/v1/customers/*', {}, (tx, _params, id) => deleteCustomer(tx, id)),
  route(
    'GET',
    '/v1/customers',
    { ...listParameters, email: text, created: timeRange },
    (tx, params) =>
      listRows(
        tx.rows('customers'),
        (row) =>
          !row.deleted &&
          (params.email === undefined || row.email === params.email) &&
          (params.created?.(row.created) ?? true),
        params,
        '/v1/customers',
      ),
  ),
  route(
    'GET',
    '/v1/customers/*/payment_methods',
    { ...listParameters, type: oneOf('card') },
    (tx, params, id) => {
      const { id: customer } = tx.customer(id);
      return listRows(
        tx.rows('payment_methods'),
        (row) => row.customer === customer,
        params,
        `/v1/customers/${customer}/payment_methods`,
      );
    },
  ),
];

function createCustomer(
  tx: Transaction,
  params: Details & { readonly payment_method?: string },
): CustomerRecord {
  const customer = buildCustomer(tx);
  tx.insert('customers', customer);
  const { payment_method: token, ...given } = params;
  const method = token === undefined ? undefined : attach(tx, token, customer.id);
  // A test token becomes a method of its own here, and a default of that name means this one.
  const isToken = method !== undefined && given.invoice_settings?.default_payment_method === token;
  const read = isToken ? { invoice_settings: { default_payment_method: method.id } } : {};
  const created = changed(tx, customer, { ...given, ...read });
  tx.replace('customers', created);
  tx.emit('customer.created', created);
  return created;
}

function changed(tx: Transaction, before: CustomerRecord, params: Details): CustomerRecord {
  const { address, invoice_settings, metadata: marks, preferred_locales, ...plain } = params;
  const method = invoice_settings?.default_payment_method;
  if (typeof method === 'string') {
    attachedMethod(tx, method, before.id, 'invoice_settings[default_payment_method]');
  }
  return {
    ...before,
    ...plain,
    ...(address === undefined ? {} : { address: addressOf(before.address ?? null, address) }),
    ...(preferred_locales === undefined ? {} : { preferred_locales: [...preferred_locales] }),
    metadata: mergeMetadata(before.metadata, marks),
    invoice_settings: {
      ...before.invoice_settings,
      ...(method === undefined ? {} : { default_payment_method: method }),
    },
  };
}

/** The address with the given parts changed; null where it is unset. */
export function addressOf(
  before: Stripe.Address | null,
  given: ReturnType<typeof addressParameters> | null,
): Stripe.Address | null {
  if (given === null) return null;
  const empty = { city: null, country: null, line1: null, line2: null, postal_code: null };
  return { ...empty, state: null, ...before, ...given };
}

/** Deletes a customer: the subscriptions end, the cards come off, the id stays known. */
function deleteCustomer(tx: Transaction, id: string): Stripe.DeletedCustomer {
  const customer = tx.customer(id);
  for (const subscription of tx.rows('subscriptions')) {
    const isLive = !['canceled', 'incomplete_expired'].includes(subscription.status);
    if (subscription.customer === id && isLive) {
      cancelSubscription(tx, subscription, 'cancellation_requested');
    }
  }
  for (const method of tx.rows('payment_methods')) {
    if (method.customer === id) detach(tx, method);
  }
  const deleted: Stripe.DeletedCustomer = { id, object: 'customer', deleted: true };
  tx.emit('customer.deleted', customer);
  tx.replace('customers', deleted);
  return deleted;
}
