import type { IncomingMessage, ServerResponse } from 'node:http';
import { Fields } from '../../pages/fields.ts';
import { isRead, refuseMethod, sendHtml } from '../../pages/send-html.ts';
import type { Account } from '../account.ts';
import { finishAuthenticationNow } from '../engine/local-operations/payments.ts';
import type { Answer } from '../engine/protocol/answer.ts';
import { paramsOf } from '../engine/protocol/form.ts';
import type { InvoiceRecord } from '../engine/records.ts';
import { isAsking } from '../page/is-asking.ts';
import { readBody } from '../read-body.ts';
import { invoicePdf } from './invoice-pdf.ts';
import { openIntentOf, renderInvoice, renderUnknown } from './render-invoice.ts';

/** `/i/ACCOUNT/TOKEN` is the customer's page of an invoice, `/invoice/ACCOUNT/TOKEN/pdf` its PDF. */
export function isHosted(path: string): boolean {
  return path.startsWith('/i/') || path.startsWith('/invoice/');
}

/**
 * What Stripe hosts for the customers of a business: the page on which an invoice is seen and
 * paid, and its PDF. Who knows the address needs nothing else, as with Stripe's own.
 */
export function createHostedPages(account: Account) {
  return async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    account.runDue();
    const invoice = account.state.tables.invoices.findLast((each) => isAt(each, path));
    if (invoice === undefined) return sendHtml(response, 404, renderUnknown());
    const isPdf = path.endsWith('/pdf');
    if (request.method === 'POST' && !isPdf) {
      const refusal = pay(account, invoice, new Fields(await readBody(request)));
      if (refusal !== undefined) {
        return sendHtml(response, 400, renderInvoice(account.state, invoice, path, refusal));
      }
      response.writeHead(303, { location: path }).end();
      return;
    }
    if (!isRead(request)) return refuseMethod(response, isPdf ? 'GET' : 'GET, POST');
    if (isPdf) return sendPdf(response, invoice);
    sendHtml(response, 200, renderInvoice(account.state, invoice, path));
  };
}

function isAt(invoice: InvoiceRecord, path: string): boolean {
  const { hosted_invoice_url: page, invoice_pdf: pdf } = invoice;
  return [page, pdf].some((url) => url?.endsWith(path));
}

/**
 * Pays as the customer, who is there. What the bank says stands in the invoice's PaymentIntent,
 * and the page shows it from there; what Stripe refuses to try is given back, in its words. An
 * invoice that is not open any more is left as it is.
 */
function pay(account: Account, invoice: InvoiceRecord, fields: Fields): string | undefined {
  const intent = openIntentOf(account.state, invoice);
  if (intent === undefined) return undefined;
  const answer = fields.text('answer');
  if (answer !== undefined && isAsking(intent)) {
    const succeeds = answer === 'right';
    account.change((state, now) => finishAuthenticationNow(state, intent.id, succeeds, now));
    return undefined;
  }
  const { answer: confirmed } = account.handle({
    method: 'POST',
    path: `/v1/payment_intents/${intent.id}/confirm`,
    params: paramsOf({ payment_method: fields.text('payment_method') }),
  });
  return confirmed.status === 200 || confirmed.status === 402 ? undefined : messageOf(confirmed);
}

function messageOf({ body }: Answer): string {
  const error: unknown = 'error' in body ? body.error : undefined;
  const isWorded = typeof error === 'object' && error !== null && 'message' in error;
  return isWorded ? String(error.message) : 'The payment was refused.';
}

function sendPdf(response: ServerResponse, invoice: InvoiceRecord): void {
  // A number can be any text; a header and a file's name cannot.
  const name = (invoice.number ?? invoice.id).replaceAll(/[^\w.-]/g, '_');
  response.writeHead(200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="Invoice-${name}.pdf"`,
    'cache-control': 'no-store',
  });
  response.end(invoicePdf(invoice));
}
