import { isWanted, listParameters, listRows } from '../protocol/list.ts';
import { group, oneOf, text, timeRange } from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';

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
          isWanted(params.invoice, row.invoice) &&
          isWanted(params.payment?.payment_intent, row.payment.payment_intent) &&
          isWanted(params.status, row.status) &&
          (params.created?.(row.created) ?? true),
        params,
        '/v1/invoice_payments',
      ),
  ),
];
