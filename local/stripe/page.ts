import { createHash } from 'node:crypto';
import type { Delivery } from './deliveries.ts';
import { currentPeriod } from './engine/billing/renew-subscription.ts';
import type {
  ChargeRecord,
  CustomerRecord,
  EventRecord,
  InvoiceRecord,
  PaymentMethodRecord,
  SubscriptionRecord,
} from './engine/records.ts';
import type { StripeState } from './engine/state.ts';
import { Html, html } from './html.ts';
import { chargedWords, methodWords } from './method-words.ts';

/** How many of the newest are shown; the API has them all. */
const newestInvoices = 40;
const newestEvents = 60;

const style = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1a1f36;--soft:#5b6478;--line:#e3e6ec;--accent:#5b4fe0;
--good:#0b6e4f;--good-bg:#d9f4e8;--bad:#a3183a;--bad-bg:#fde3e9;--wait:#7a4b00;--wait-bg:#fdf0d0;--calm:#3d4659;--calm-bg:#e9ecf2}
@media (prefers-color-scheme:dark){:root{--bg:#12141b;--card:#1b1e28;--ink:#e8eaf2;--soft:#a2a9bc;--line:#2d3240;--accent:#a59dff;
--good:#7fe0b8;--good-bg:#12392c;--bad:#ff9fb4;--bad-bg:#451525;--wait:#f5cf82;--wait-bg:#3d2d0b;--calm:#c3c9d8;--calm-bg:#2a2f3d}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header,main{max-width:64rem;margin:0 auto;padding:1rem}
header{padding-bottom:0}main{padding-top:0}
header h1{margin:.5rem 0 0;font-size:1.5rem}
header p{margin:.25rem 0 0;color:var(--soft)}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin-top:.75rem}
a{color:var(--accent)}
h2{font-size:1.1rem;margin:2rem 0 .5rem}
h2 small{color:var(--soft);font-weight:400}
article{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.75rem 1rem;margin:.5rem 0}
article h3{margin:0;font-size:1rem;display:flex;flex-wrap:wrap;gap:.25rem .6rem;align-items:baseline;justify-content:space-between}
article p{margin:.15rem 0;color:var(--soft)}
code{font:.8125rem/1.4 ui-monospace,monospace;color:var(--soft);overflow-wrap:anywhere}
ul{list-style:none;margin:.5rem 0 0;padding:0}
li{display:flex;flex-wrap:wrap;gap:.1rem .6rem;align-items:baseline;padding:.35rem 0;border-top:1px solid var(--line)}
li .what,.row .what{flex:1 1 16rem;min-width:0;overflow-wrap:anywhere}
.what code{display:block}
.row{display:flex;flex-wrap:wrap;gap:.1rem .6rem;align-items:baseline;padding:.4rem 1rem;margin:0;border-radius:0}
.row+.row{border-top:0}
.tag{font-size:.8125rem;font-weight:400;line-height:1.4;border-radius:1rem;padding:.05rem .6rem;white-space:nowrap;background:var(--calm-bg);color:var(--calm)}
.good{background:var(--good-bg);color:var(--good)}.bad{background:var(--bad-bg);color:var(--bad)}.wait{background:var(--wait-bg);color:var(--wait)}
.amount{font-variant-numeric:tabular-nums;font-weight:600}
.empty{color:var(--soft)}
time{color:var(--soft);font-size:.875rem;font-variant-numeric:tabular-nums}
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** The page has its style and nothing else: no script, no picture, no other address. */
export const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/**
 * The account on one page: customers with their cards, subscriptions, invoices with every
 * charge, events with what became of each delivery.
 *
 * @param now epoch milliseconds, UTC.
 */
export function renderPage(
  state: StripeState,
  deliveries: readonly Delivery[],
  now: number,
): string {
  const { subscriptions, invoices, events } = state.tables;
  const customers = state.tables.customers.filter((customer) => !customer.deleted);
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Local Stripe</title><style>${new Html(style)}</style></head><body>
<header><h1>Local Stripe</h1>
<p>Everything this account holds. Its clock says ${timeOf(now / 1000)}; reload for news.</p>
<nav aria-label="Sections"><a href="#customers">Customers</a><a href="#subscriptions">Subscriptions</a><a href="#invoices">Invoices</a><a href="#events">Events</a></nav>
</header><main>
${section('customers', 'Customers', customers, (each) => customerOf(state, each))}
${section('subscriptions', 'Subscriptions', subscriptions.toReversed(), subscriptionOf)}
${section('invoices', 'Invoices', invoices.toReversed(), (each) => invoiceOf(state, each), newestInvoices)}
${section('events', 'Events', events.toReversed(), (each) => eventOf(each, deliveries), newestEvents)}
</main></body></html>`;
  return page.markup;
}

function section<T>(
  id: string,
  title: string,
  rows: readonly T[],
  show: (row: T) => Html,
  most = rows.length,
): Html {
  const count = rows.length > most ? `newest ${most} of ${rows.length}` : `${rows.length}`;
  const body = rows.length === 0 ? [html`<p class="empty">None yet.</p>`] : [];
  return html`<section id="${id}"><h2>${title} <small>${count}</small></h2>
${body}${rows.slice(0, most).map(show)}</section>`;
}

function customerOf(state: StripeState, customer: CustomerRecord): Html {
  const methods = state.tables.payment_methods.filter((each) => each.customer === customer.id);
  const fallback = customer.invoice_settings.default_payment_method;
  return html`<article><h3><span>${customer.name ?? customer.email ?? 'Customer without a name'}</span>
${customer.delinquent ? tag('bad', 'payment overdue') : tag('good', 'in good standing')}</h3>
<p>${customer.email ?? 'no mail address'}</p><code>${customer.id}</code>
<ul>${methods.map((each) => methodOf(state, each, each.id === fallback))}</ul></article>`;
}

function methodOf(state: StripeState, method: PaymentMethodRecord, isDefault: boolean): Html {
  const script = state.tables.cards.find(({ id }) => id === method.id);
  const next = script?.outcomes.slice(Math.min(script.attempts, script.outcomes.length - 1)) ?? [];
  return html`<li><span class="what">${methodWords(method)}<code>${method.id}</code></span>
${isDefault ? tag('calm', 'default') : undefined}${tag(next[0] === 'succeeded' ? 'good' : 'bad', `next charge: ${words(next.join(', then '))}`)}</li>`;
}

function subscriptionOf(subscription: SubscriptionRecord): Html {
  const { start, end } = currentPeriod(subscription);
  const total = subscription.items.data.reduce(
    (sum, { price, quantity }) => sum + price.unit_amount * quantity,
    0,
  );
  const method = subscription.default_payment_method;
  return html`<article><h3><span class="amount">${money(total, subscription.currency)}</span>${statusOf(subscription.status)}</h3>
<p>${timeOf(start)} to ${timeOf(end)}${method === null ? undefined : html`, pays with <code>${method}</code>`}</p>
<code>${subscription.id}</code> <code>${subscription.customer}</code></article>`;
}

function invoiceOf(state: StripeState, invoice: InvoiceRecord): Html {
  const intents = state.tables.invoice_payments
    .filter((payment) => payment.invoice === invoice.id)
    .map(({ payment }) => payment.payment_intent);
  const charges = state.tables.charges.filter((each) => intents.includes(each.payment_intent));
  const next = invoice.next_payment_attempt;
  return html`<article><h3><span><span class="amount">${money(invoice.total, invoice.currency)}</span> ${words(invoice.billing_reason ?? '')}</span>${statusOf(invoice.status)}</h3>
<p>${timeOf(invoice.created)}${next === null ? undefined : html`, Stripe tries again ${timeOf(next)}`}</p>
<code>${invoice.id}</code> <code>${invoice.customer}</code>
<ul>${charges.map(chargeOf)}</ul></article>`;
}

function chargeOf(charge: ChargeRecord): Html {
  const code = charge.outcome.network_decline_code;
  const outcome = charge.paid ? 'paid' : words(charge.outcome.reason ?? 'failed');
  return html`<li>${timeOf(charge.created)}<span class="what">${chargedWords(charge.payment_method_details)}<code>${charge.id}</code></span>
${tag(charge.paid ? 'good' : 'bad', code === null ? outcome : `${outcome} (${code})`)}</li>`;
}

function eventOf(event: EventRecord, deliveries: readonly Delivery[]): Html {
  const mine = deliveries.filter((delivery) => delivery.event === event.id);
  return html`<article class="row">${timeOf(event.created)}<span class="what">${event.type}<code>${event.id}</code>${mine.map(addressOf)}</span>
${mine.length === 0 ? tag('calm', 'nobody listens') : mine.map(deliveryOf)}</article>`;
}

function addressOf({ url, attempts }: Delivery): Html {
  const error = attempts.at(-1)?.error;
  return html`<code>to ${url}${error ? `: ${error}` : undefined}</code>`;
}

function deliveryOf(delivery: Delivery): Html {
  const last = delivery.attempts.at(-1);
  const tries = `${delivery.attempts.length} ${delivery.attempts.length === 1 ? 'try' : 'tries'}`;
  const kind = delivery.status === 'delivered' ? 'good' : last?.error ? 'bad' : 'wait';
  const next = delivery.nextAttemptAt;
  return html`${tag(kind, `${words(delivery.status)}, ${tries}`)}${next === null ? undefined : html` again ${timeOf(next / 1000)}`}`;
}

const statusKinds: Readonly<Record<string, string>> = {
  active: 'good',
  paid: 'good',
  past_due: 'bad',
  unpaid: 'bad',
  uncollectible: 'bad',
  incomplete: 'wait',
  open: 'wait',
  draft: 'wait',
};

const statusOf = (status: string) => tag(statusKinds[status] ?? 'calm', words(status));
const tag = (kind: string, text: string) => html`<span class="tag ${kind}">${text}</span>`;
const words = (name: string) => name.replaceAll('_', ' ');

/** Minor units as the currency writes them: JPY has none, KWD has three digits of them. */
function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

function timeOf(seconds: number): Html {
  const iso = new Date(seconds * 1000).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}
