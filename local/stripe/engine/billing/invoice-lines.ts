import { buildInvoiceItem } from '../objects/build-invoice-item.ts';
import { invoiceItemOf } from '../objects/build-invoice-line.ts';
import { amountOf } from '../objects/price-amount.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import {
  group,
  listOf,
  metadata,
  oneOf,
  type Read,
  required,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import type { InvoiceLineRecord, InvoiceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { findLine, putOnDraft, refuseUneditable, replaceLines } from './edit-lines.ts';
import {
  changeInvoiceItem,
  deleteInvoiceItem,
  invoiceItemFields,
  periodOf,
  refuseOtherCurrency,
  unassignInvoiceItem,
} from './invoice-items.ts';
import { pricingOf } from './item-pricing.ts';

const { unit_amount_decimal: _ofItemsOnly, ...lineFields } = invoiceItemFields;

/** What can be said of one line of a draft. */
export const lineChange = lineFields;

const newLine = group({ ...lineFields, invoice_item: text });
const changedLine = group({ ...lineFields, id: text });
const removedLine = group({ behavior: oneOf('delete', 'unassign'), id: text });

const invoiceMetadata = { invoice_metadata: unsettable(metadata) };
export const addLinesFields = { ...invoiceMetadata, lines: listOf(newLine) };
export const updateLinesFields = { ...invoiceMetadata, lines: listOf(changedLine) };
export const removeLinesFields = { ...invoiceMetadata, lines: listOf(removedLine) };

/** Adds lines to a draft: new ones, or invoice items that are pending. */
export function addLines(
  tx: Transaction,
  id: string,
  params: Read<typeof addLinesFields>,
): InvoiceRecord {
  editable(tx, id, params);
  required(params.lines, 'lines').forEach((line, index) => {
    const within = `lines[${index}]`;
    if (line.invoice_item === undefined) addLine(tx, tx.get('invoices', id), line, within);
    else assignItem(tx, tx.get('invoices', id), line.invoice_item, `${within}[invoice_item]`);
  });
  return tx.get('invoices', id);
}

function editable(
  tx: Transaction,
  id: string,
  {
    invoice_metadata: marks,
  }: { readonly invoice_metadata?: Readonly<Record<string, string>> | null },
): void {
  const invoice = tx.get('invoices', id);
  refuseUneditable(invoice);
  if (marks === undefined) return;
  const merged = marks === null ? {} : mergeMetadata(invoice.metadata, marks);
  tx.replace('invoices', { ...invoice, metadata: merged });
}

function addLine(
  tx: Transaction,
  invoice: InvoiceRecord,
  line: ReturnType<typeof newLine>,
  within: string,
): void {
  const { currency, customer, test_clock: testClock } = invoice;
  const { description = null } = line;
  const pricing = pricingOf(tx, line, { currency, description, within });
  if (pricing === undefined) {
    throw invalidParameter(
      `Missing required param: ${within}[amount].`,
      `${within}[amount]`,
      'parameter_missing',
    );
  }
  refuseOtherCurrency(invoice, pricing.price.currency);
  const item = buildInvoiceItem(tx, {
    ...pricing,
    customer,
    description,
    discountable: line.discountable,
    invoice: invoice.id,
    metadata: mergeMetadata({}, line.metadata ?? undefined),
    period: periodOf(line.period),
    testClock,
  });
  tx.insert('invoiceitems', item);
  tx.emit('invoiceitem.created', item);
  putOnDraft(tx, invoice, item);
}

function assignItem(tx: Transaction, invoice: InvoiceRecord, id: string, param: string): void {
  const item = tx.get('invoiceitems', id, param);
  if (item.invoice !== null || item.customer !== invoice.customer) {
    throw invalidRequest(
      `The invoice item ${id} must be pending and belong to the customer of the invoice.`,
      { param },
    );
  }
  refuseOtherCurrency(invoice, item.currency);
  const assigned = { ...item, invoice: invoice.id };
  tx.replace('invoiceitems', assigned);
  putOnDraft(tx, invoice, assigned);
}

/** Changes lines of a draft. */
export function updateLines(
  tx: Transaction,
  id: string,
  params: Read<typeof updateLinesFields>,
): InvoiceRecord {
  editable(tx, id, params);
  required(params.lines, 'lines').forEach(({ id: line, ...change }, index) => {
    changeLine(tx, id, required(line, `lines[${index}][id]`), change, `lines[${index}]`);
  });
  return tx.get('invoices', id);
}

/** Changes one line of a draft; an invoice item changes with its line. */
export function changeLine(
  tx: Transaction,
  invoiceId: string,
  lineId: string,
  change: Read<typeof lineChange>,
  within?: string,
): InvoiceLineRecord {
  const invoice = tx.get('invoices', invoiceId);
  refuseUneditable(invoice);
  const line = findLine(invoice, lineId, within === undefined ? undefined : `${within}[id]`);
  const item = invoiceItemOf(line);
  if (item !== undefined) changeInvoiceItem(tx, tx.get('invoiceitems', item), change, within);
  else {
    const changed = changedLineOf(tx, line, change, within);
    const data = invoice.lines.data.map((each) => (each === line ? changed : each));
    replaceLines(tx, invoice, data);
  }
  return findLine(tx.get('invoices', invoiceId), lineId);
}

/** A line that bills a period is changed by itself: the subscription stays as it is. */
function changedLineOf(
  tx: Transaction,
  line: InvoiceLineRecord,
  change: Read<typeof lineChange>,
  within: string | undefined,
): InvoiceLineRecord {
  const { description = line.description, discountable = line.discountable } = change;
  const known = {
    price: tx.get('prices', line.pricing.price_details.price),
    quantity: line.quantity_decimal,
  };
  const context = {
    currency: line.currency,
    description,
    product: line.pricing.price_details.product,
    ...(within === undefined ? {} : { within }),
  };
  const { price, quantity } = pricingOf(tx, change, context, known) ?? known;
  const isPriced = price !== known.price || quantity !== known.quantity;
  const amount = isPriced ? amountOf(price, quantity) : line.amount;
  return {
    ...line,
    amount,
    description,
    discountable,
    metadata: change.metadata === undefined ? line.metadata : { ...change.metadata },
    period: periodOf(change.period) ?? line.period,
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: 'price_details',
      unit_amount_decimal: isPriced ? price.unit_amount_decimal : line.pricing.unit_amount_decimal,
    },
    quantity: Math.trunc(Number(quantity)),
    quantity_decimal: quantity,
    subtotal: amount,
  };
}

