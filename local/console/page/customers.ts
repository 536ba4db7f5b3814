import { actions } from '../../pages/forms.ts';
import { type Html, html } from '../../pages/html.ts';
import { section } from '../../pages/section.ts';
import { tag } from '../../pages/words.ts';
import type { CaseView, CustomerView, MethodView, NoticeView } from '../view/customers-view.ts';
import type { KnownItem } from '../view/items.ts';
import { attributesOf, foldedItem } from './attributes.ts';
import { caseCard } from './invoices.ts';
import { count, linked, linkTo, moment, secondText } from './words.ts';

const noNews = { news: undefined };

/** Everybody of whom the table has an item, and the items that belong to nobody. */
export function renderCustomers(
  customers: readonly CustomerView[],
  others: readonly KnownItem[],
  now: number,
): Html {
  const list = section(noNews, {
    id: 'customers',
    title: 'Customers',
    hint: 'What the table holds, by customer. A customer comes into the table with the first failed payment, or when staff do something for them.',
    rows: customers,
    show: customerRow,
    empty: html`<article class="empty"><p>The table is empty: nobody’s payment has failed yet.</p></article>`,
  });
  const rest = section(noNews, {
    id: 'other-items',
    title: 'Items of no customer',
    hint: 'Card ledgers, which count the tries of a card whoever has it; sessions, links and the look-up of people; and the switch that stops every charge.',
    rows: others,
    show: ({ item }) => html`<article>${foldedItem(`${item.pk} ${item.sk}`, item, now)}</article>`,
    empty: html`<article class="empty"><p>None yet.</p></article>`,
  });
  return html`${list}${rest}`;
}

function customerRow({ id, name, emails, methods, cases }: CustomerView): Html {
  const open = cases.filter(({ dueAt }) => dueAt !== undefined).length;
  const state = open > 0 ? tag('wait', count(open, 'open case')) : tag('good', 'nothing open');
  return html`<article><h3><span class="name">${linkTo(id, name)}</span>${state}</h3>
<p>${emails.join(', ')}</p><p>${count(methods.length, 'method')}, ${count(cases.length, 'case')}</p><code>${id}</code></article>`;
}

/** One customer with methods, cases and notices, each as its attributes. */
export function renderCustomer(
  view: CustomerView,
  now: number,
  stripeUrl: string | undefined,
): Html {
  const { id, name, emails, item } = view;
  const atStripe =
    stripeUrl === undefined
      ? undefined
      : html`<p><a href="${stripeUrl}/#${id}">The customer at the local Stripe</a></p>`;
  return html`<h2>${name}</h2><article><p>${emails.join(', ')}</p><code>${id}</code>${atStripe}
${item === undefined ? html`<p>Its own item is not there yet.</p>` : foldedItem('Item of the customer', item, now)}</article>
${methodsSection(view, now)}${casesSection(view, now)}${noticesSection(view, now)}${auditSection(view, now)}`;
}

function methodsSection({ methods }: CustomerView, now: number): Html {
  return section(noNews, {
    id: 'methods',
    title: 'Payment methods',
    hint: 'The primary is what Stripe itself would charge; the secondary is known to Backstop alone, and charged only with a consent.',
    rows: methods,
    show: (each) => methodCard(each, now),
    empty: html`<article class="empty"><p>None yet: methods are mirrored when a case is looked at.</p></article>`,
  });
}

function methodCard(view: MethodView, now: number): Html {
  const { id, label, expiry, role, consent, blocks, tries, item, ledger } = view;
  const roleTag = role === undefined ? tag('calm', 'no role') : tag('good', role);
  return html`<article id="${id}"><h3><span class="name">${label}${expiry === undefined ? '' : `, expires ${expiry}`}</span>${roleTag}</h3>
<code>${id}</code>
<p>${consent === undefined ? 'No consent to charge it as a backup.' : html`Consent ${consent.text}, ${moment(consent.at, now)}.`}</p>
<p>${count(tries, 'try', 'tries')} of ours on this card in its ledger${blocks.length === 0 ? ', nothing stands against it.' : '.'}</p>
${blocks.map((block) => html`<p>${tag('bad', block)}</p>`)}
${foldedItem('Item of the method', item, now)}${ledger === undefined ? undefined : foldedItem('Ledger of the card', ledger, now)}</article>`;
}

function casesSection({ cases }: CustomerView, now: number): Html {
  return section(noNews, {
    id: 'cases',
    title: 'Cases',
    hint: 'One for each failed invoice, with what was tried and decided.',
    rows: cases,
    show: (each) => caseCard(each, now, caseItems(each, now)),
    empty: html`<article class="empty"><p>None: no payment of this customer has failed.</p></article>`,
  });
}

function caseItems({ item, history }: CaseView, now: number): Html {
  const entries = history.map((entry) =>
    actions(`${secondText(entry.at)}: ${entry.text}`, [attributesOf(entry.item, now)]),
  );
  return html`${foldedItem('Item of the case', item, now)}${entries}`;
}

function noticesSection({ notices }: CustomerView, now: number): Html {
  return section(noNews, {
    id: 'notices',
    title: 'Notices',
    hint: 'One mail for one fact and one recipient: claimed before it is sent, confirmed after.',
    rows: notices,
    show: (each) => noticeCard(each, now),
    empty: html`<article class="empty"><p>None yet.</p></article>`,
  });
}

function auditSection({ audit }: CustomerView, now: number): Html {
  return section(noNews, {
    id: 'audit',
    title: 'Audit log',
    hint: 'Who changed what. Written with the change, and never changed.',
    rows: audit,
    show: ({ at, text, item }) =>
      html`<article>${foldedItem(`${secondText(at)}: ${text}`, item, now)}</article>`,
    empty: html`<article class="empty"><p>Nobody has changed anything yet.</p></article>`,
  });
}

function noticeCard({ kind, invoice, state, mail, item }: NoticeView, now: number): Html {
  const about = invoice === undefined ? undefined : html`<p>about ${linkTo(invoice)}</p>`;
  const sent = mail === undefined ? undefined : html`<p>mail ${linked(mail)}</p>`;
  return html`<article><h3><span class="name">${kind}</span>${tag(state.kind, state.text)}</h3>${about}${sent}${foldedItem('Item of the notice', item, now)}</article>`;
}
