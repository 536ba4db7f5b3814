import { type Html, html } from '../../pages/html.ts';
import { section } from '../../pages/section.ts';
import { tag } from '../../pages/words.ts';
import type { CaseView } from '../view/customers-view.ts';
import { count, linkTo, moment } from './words.ts';

/** A case in short, with the way to its invoice and its customer. */
export function caseCard(view: CaseView, now: number, more?: Html): Html {
  const { invoice, customer, customerName, amount, state, dueAt, createdAt, attempts } = view;
  const due = dueAt === undefined ? undefined : html`, due ${moment(dueAt, now)}`;
  return html`<article><h3><span class="name">${linkTo(invoice, `${amount}, ${invoice}`)}</span>${tag(state.kind, state.text)}</h3>
<p>of ${linkTo(customer, customerName)}, since ${moment(createdAt, now)}, ${count(attempts, 'attempt')}${due}</p>${more}</article>`;
}

/** An invoice of the local Stripe that Backstop has no case of. */
export interface OtherInvoice {
  readonly id: string;
  readonly amount: string;
  readonly customer: string;
  /** Whether the table has the customer. */
  readonly isCustomerKnown: boolean;
  readonly status: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** All invoices with a case, and those that never needed one. */
export function renderInvoices(
  cases: readonly CaseView[],
  others: readonly OtherInvoice[],
  now: number,
): Html {
  const failed = section(
    { news: undefined },
    {
      id: 'cases',
      title: 'Failed invoices',
      hint: 'Each failed renewal is a case. Open one to see its whole way: Stripe, the webhook, the table, the queues, every charge, the mail.',
      rows: cases,
      show: (each) => caseCard(each, now),
      empty: html`<article class="empty"><p>None yet: a case begins when Stripe tells of a failed payment.</p></article>`,
    },
  );
  const paid = section(
    { news: undefined },
    {
      id: 'others',
      title: 'Other invoices of the local Stripe',
      hint: 'Invoices that needed nothing from Backstop: most of a business’s.',
      rows: others,
      show: (each) =>
        html`<article><h3><span class="name">${linkTo(each.id, `${each.amount}, ${each.id}`)}</span>${tag('calm', each.status)}</h3><p>of ${each.isCustomerKnown ? linkTo(each.customer) : each.customer}, ${moment(each.createdAt, now)}</p></article>`,
      empty: html`<article class="empty"><p>None: every invoice that is known has a case.</p></article>`,
    },
  );
  return html`${failed}${paid}`;
}
