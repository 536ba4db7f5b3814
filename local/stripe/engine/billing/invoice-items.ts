import { buildInvoiceItem, type Period } from '../objects/build-invoice-item.ts';
import { productName } from '../objects/build-invoice-line.ts';
import { amountOf } from '../objects/price-amount.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import {
  boolean,
  decimal,
  group,
  integer,
  metadata,
  type Read,
  required,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import type { InvoiceItemRecord, InvoiceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { putOnDraft, refreshOnDraft, refuseUneditable, takeOffDraft } from './edit-lines.ts';
import { type ItemPricing, pricingFields, pricingOf } from './item-pricing.ts';

/** What can be said of an invoice item, new or changed. */
export const invoiceItemFields = {
  ...pricingFields,
  description: text,
  discountable: boolean,
  metadata: unsettable(metadata),
  period: group({ end: integer, start: integer }),
  unit_amount_decimal: decimal,
};

export const invoiceItemCreation = {
  ...invoiceItemFields,
  currency: text,
  customer: text,
  invoice: text,
  subscription: text,
};

/** Makes an invoice item: on the draft that is named, or pending until the next invoice. */
export function createInvoiceItem(
  tx: Transaction,
  params: Read<typeof invoiceItemCreation>,
): InvoiceItemRecord {
  const invoice = draftNamed(tx, params.invoice);
  const named = params.customer ?? invoice?.customer;
  const customer = tx.customer(required(named, 'customer'), 'customer');
  if (invoice !== undefined && invoice.customer !== customer.id) {
    throw invalidRequest(`The invoice ${invoice.id} does not belong to ${customer.id}.`, {
      param: 'invoice',
    });
  }
  const currency = params.currency ?? invoice?.currency ?? customer.currency ?? undefined;
  const pricing = pricingOf(tx, params, { currency, description: params.description ?? null });
  const { price, quantity } = required(pricing, 'amount');
  refuseOtherCurrency(invoice, price.currency);
  const item = buildInvoiceItem(tx, {
    customer: customer.id,
    price,
    quantity,
    description: params.description ?? describe(tx, params, price.product),
    discountable: params.discountable,
    invoice: invoice?.id,
    metadata: mergeMetadata({}, params.metadata ?? undefined),
    period: periodOf(params.period),
    subscription: ownSubscription(tx, params.subscription, customer.id),
    testClock: customer.test_clock,
  });
  tx.insert('invoiceitems', item);
  tx.emit('invoiceitem.created', item);
  if (customer.currency === null) tx.replace('customers', { ...customer, currency: item.currency });
  if (invoice !== undefined) putOnDraft(tx, invoice, item);
  return item;
}

/** A catalogue price brings its product's name; an amount has no name of its own. */
function describe(
  tx: Transaction,
  given: { readonly pricing?: object; readonly price_data?: object },
  product: string,
): string | null {
  const isNamed = given.pricing !== undefined || given.price_data !== undefined;
  return isNamed ? productName(tx, product) : null;
}

function draftNamed(tx: Transaction, id: string | undefined): InvoiceRecord | undefined {
  if (id === undefined) return undefined;
  const invoice = tx.get('invoices', id, 'invoice');
  refuseUneditable(invoice, 'invoice');
  return invoice;
}

/** @throws Refusal: an invoice has one currency. */
export function refuseOtherCurrency(invoice: InvoiceRecord | undefined, currency: string): void {
  if (invoice === undefined || invoice.currency === currency) return;
  throw invalidRequest(
    `The currency \`${currency}\` does not match the currency of the invoice, \`${invoice.currency}\`.`,
    { param: 'currency' },
  );
}

function ownSubscription(
  tx: Transaction,
  id: string | undefined,
  customer: string,
): string | undefined {
  if (id === undefined) return undefined;
  const subscription = tx.get('subscriptions', id, 'subscription');
  if (subscription.customer === customer) return id;
  throw invalidRequest(`The subscription ${id} does not belong to the customer ${customer}.`, {
    param: 'subscription',
  });
}

export function periodOf(
  given: { readonly start?: number; readonly end?: number } | undefined,
): Period | undefined {
  if (given === undefined) return undefined;
  const start = required(given.start, 'period[start]');
  const end = required(given.end, 'period[end]');
  if (end >= start) return { start, end };
  throw invalidParameter('The period must not end before it starts.', 'period');
}

/** Changes an invoice item that is pending or on a draft. */
export function changeInvoiceItem(
  tx: Transaction,
  before: InvoiceItemRecord,
  params: Read<typeof invoiceItemFields>,
  within?: string,
): InvoiceItemRecord {
  refuseBilled(tx, before, 'update');
  const { description = before.description, discountable = before.discountable } = params;
  const marks = params.metadata;
  const after: InvoiceItemRecord = {
    ...before,
    ...priced(tx, before, params, description, within),
    description,
    discountable,
    metadata: marks === null ? {} : mergeMetadata(before.metadata, marks),
    period: periodOf(params.period) ?? before.period,
  };
  tx.replace('invoiceitems', after);
  refreshOnDraft(tx, after);
  return after;
}

function priced(
  tx: Transaction,
  before: InvoiceItemRecord,
  params: Read<typeof invoiceItemFields>,
  description: string | null,
  within: string | undefined,
): Partial<InvoiceItemRecord> {
  const { price_details: details } = before.pricing;
  const known: ItemPricing = {
    price: tx.get('prices', details.price),
    quantity: before.quantity_decimal,
  };
  const context = {
    currency: before.currency,
    description,
    product: details.product,
    ...(within === undefined ? {} : { within }),
  };
  const pricing = pricingOf(tx, params, context, known) ?? known;
  if (pricing.price === known.price && pricing.quantity === known.quantity) return {};
  const amount = amountOf(pricing.price, pricing.quantity);
  return {
    amount,
    net_amount: amount,
    pricing: {
      price_details: { price: pricing.price.id, product: pricing.price.product },
      type: 'price_details',
      unit_amount_decimal: pricing.price.unit_amount_decimal,
    },
    quantity: Math.trunc(Number(pricing.quantity)),
    quantity_decimal: pricing.quantity,
  };
}

/** Deletes an invoice item that is pending or on a draft. */
export function deleteInvoiceItem(tx: Transaction, item: InvoiceItemRecord): void {
  refuseBilled(tx, item, 'delete');
  takeOffDraft(tx, item);
  tx.remove('invoiceitems', item.id);
  tx.emit('invoiceitem.deleted', item);
}

/** Takes an invoice item off its draft: it is pending again. */
export function unassignInvoiceItem(tx: Transaction, item: InvoiceItemRecord): void {
  takeOffDraft(tx, item);
  tx.replace('invoiceitems', { ...item, invoice: null });
}

/** What was billed stays as it is; what was on a deleted draft went with it. */
function refuseBilled(
  tx: Transaction,
  { invoice: id }: InvoiceItemRecord,
  what: 'delete' | 'update',
): void {
  if (id === null) return;
  const invoice = tx.find('invoices', id);
  if (invoice === undefined && what === 'update') {
    throw invalidRequest('This invoice item has been deleted.');
  }
  if (invoice?.status === 'draft') return;
  throw invalidRequest(
    `Can't ${what} an invoice item that is attached to an invoice that is no longer editable`,
  );
}
