import {
  changeInvoiceItem,
  createInvoiceItem,
  deleteInvoiceItem,
  invoiceItemCreation,
  invoiceItemFields,
} from '../billing/invoice-items.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import { boolean, text, timeRange } from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';

const filters = {
  ...listParameters,
  created: timeRange,
  customer: text,
  invoice: text,
  pending: boolean,
};

export const invoiceItemRoutes: readonly Route[] = [
  route('POST', '/v1/invoiceitems', invoiceItemCreation, createInvoiceItem),
  route('GET', '/v1/invoiceitems/*', {}, (tx, _params, id) => tx.get('invoiceitems', id)),
  route('POST', '/v1/invoiceitems/*', invoiceItemFields, (tx, params, id) =>
    changeInvoiceItem(tx, tx.get('invoiceitems', id), params),
  ),
  route('DELETE', '/v1/invoiceitems/*', {}, (tx, _params, id) => {
    deleteInvoiceItem(tx, tx.get('invoiceitems', id));
    return { id, object: 'invoiceitem', deleted: true };
  }),
  route('GET', '/v1/invoiceitems', filters, (tx, params) =>
    listRows(
      tx.rows('invoiceitems'),
      (row) =>
        (params.customer === undefined || row.customer === params.customer) &&
        (params.invoice === undefined || row.invoice === params.invoice) &&
        (params.pending === undefined || (row.invoice === null) === params.pending) &&
        (params.created?.(row.date) ?? true),
      params,
      '/v1/invoiceitems',
    ),
  ),
];
