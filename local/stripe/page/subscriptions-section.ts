import { act, row } from '../../pages/forms.ts';
import { type Html, html } from '../../pages/html.ts';
import { newsAt } from '../../pages/news.ts';
import { section } from '../../pages/section.ts';
import { timeOf } from '../../pages/words.ts';
import { currentPeriod } from '../engine/billing/current-period.ts';
import type { SubscriptionRecord } from '../engine/records.ts';
import { customerLink } from './customer-link.ts';
import type { View } from './view.ts';
import { money, statusOf } from './words.ts';

/** How many of the newest are shown. */
const newestSubscriptions = 40;

/** Statuses in which {@link renewNow} is possible. */
const renewing: ReadonlySet<string> = new Set(['active', 'past_due']);

/** What is paid for, for how long, and by whom. */
export function subscriptionsSection(view: View): Html {
  return section(view, {
    id: 'subscriptions',
    title: 'Subscriptions',
    hint: 'Each renews by itself at the end of its period. Renewing one now makes and charges its invoice at once, while the clock stays.',
    rows: view.state.tables.subscriptions.toReversed(),
    show: (each) => subscriptionOf(view, each),
    most: newestSubscriptions,
    empty: html`<article class="empty"><p>None yet: a subscription begins when your program makes one, or with a demo customer above.</p></article>`,
  });
}

function subscriptionOf(view: View, subscription: SubscriptionRecord): Html {
  const { start, end } = currentPeriod(subscription);
  const total = subscription.items.data.reduce(
    (sum, { price, quantity }) => sum + Number(price.unit_amount_decimal) * quantity,
    0,
  );
  const method = subscription.default_payment_method;
  const { id } = subscription;
  return html`<article id="${id}"><h3><span class="amount">${money(total, subscription.currency)}</span>${statusOf(subscription.status)}</h3>${newsAt(view, id)}
<p>${customerLink(view.state, subscription.customer)}, ${timeOf(start)} to ${timeOf(end)}${method === null ? undefined : html`, pays with <code>${method}</code>`}</p>
<code>${id}</code> 
${renewing.has(subscription.status) ? row([act(`subscriptions/${id}/renew`, 'Renew now')]) : undefined}</article>`;
}
