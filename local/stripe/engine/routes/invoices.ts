import {
  finalizeInvoice,
  markUncollectible,
  sendInvoice,
  voidInvoice,
} from '../billing/advance-invoice.ts';
import { draftSeconds } from '../billing/draft-window.ts';
import {
  changedInvoice,
  createInvoice,
  invoiceCreation,
  invoiceFields,
} from '../billing/manual-invoice.ts';
import { payInvoice, paymentFields } from '../billing/pay-invoice.ts';
import { previewFields, previewInvoice } from '../billing/preview-invoice.ts';
import { subscriptionIdOf, updateInvoice } from '../objects/record-change.ts';
import { invalidRequest } from '../protocol/answer.ts';
import { isWanted, listParameters, listRows } from '../protocol/list.ts';
import { boolean, oneOf, type Read, text, timeRange } from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import { searchParameters, searchRows } from '../protocol/search.ts';
import type { SearchFields } from '../protocol/search-query.ts';
import type { InvoiceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

const filters = {
  ...listParameters,
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  created: timeRange,
  customer: text,
  due_date: timeRange,
  status: oneOf('draft', 'open', 'paid', 'uncollectible', 'void'),
  subscription: text,
};

export const invoiceRoutes: readonly Route[] = [
  route('GET', '/v1/invoices/search', searchParameters, (tx, params) =>
    searchRows(tx.rows('invoices'), searchable, params, '/v1/invoices/search'),
  ),
  route('POST', '/v1/invoices/create_preview', previewFields, previewInvoice),
  route('POST', '/v1/invoices', invoiceCreation, createInvoice),
  route('GET', '/v1/invoices/*', {}, (tx, _params, id) => tx.get('invoices', id)),
  route('POST', '/v1/invoices/*', invoiceFields, (tx, params, id) => {
    const before = tx.get('invoices', id);
    return updateInvoice(tx, before, changedInvoice(tx, before, params));
  }),
  route('DELETE', '/v1/invoices/*', {}, deleteDraft),
  route('GET', '/v1/invoices', filters, (tx, params) =>
    listRows(tx.rows('invoices'), wanted(params), params, '/v1/invoices'),
  ),
  route('POST', '/v1/invoices/*/finalize', { auto_advance: boolean }, (tx, params, id) => {
    const draft = tx.get('invoices', id);
    const { auto_advance: advances = draft.auto_advance } = params;
    const open = finalizeInvoice(tx, draft);
    if (open.status !== 'open') return open;
    const isCharged = open.collection_method === 'charge_automatically';
    const next_payment_attempt = advances && isCharged ? tx.now + draftSeconds : null;
    return updateInvoice(tx, open, { auto_advance: advances, next_payment_attempt });
  }),
  route('POST', '/v1/invoices/*/pay', paymentFields, (tx, params, id) =>
    payInvoice(tx, tx.get('invoices', id), params),
  ),
  route('POST', '/v1/invoices/*/send', {}, send),
  route('POST', '/v1/invoices/*/void', {}, (tx, _params, id) =>
    voidInvoice(tx, tx.get('invoices', id)),
  ),
  route('POST', '/v1/invoices/*/mark_uncollectible', {}, (tx, _params, id) =>
    markUncollectible(tx, tx.get('invoices', id)),
  ),
];

/** docs.stripe.com/search#query-fields-for-invoices */
const searchable: SearchFields<InvoiceRecord> = {
  resource: 'invoices',
  fields: {
    created: { type: 'numeric', read: (row) => row.created },
    currency: { type: 'token', read: (row) => row.currency },
    customer: { type: 'token', read: (row) => row.customer },
    number: { type: 'string', read: (row) => row.number },
    receipt_number: { type: 'string', read: (row) => row.receipt_number },
    status: { type: 'string', read: (row) => row.status },
    subscription: { type: 'string', read: (row) => subscriptionIdOf(row) ?? null },
    total: { type: 'numeric', read: (row) => row.total },
  },
  metadata: (row) => row.metadata ?? {},
};

/** What lives on a test clock is listed by its customer or subscription only. */
function wanted(params: Read<typeof filters>): (row: InvoiceRecord) => boolean {
  const isNarrow = params.customer !== undefined || params.subscription !== undefined;
  return (row) =>
    (row.test_clock === null || isNarrow) &&
    isWanted(params.collection_method, row.collection_method) &&
    isWanted(params.customer, row.customer) &&
    isWanted(params.status, row.status) &&
    isWanted(params.subscription, subscriptionIdOf(row)) &&
    (params.due_date === undefined || (row.due_date !== null && params.due_date(row.due_date))) &&
    (params.created?.(row.created) ?? true);
}

/** Deletes a draft that was made by hand; the invoice items that it took up go with it. */
function deleteDraft(tx: Transaction, _params: object, id: string): object {
  const invoice = tx.get('invoices', id);
  if (invoice.status !== 'draft') throw invalidRequest('You can only delete draft invoices.');
  if (invoice.billing_reason !== 'manual') {
    throw invalidRequest(
      "You can't delete invoices created by subscriptions. Finalize the invoice and void it.",
    );
  }
  tx.remove('invoices', id);
  tx.emit('invoice.deleted', invoice);
  return { id, object: 'invoice', deleted: true };
}

/** Sends an invoice to its customer, who must have an address for that; a draft is finalised. */
function send(tx: Transaction, _params: object, id: string): InvoiceRecord {
  const invoice = tx.get('invoices', id);
  if (!['draft', 'open'].includes(invoice.status)) {
    throw invalidRequest(
      'This invoice cannot be sent right now. Please contact us via ' +
        'https://support.stripe.com/contact with details, so we can help.',
    );
  }
  if (!tx.customer(invoice.customer).email) {
    throw invalidRequest(
      'Missing email. In order to create invoices that are sent to the customer, the customer ' +
        'must have a valid email.',
    );
  }
  return sendInvoice(tx, invoice.status === 'draft' ? finalizeInvoice(tx, invoice) : invoice);
}