/** Takes lines off a draft, with their invoice items or without. */
export function removeLines(
  tx: Transaction,
  id: string,
  params: Read<typeof removeLinesFields>,
): InvoiceRecord {
  editable(tx, id, params);
  required(params.lines, 'lines').forEach(({ id: lineId, behavior }, index) => {
    const invoice = tx.get('invoices', id);
    const within = `lines[${index}]`;
    const line = findLine(invoice, required(lineId, `${within}[id]`), `${within}[id]`);
    removeLine(tx, invoice, line, required(behavior, `${within}[behavior]`));
  });
  return tx.get('invoices', id);
}

function removeLine(
  tx: Transaction,
  invoice: InvoiceRecord,
  line: InvoiceLineRecord,
  behavior: 'delete' | 'unassign',
): void {
  const id = invoiceItemOf(line);
  if (id === undefined) {
    if (behavior === 'unassign') {
      throw invalidRequest(`The line item ${line.id} is no invoice item and cannot be unassigned.`);
    }
    const data = invoice.lines.data.filter((each) => each !== line);
    replaceLines(tx, invoice, data);
    return;
  }
  const item = tx.get('invoiceitems', id);
  if (behavior === 'delete') deleteInvoiceItem(tx, item);
  else unassignInvoiceItem(tx, item);
}
