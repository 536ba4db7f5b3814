import { act, actions, form, row, select } from '../../pages/forms.ts';
import { type Html, html } from '../../pages/html.ts';
import { newsAt } from '../../pages/news.ts';
import { section } from '../../pages/section.ts';
import { capitalise, tag, words } from '../../pages/words.ts';
import { cardOutcomes } from '../engine/published/declines.ts';
import type { CustomerRecord, PaymentMethodRecord } from '../engine/records.ts';
import type { DemoMethods } from './actions/make-demo-customer.ts';
import { authenticationOf } from './authentication.ts';
import { isAsking } from './is-asking.ts';
import type { View } from './view.ts';
import { expiryOf, nameOfMethod } from './words.ts';

/** How many of the newest are shown. */
const newestCustomers = 40;

/** Who pays, with what, and what the next charge of each card comes to. */
export function customersSection(view: View): Html {
  const customers = view.state.tables.customers.filter((customer) => !customer.deleted);
  return section(view, {
    id: 'customers',
    title: 'Customers',
    hint: 'Who pays, and with what. Decide here what the bank says to the next charge of a card.',
    rows: customers.toReversed(),
    show: (customer) => customerOf(view, customer),
    most: newestCustomers,
    empty: html`<article class="empty"><p>There is no customer yet. Your program makes them through the API, or begin with one from here:</p>
${row([demo('cards', 'Make a demo customer with a subscription', 'main'), demo('bank_account', 'Make one who pays by bank debit')])}</article>`,
    after:
      customers.length === 0
        ? undefined
        : row([
            demo('cards', 'Make another demo customer'),
            demo('bank_account', 'Make one who pays by bank debit'),
          ]),
  });
}

const demo = (methods: DemoMethods, label: string, look?: 'main') =>
  act('demo', label, { methods }, look);

function customerOf(view: View, customer: CustomerRecord): Html {
  const methods = view.state.tables.payment_methods.filter((each) => each.customer === customer.id);
  const fallback = customer.invoice_settings.default_payment_method;
  const none =
    methods.length === 0 ? html`<p>No payment method: invoices stay open.</p>` : undefined;
  const setups = view.state.tables.setup_intents.filter(
    (each) => each.customer === customer.id && isAsking(each),
  );
  return html`<article id="${customer.id}"><h3><span>${customer.name ?? customer.email ?? 'Customer without a name'}</span>
${customer.delinquent ? tag('bad', 'payment overdue') : tag('good', 'in good standing')}</h3>${newsAt(view, customer.id)}
<p>${customer.email ?? 'no mail address'}</p><code>${customer.id}</code>${none}
<ul>${methods.map((each) => methodOf(view, each, each.id === fallback))}</ul>
${setups.map(({ id }) => authenticationOf(id, 'that the card may be saved', customer.id))}</article>`;
}

function methodOf(view: View, method: PaymentMethodRecord, isDefault: boolean): Html {
  const isExpired = method.type === 'card' && hasExpired(method.card, view.now);
  return html`<li id="${method.id}">${newsAt(view, method.id)}<span class="what">${describe(method)}<code>${method.id}</code></span>
${isDefault ? tag('calm', 'default') : undefined}${isExpired ? tag('bad', 'expired') : undefined}${nextCharge(view, method)}
${method.type === 'card' ? actions('Make something happen', cardActions(method.id)) : mandateOf(view, method.id)}</li>`;
}

/** The account holder's agreement to debits, which can be withdrawn. */
function mandateOf({ state }: View, method: string): Html {
  const mandate = state.tables.mandates.findLast((each) => each.payment_method === method);
  if (mandate === undefined) return tag('calm', 'no mandate');
  const kind = mandate.status === 'active' ? 'good' : 'calm';
  const withdraw =
    mandate.status === 'inactive'
      ? undefined
      : actions('Make something happen', [
          row([
            act(`mandates/${mandate.id}/deactivate`, 'Withdraw the mandate', { place: method }),
          ]),
        ]);
  return html`${tag(kind, `mandate ${mandate.status}`)}${withdraw}`;
}

/** What the next charges of a card come to; a bank answers days after each debit. */
function nextCharge({ state }: View, { id, type }: PaymentMethodRecord): Html | undefined {
  const script = state.tables.cards.find((card) => card.id === id);
  if (type !== 'card' || script === undefined) return undefined;
  const next = script.outcomes.slice(Math.min(script.attempts, script.outcomes.length - 1));
  const kind = next[0] === 'succeeded' ? 'good' : 'bad';
  return tag(kind, `next charge: ${words(next.join(', then '))}`);
}

/** A card is good until the end of its month, UTC. */
function hasExpired(card: { readonly exp_month: number; readonly exp_year: number }, now: number) {
  return now >= Date.UTC(card.exp_year, card.exp_month, 1);
}

function describe(method: PaymentMethodRecord): string {
  if (method.type !== 'card') return nameOfMethod(method);
  const { brand, last4 } = method.card;
  return `${capitalise(brand)} ending in ${last4}, expires ${expiryOf(method.card)}`;
}

function cardActions(id: string): readonly Html[] {
  const outcomes = cardOutcomes.map((code) => ({
    value: code,
    text: code === 'succeeded' ? 'is paid' : `fails: ${words(code)}`,
  }));
  return [
    form(
      `methods/${id}/outcome`,
      [
        select('The next charge', 'outcome', outcomes),
        select('And after it', 'after', [
          { value: 'paid', text: 'charges are paid' },
          { value: 'same', text: 'the same, until you change it' },
        ]),
      ],
      'Set',
    ),
    row([
      act(`methods/${id}/expire`, 'Let it expire'),
      act(`methods/${id}/network`, 'Network sends a new expiry', { update: 'expiry' }),
      act(`methods/${id}/network`, 'Network sends a new number', { update: 'number' }),
    ]),
  ];
}
