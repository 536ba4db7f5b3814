import { buildInvoice, dueDate, withLines } from '../objects/build-invoice.ts';
import { currencyOf } from '../objects/create-catalogue.ts';
import { attachedMethod, attachedSource } from '../payments/choose-payment-method.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidRequest } from '../protocol/answer.ts';
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
  unsettable,
} from '../protocol/parameters.ts';
import type { CustomerRecord, InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { nextPaymentAttempt } from './collect-invoice.ts';
import { draftWindow } from './draft-window.ts';
import { pendingItems, takeUp } from './pending-items.ts';
import { customFieldsOf } from './subscription-settings.ts';

/** What can be said of a draft, new or changed. */
export const invoiceFields = {
  auto_advance: boolean,
  automatically_finalizes_at: integer,
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  custom_fields: unsettable(listOf(group({ name: text, value: text }))),
  days_until_due: integer,
  default_payment_method: unsettable(text),
  default_source: unsettable(text),
  description: unsettable(text),
  due_date: integer,
  effective_at: unsettable(integer),
  footer: unsettable(text),
  metadata: unsettable(metadata),
  number: unsettable(text),
  payment_settings: group({
    default_mandate: unsettable(text),
    payment_method_types: unsettable(listOf(text)),
  }),
  statement_descriptor: unsettable(text),
};

export const invoiceCreation = {
  ...invoiceFields,
  currency: text,
  customer: text,
  pending_invoice_items_behavior: oneOf('exclude', 'include'),
  subscription: text,
};

type Given = Read<typeof invoiceFields>;
type Creation = Read<typeof invoiceCreation>;

/** Makes a draft by hand: nothing but the caller moves it on, unless `auto_advance` is asked for. */
export function createInvoice(tx: Transaction, params: Creation): InvoiceRecord {
  const subscription =
    params.subscription === undefined
      ? undefined
      : tx.get('subscriptions', params.subscription, 'subscription');
  const named = params.customer ?? subscription?.customer;
  const customer = tx.customer(required(named, 'customer'), 'customer');
  refuseOthers(customer, subscription);
  const currency = currencyFor(tx, params, customer, subscription);
  const built = buildInvoice(tx, {
    billingReason: 'manual',
    currency,
    customer,
    period: { start: tx.now, end: tx.now },
    subscription,
  });
  const blank = { ...built, ...draftWindow(tx.now, false, built.collection_method) };
  const draft = changed(tx, blank, params);
  const lines = takeUp(tx, draft, itemsFor(tx, params, customer, currency));
  const invoice = withLines(draft, lines);
  tx.insert('invoices', invoice);
  tx.emit('invoice.created', invoice);
  if (customer.currency === null) tx.replace('customers', { ...customer, currency });
  return invoice;
}

function refuseOthers(customer: CustomerRecord, subscription: SubscriptionRecord | undefined) {
  if (subscription === undefined || subscription.customer === customer.id) return;
  throw invalidRequest(
    `The subscription ${subscription.id} does not belong to the customer ${customer.id}.`,
    { param: 'subscription' },
  );
}

/** The customer's currency, or that of what is pending. */
function currencyFor(
  tx: Transaction,
  params: Creation,
  customer: CustomerRecord,
  subscription: SubscriptionRecord | undefined,
): string {
  if (params.currency !== undefined) return currencyOf(params.currency);
  if (subscription !== undefined) return subscription.currency;
  const newest = tx
    .rows('invoiceitems')
    .findLast((item) => item.customer === customer.id && item.invoice === null);
  return customer.currency ?? newest?.currency ?? 'usd';
}

/** An invoice of a subscription is for what is pending of it; any other one takes it on request. */
function itemsFor(tx: Transaction, params: Creation, customer: CustomerRecord, currency: string) {
  const { pending_invoice_items_behavior: behavior, subscription } = params;
  const wanted = { customer: customer.id, currency };
  if (subscription === undefined) {
    return behavior === 'include' ? pendingItems(tx, wanted) : [];
  }
  if (behavior === 'exclude') return [];
  const items = pendingItems(tx, { ...wanted, subscription, strict: true });
  if (items.length > 0) return items;
  throw invalidRequest('Nothing to invoice for subscription', {
    code: 'invoice_no_subscription_line_items',
  });
}

/** What a finalised invoice still lets be changed (the docs of the update). */
const alwaysChangeable: ReadonlySet<string> = new Set([
  'auto_advance',
  'default_payment_method',
  'default_source',
  'metadata',
  'payment_settings',
]);

/** The invoice with what is given changed. @throws Refusal for what its status does not allow. */
export function changedInvoice(
  tx: Transaction,
  before: InvoiceRecord,
  given: Given,
): InvoiceRecord {
  const fixed = Object.keys(given).find((name) => !alwaysChangeable.has(name));
  if (before.status !== 'draft' && fixed !== undefined) {
    throw invalidRequest("Finalized invoices can't be updated in this way", { param: fixed });
  }
  return changed(tx, before, given);
}

function changed(tx: Transaction, before: InvoiceRecord, given: Given): InvoiceRecord {
  const { custom_fields: fields, metadata: marks } = given;
  const {
    description = before.description,
    effective_at = before.effective_at,
    footer = before.footer,
    number = before.number,
    statement_descriptor = before.statement_descriptor,
  } = given;
  const after: InvoiceRecord = {
    ...before,
    description,
    effective_at,
    footer,
    number,
    statement_descriptor,
    ...methodsOf(tx, before, given),
    ...dueOf(before, given),
    ...(fields === undefined ? {} : { custom_fields: customFieldsOf(fields) }),
    metadata: marks === null ? {} : mergeMetadata(before.metadata, marks),
  };
  return {
    ...after,
    ...(after.status === 'draft'
      ? windowOf(tx, before, after, given)
      : advancing(tx, after, given.auto_advance ?? after.auto_advance)),
  };
}

/** Off: Stripe's retries of this invoice end. On: it is Stripe's again, by its schedule. */
function advancing(
  tx: Transaction,
  invoice: InvoiceRecord,
  wantsAdvance: boolean,
): Partial<InvoiceRecord> {
  if (wantsAdvance === invoice.auto_advance) return {};
  if (wantsAdvance && invoice.status !== 'open') {
    throw invalidRequest(
      `auto_advance cannot be switched on for an invoice that is ${invoice.status}.`,
      { code: 'invoice_not_editable', param: 'auto_advance' },
    );
  }
  const advanced = { ...invoice, auto_advance: wantsAdvance };
  return { auto_advance: wantsAdvance, next_payment_attempt: nextPaymentAttempt(tx, advanced) };
}

function methodsOf(tx: Transaction, before: InvoiceRecord, given: Given): Partial<InvoiceRecord> {
  const { default_payment_method: method, default_source: source } = given;
  const { payment_settings: settings } = given;
  if (typeof method === 'string') {
    attachedMethod(tx, method, before.customer, 'default_payment_method');
  }
  if (typeof source === 'string') attachedSource(tx, source, before.customer, 'default_source');
  const types = settings?.payment_method_types;
  return {
    ...(method === undefined ? {} : { default_payment_method: method }),
    ...(source === undefined ? {} : { default_source: source }),
    payment_settings: {
      ...before.payment_settings,
      ...(settings?.default_mandate === undefined
        ? {}
        : { default_mandate: settings.default_mandate }),
      ...(types === undefined ? {} : { payment_method_types: types === null ? null : [...types] }),
    },
  };
}

/** When a sent invoice is to be paid; one that is charged has no such day. */
function dueOf(before: InvoiceRecord, given: Given): Partial<InvoiceRecord> {
  const { collection_method: method = before.collection_method, days_until_due: days } = given;
  const names = "'due_date' or 'days_until_due'";
  const due = given.due_date ?? (days === undefined ? undefined : dueDate(before.created, days));
  if (method === 'charge_automatically') {
    if (due === undefined) return { collection_method: method, due_date: null };
    throw invalidRequest(
      `You can only specify ${names} if invoice collection method is 'send_invoice'.`,
    );
  }
  if (due === undefined && before.due_date === null) {
    throw invalidRequest(
      `If invoice collection method is 'send_invoice', you must specify ${names}.`,
    );
  }
  refusePast(before.created, due);
  return { collection_method: method, due_date: due ?? before.due_date };
}

function refusePast(created: number, due: number | undefined): void {
  if (due === undefined || due >= created) return;
  throw invalidRequest('The due date of an invoice must be in the future.', { param: 'due_date' });
}

/** When Stripe finalises a draft: an hour after it was made, or when it is told to. */
function windowOf(
  tx: Transaction,
  before: InvoiceRecord,
  after: InvoiceRecord,
  given: Given,
): Partial<InvoiceRecord> {
  const { automatically_finalizes_at: at } = given;
  const advances = given.auto_advance ?? (at === undefined ? before.auto_advance : true);
  const usual = draftWindow(
    Math.max(before.created, tx.now - 3600),
    advances,
    after.collection_method,
  );
  if (at !== undefined && advances) {
    const isCharged = after.collection_method === 'charge_automatically';
    return {
      ...usual,
      automatically_finalizes_at: at,
      next_payment_attempt: isCharged ? at : null,
    };
  }
  const isSame = advances === before.auto_advance;
  if (!isSame || after.collection_method !== before.collection_method) return usual;
  return {};
}
