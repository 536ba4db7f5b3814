import { listParameters, listRows } from '../protocol/list.ts';
import { group, oneOf, text, timeRange } from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';

const same = (wanted: string | undefined, value: string | null) =>
  wanted === undefined || wanted === value;

/** How payments belong to invoices: made by invoices, read here. */
export const invoicePaymentRoutes: readonly Route[] = [
  route('GET', '/v1/invoice_payments/*', {}, (tx, _params, id) => tx.get('invoice_payments', id)),
  route(
    'GET',
    '/v1/invoice_payments',
    {
      ...listParameters,
      invoice: text,
      payment: group({ type: oneOf('payment_intent'), payment_intent: text }),
      status: oneOf('open', 'paid', 'canceled'),
      created: timeRange,
    },
    (tx, params) =>
      listRows(
        tx.rows('invoice_payments'),
        (row) =>
          same(params.invoice, row.invoice) &&
          same(params.payment?.payment_intent, row.payment.payment_intent) &&
          same(params.status, row.status) &&
          (params.created?.(row.created) ?? true),
        params,
        '/v1/invoice_payments',
      ),
  ),
];
