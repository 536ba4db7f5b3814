import { deleteCustomer } from '../billing/delete-customer.ts';
import { retryWithSource } from '../billing/retry-with-source.ts';
import { refuseCustomerOnClock } from '../billing/test-clocks.ts';
import { buildCustomer } from '../objects/build-payer.ts';
import { attachedMethod, attachedSource } from '../payments/choose-payment-method.ts';
import { createSource, deleteSource } from '../payments/customer-sources.ts';
import { attach, mergeMetadata } from '../payments/payment-methods.ts';
import { invalidParameter, resourceMissing } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
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
import { searchParameters, searchRows } from '../protocol/search.ts';
import type { SearchFields } from '../protocol/search-query.ts';
import type { CustomerRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { addressOf, addressParameters } from './addresses.ts';
import { createTaxId, taxIdDetails } from './tax-ids.ts';

const optionalText = unsettable(text);

const invoiceSettings = group({
  custom_fields: unsettable(listOf(group({ name: text, value: text }))),
  default_payment_method: optionalText,
  footer: optionalText,
  rendering_options: unsettable(
    group({
      amount_tax_display: unsettable(oneOf('exclude_tax', 'include_inclusive_tax')),
      template: optionalText,
    }),
  ),
});

const details = {
  address: unsettable(addressParameters),
  balance: integer,
  business_name: optionalText,
  description: optionalText,
  email: optionalText,
  individual_name: optionalText,
  invoice_prefix: text,
  invoice_settings: invoiceSettings,
  metadata,
  name: optionalText,
  next_invoice_sequence: integer,
  phone: optionalText,
  preferred_locales: listOf(text),
  shipping: unsettable(group({ address: addressParameters, name: text, phone: optionalText })),
  source: text,
  tax_exempt: unsettable(oneOf('exempt', 'none', 'reverse')),
  /** Cards are always tried when they are attached. */
  validate: oneOf('true'),
};

const creation = {
  ...details,
  payment_method: text,
  tax_id_data: listOf(group(taxIdDetails)),
  test_clock: text,
};

const changes = { ...details, default_source: text };

type Details = Read<typeof details>;

const methodTypes = oneOf('card', 'sepa_debit', 'us_bank_account');

export const customerRoutes: readonly Route[] = [
  route('GET', '/v1/customers/search', searchParameters, (tx, params) =>
    searchRows(tx.rows('customers').filter(isLive), searchable, params, '/v1/customers/search'),
  ),
  route('POST', '/v1/customers', creation, create),
  route('GET', '/v1/customers/*', {}, (tx, _params, id) => tx.get('customers', id)),
  route('POST', '/v1/customers/*', changes, (tx, params, id) =>
    update(tx, tx.customer(id), params),
  ),
  route('DELETE', '/v1/customers/*', {}, (tx, _params, id) => deleteCustomer(tx, id)),
  route(
    'GET',
    '/v1/customers',
    { ...listParameters, created: timeRange, email: text, test_clock: text },
    (tx, params) =>
      listRows(
        tx.rows('customers'),
        (row) =>
          !row.deleted &&
          row.test_clock === (params.test_clock ?? null) &&
          (params.email === undefined || row.email === params.email) &&
          (params.created?.(row.created) ?? true),
        params,
        '/v1/customers',
      ),
  ),
  route(
    'GET',
    '/v1/customers/*/payment_methods',
    { ...listParameters, type: methodTypes },
    (tx, params, id) => {
      const { id: customer } = tx.customer(id);
      return listRows(
        tx.rows('payment_methods'),
        (row) =>
          row.customer === customer && (params.type === undefined || row.type === params.type),
        params,
        `/v1/customers/${customer}/payment_methods`,
      );
    },
  ),
  route('GET', '/v1/customers/*/payment_methods/*', {}, (tx, _params, id, methodId) => {
    const method = tx.get('payment_methods', methodId);
    if (method.customer !== tx.customer(id).id) throw resourceMissing('PaymentMethod', methodId);
    return method;
  }),
];

const isLive = (row: { readonly deleted?: unknown }): row is CustomerRecord => !row.deleted;

/** docs.stripe.com/search#query-fields-for-customers */
const searchable: SearchFields<CustomerRecord> = {
  resource: 'customers',
  fields: {
    created: { type: 'numeric', read: (row) => row.created },
    email: { type: 'string', read: (row) => row.email },
    name: { type: 'string', read: (row) => row.name ?? null },
    phone: { type: 'string', read: (row) => row.phone ?? null },
  },
  metadata: (row) => row.metadata,
};

function create(tx: Transaction, params: Read<typeof creation>): CustomerRecord {
  const { payment_method: token, tax_id_data: taxIds = [], test_clock: clock, ...given } = params;
  if (clock !== undefined) refuseCustomerOnClock(tx, clock);
  const customer = { ...buildCustomer(tx), test_clock: clock ?? null };
  tx.insert('customers', customer);
  const method = token === undefined ? undefined : attach(tx, token, customer.id);
  // A test token becomes a method of its own here, and a default of that name means this one.
  const isToken = method !== undefined && given.invoice_settings?.default_payment_method === token;
  const settings = isToken
    ? { invoice_settings: { ...given.invoice_settings, default_payment_method: method.id } }
    : {};
  const created = changed(tx, customer, { ...given, ...settings });
  tx.replace('customers', created);
  tx.emit('customer.created', created);
  for (const taxId of taxIds) createTaxId(tx, created.id, taxId);
  if (given.source !== undefined) createSource(tx, created, given.source, {});
  return tx.customer(created.id);
}

function update(
  tx: Transaction,
  before: CustomerRecord,
  params: Read<typeof changes>,
): CustomerRecord {
  const { default_source: source, ...given } = params;
  if (source !== undefined) attachedSource(tx, source, before.id, 'default_source');
  const after = {
    ...changed(tx, before, given),
    ...(source === undefined ? {} : { default_source: source }),
  };
  tx.replace('customers', after);
  tx.emit('customer.updated', after, before);
  if (given.source !== undefined) {
    replaceSource(tx, after, given.source);
    retryWithSource(tx, before.id);
  }
  return tx.customer(before.id);
}

/** The new source becomes the default, and the old default goes: the docs of `source`. */
function replaceSource(tx: Transaction, before: CustomerRecord, token: string): void {
  const source = createSource(tx, before, token, {});
  const { default_source: old } = before;
  if (old === null) return;
  const after = { ...tx.customer(before.id), default_source: source.id };
  tx.replace('customers', after);
  tx.emit('customer.updated', after, before);
  deleteSource(tx, after, tx.get('sources', old));
}

function changed(tx: Transaction, before: CustomerRecord, params: Details): CustomerRecord {
  const { address, business_name: business, individual_name: individual, ...rest } = params;
  const { invoice_settings: settings, metadata: marks, preferred_locales: locales } = rest;
  const { balance, description, email, name, phone, shipping, tax_exempt: exempt } = rest;
  refuseWrongDetails(tx, before, params);
  return {
    ...before,
    ...given({ balance, description, email, name, phone }),
    ...given({ business_name: business ?? undefined, individual_name: individual ?? undefined }),
    ...given({ invoice_prefix: rest.invoice_prefix }),
    ...given({ next_invoice_sequence: rest.next_invoice_sequence }),
    ...(address === undefined ? {} : { address: addressOf(before.address ?? null, address) }),
    ...(locales === undefined ? {} : { preferred_locales: [...locales] }),
    ...(shipping === undefined ? {} : { shipping: shippingOf(shipping) }),
    ...(exempt === undefined ? {} : { tax_exempt: exempt ?? 'none' }),
    metadata: mergeMetadata(before.metadata, marks),
    invoice_settings:
      settings === undefined ? before.invoice_settings : settingsOf(before, settings),
  };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the properties that were not given, so that they change nothing. */
function given<T extends object>(values: T): Given<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  // What is left of the given values is undefined nowhere.
  return Object.fromEntries(entries) as Given<T>;
}

function refuseWrongDetails(tx: Transaction, before: CustomerRecord, params: Details): void {
  const { email, invoice_prefix: prefix, next_invoice_sequence: next } = params;
  const method = params.invoice_settings?.default_payment_method;
  if (typeof method === 'string') {
    attachedMethod(tx, method, before.id, 'invoice_settings[default_payment_method]');
  }
  if (typeof email === 'string' && !/^[^@\s]+@[^@\s]+$/.test(email)) {
    throw invalidParameter(`Invalid email address: ${email}`, 'email', 'email_invalid');
  }
  if (prefix !== undefined) refuseWrongPrefix(tx, before, prefix);
  if (next !== undefined && next < 1) {
    throw invalidParameter(
      `Invalid positive integer: ${next}`,
      'next_invoice_sequence',
      'parameter_invalid_integer',
    );
  }
}

/** 3 to 12 capital letters or digits, and no other customer's: the docs of `invoice_prefix`. */
function refuseWrongPrefix(tx: Transaction, before: CustomerRecord, prefix: string): void {
  if (!/^[A-Z0-9]{3,12}$/.test(prefix)) {
    throw invalidParameter(
      'Invoice prefixes must be 3-12 characters, only uppercase letters and numbers.',
      'invoice_prefix',
    );
  }
  const isTaken = tx
    .rows('customers')
    .some((row) => isLive(row) && row.id !== before.id && row.invoice_prefix === prefix);
  if (isTaken) {
    throw invalidParameter(
      `The invoice prefix ${prefix} is used by another customer.`,
      'invoice_prefix',
    );
  }
}

function settingsOf(
  { invoice_settings: before }: CustomerRecord,
  settings: ReturnType<typeof invoiceSettings>,
): CustomerRecord['invoice_settings'] {
  const { custom_fields: fields, default_payment_method, footer, rendering_options } = settings;
  return {
    ...before,
    ...given({ default_payment_method, footer }),
    ...(fields === undefined ? {} : { custom_fields: customFieldsOf(fields) }),
    ...(rendering_options === undefined
      ? {}
      : {
          rendering_options: rendering_options && {
            amount_tax_display: rendering_options.amount_tax_display ?? null,
            template: rendering_options.template ?? null,
          },
        }),
  };
}

function customFieldsOf(
  fields: readonly { readonly name?: string; readonly value?: string }[] | null,
) {
  if (fields === null || fields.length === 0) return null;
  return fields.map(({ name, value }, index) => {
    const within = `invoice_settings[custom_fields][${index}]`;
    return { name: required(name, `${within}[name]`), value: required(value, `${within}[value]`) };
  });
}

function shippingOf(shipping: Exclude<Details['shipping'], undefined>): CustomerRecord['shipping'] {
  if (shipping === null) return null;
  const address = addressOf(null, required(shipping.address, 'shipping[address]'));
  return {
    ...(address === null ? {} : { address }),
    name: required(shipping.name, 'shipping[name]'),
    phone: shipping.phone ?? null,
  };
}
