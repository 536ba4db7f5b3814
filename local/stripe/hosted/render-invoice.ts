import { documentOf } from '../../pages/document.ts';
import { type Html, html } from '../../pages/html.ts';
import { timeOf } from '../../pages/words.ts';
import type { InvoiceRecord, PaymentIntentRecord, PaymentMethodRecord } from '../engine/records.ts';
import type { StripeState } from '../engine/state.ts';
import { isAsking } from '../page/is-asking.ts';
import { money, nameOfMethod, pathOf, statusOf } from '../page/words.ts';

/** Cards of Stripe's testing page, one for each thing that can happen to a customer. */
const testCards: readonly (readonly [token: string, name: string, what: string])[] = [
  ['pm_card_visa', 'Visa 4242', 'pays'],
  ['pm_card_mastercard', 'Mastercard 4444', 'pays'],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', 'Visa 9995', 'has no money on it'],
  ['pm_card_visa_chargeDeclined', 'Visa 0002', 'is refused by the bank'],
  ['pm_card_authenticationRequired', 'Visa 3184', 'asks the customer to authenticate'],
];

/** The PaymentIntent that pays an open invoice, if it has one. */
export function openIntentOf(
  { tables }: StripeState,
  invoice: InvoiceRecord,
): PaymentIntentRecord | undefined {
  if (invoice.status !== 'open') return undefined;
  const payment = tables.invoice_payments.findLast(
    (each) => each.invoice === invoice.id && each.status === 'open',
  );
  return tables.payment_intents.find(({ id }) => id === payment?.payment.payment_intent);
}

/** The customer's page of an invoice: what it is for, and the way to pay it. */
export function renderInvoice(
  state: StripeState,
  invoice: InvoiceRecord,
  path: string,
  refusal?: string,
): string {
  const { currency, number } = invoice;
  const lines = invoice.lines.data.map(
    (line) =>
      html`<tr><th scope="row">${line.description ?? ''}</th><td>${money(line.amount, currency)}</td></tr>`,
  );
  return documentOf(
    `Invoice ${number ?? ''} from ${invoice.account_name ?? ''}`,
    html`<main class="sheet"><article>
<h1>${invoice.account_name ?? ''}</h1>
<p>Invoice ${number ?? ''} for <bdi>${invoice.customer_name ?? invoice.customer_email ?? 'you'}</bdi>, ${timeOf(invoice.created)}</p>
<p class="now">${money(invoice.amount_remaining || invoice.total, currency)} ${statusOf(invoice.status)}</p>
<table><tbody>${lines}</tbody>
<tfoot><tr><th scope="row">Total</th><td>${money(invoice.total, currency)}</td></tr></tfoot></table>
<p><a href="${pathOf(invoice.invoice_pdf)}">Download the PDF</a></p></article>
${refusal === undefined ? undefined : html`<p class="said bad" role="status">${refusal}</p>`}${payment(state, invoice, path)}</main>`,
  );
}

/** An address that no invoice has. */
export function renderUnknown(): string {
  return documentOf(
    'No such invoice',
    html`<main class="sheet"><article><h1>No such invoice</h1><p>This address belongs to no invoice of this Stripe. An invoice gets its address when it is finalised.</p><p><a href="/">Look at all invoices</a></p></article></main>`,
  );
}

function payment(state: StripeState, invoice: InvoiceRecord, path: string): Html {
  if (invoice.status === 'paid') {
    return html`<article><h2>Paid</h2><p>Thank you. Nothing is left to do.</p></article>`;
  }
  const intent = openIntentOf(state, invoice);
  if (intent === undefined)
    return html`<article><p>This invoice cannot be paid here.</p></article>`;
  if (intent.status === 'processing') {
    return html`<article><h2>On its way</h2><p>The bank has the payment; it arrives within days.</p></article>`;
  }
  if (isAsking(intent)) return authentication(invoice, path);
  return payForm(state, invoice, intent, path);
}

function authentication({ amount_remaining, currency }: InvoiceRecord, path: string): Html {
  return html`<article><h2>Your bank asks you to confirm</h2>
<p>Is it you who pays ${money(amount_remaining, currency)}? (On the real Stripe this is your bank’s page, 3-D Secure.)</p>
<form class="acts" method="post" action="${path}"><button class="main" name="answer" value="right">Yes, it is me</button><button name="answer" value="wrong">No</button></form></article>`;
}

function payForm(
  state: StripeState,
  invoice: InvoiceRecord,
  intent: PaymentIntentRecord,
  path: string,
): Html {
  const saved = state.tables.payment_methods.filter(
    ({ customer }) => customer === invoice.customer,
  );
  const failed = intent.last_payment_error;
  const said = failed
    ? html`<p class="said bad" role="status">${failed.message ?? 'The payment failed.'} Choose another way to pay.</p>`
    : undefined;
  const choices = [
    ...saved.map((method, at) =>
      choice(method.id, nameOfMethod(method), savedText(method), at === 0),
    ),
    ...testCards.map(([token, name, what], at) =>
      choice(token, name, `A test card that ${what}.`, saved.length === 0 && at === 0),
    ),
  ];
  return html`<article>${said}<form method="post" action="${path}"><fieldset><legend>Pay with</legend>${choices}</fieldset>
<div class="acts"><button class="main">Pay ${money(invoice.amount_remaining, invoice.currency)}</button></div></form></article>`;
}

const savedText = ({ type }: PaymentMethodRecord) =>
  type === 'card' ? 'A saved card.' : 'A saved bank account.';

function choice(value: string, name: string, text: string, isFirst: boolean): Html {
  const checked = isFirst ? html` checked` : undefined;
  return html`<label class="choice"><input type="radio" name="payment_method" value="${value}" required${checked}><span>${name}<small>${text}</small></span></label>`;
}
