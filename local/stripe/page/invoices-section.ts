import { type Html, html } from '../../pages/html.ts';
import { newsAt } from '../../pages/news.ts';
import { section } from '../../pages/section.ts';
import { tag, timeOf, words } from '../../pages/words.ts';
import type { ChargeRecord, InvoiceRecord } from '../engine/records.ts';
import type { StripeState } from '../engine/state.ts';
import { authenticationOf } from './authentication.ts';
import { chargeActions } from './charge-actions.ts';
import { customerLink } from './customer-link.ts';
import { isAsking } from './is-asking.ts';
import type { View } from './view.ts';
import { money, nameOfMethod, pathOf, statusOf } from './words.ts';

/** How many of the newest are shown. */
const newestInvoices = 40;

/** What was billed, and every attempt to charge it. */
export function invoicesSection(view: View): Html {
  return section(view, {
    id: 'invoices',
    title: 'Invoices',
    hint: 'What was billed, with every attempt to charge it, newest first.',
    rows: view.state.tables.invoices.toReversed(),
    show: (each) => invoiceOf(view, each),
    most: newestInvoices,
    empty: html`<article class="empty"><p>None yet: the first one comes with the first subscription.</p></article>`,
  });
}

function invoiceOf(view: View, invoice: InvoiceRecord): Html {
  const next = invoice.next_payment_attempt;
  const pages =
    invoice.hosted_invoice_url === null
      ? undefined
      : html`<p><a href="${pathOf(invoice.hosted_invoice_url)}">The customer’s page of this invoice</a> · <a href="${pathOf(invoice.invoice_pdf)}">PDF</a></p>`;
  return html`<article id="${invoice.id}"><h3><span><span class="amount">${money(invoice.total, invoice.currency)}</span> ${words(invoice.billing_reason ?? '')}</span>${statusOf(invoice.status)}</h3>${newsAt(view, invoice.id)}
<p>${customerLink(view.state, invoice.customer)}, ${timeOf(invoice.created)}${next === null ? undefined : html`, Stripe tries again ${timeOf(next)}`}</p>
<code>${invoice.id}</code> ${pages}
<ul>${chargesOf(view, invoice).map((charge) => chargeOf(view, charge))}</ul>
${askingOf(view, invoice).map(({ id }) => authenticationOf(id, 'the payment', invoice.id))}</article>`;
}

function askingOf({ state }: View, invoice: InvoiceRecord) {
  const intents = intentsOf(state, invoice);
  return state.tables.payment_intents.filter(
    ({ id, ...each }) => intents.includes(id) && isAsking(each),
  );
}

function intentsOf({ tables }: StripeState, invoice: InvoiceRecord): readonly string[] {
  return tables.invoice_payments
    .filter((payment) => payment.invoice === invoice.id)
    .map(({ payment }) => payment.payment_intent);
}

function chargesOf({ state }: View, invoice: InvoiceRecord): readonly ChargeRecord[] {
  const intents = intentsOf(state, invoice);
  return state.tables.charges.filter((each) => intents.includes(each.payment_intent ?? ''));
}

function chargeOf(view: View, charge: ChargeRecord): Html {
  const { kind, text } = outcomeOf(charge);
  return html`<li id="${charge.id}">${newsAt(view, charge.id)}${timeOf(charge.created)}<span class="what">${nameOfMethod(charge.payment_method_details)}<code>${charge.id}</code></span>
${tag(kind, text)}${charge.disputed ? tag('bad', 'disputed') : undefined}${charge.refunded ? tag('calm', 'refunded') : undefined}${chargeActions(view, charge)}</li>`;
}

function outcomeOf(charge: ChargeRecord): { kind: 'good' | 'bad' | 'wait'; text: string } {
  if (charge.status === 'pending') return { kind: 'wait', text: 'on its way from the bank' };
  if (charge.paid) return { kind: 'good', text: 'paid' };
  const reason = words(charge.outcome?.reason ?? charge.failure_code ?? 'failed');
  const code = charge.outcome?.network_decline_code ?? null;
  return { kind: 'bad', text: code === null ? reason : `${reason} (${code})` };
}
