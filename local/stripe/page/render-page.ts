import { documentOf } from '../../pages/document.ts';
import { type Html, html } from '../../pages/html.ts';
import { newsAt } from '../../pages/news.ts';
import { accountSection } from './account-section.ts';
import { customersSection } from './customers-section.ts';
import { eventsSection } from './events-section.ts';
import { invoicesSection } from './invoices-section.ts';
import { subscriptionsSection } from './subscriptions-section.ts';
import { troublesSection } from './troubles-section.ts';
import type { View } from './view.ts';

const links: readonly (readonly [id: string, title: string])[] = [
  ['customers', 'Customers'],
  ['subscriptions', 'Subscriptions'],
  ['invoices', 'Invoices'],
  ['events', 'Events'],
  ['troubles', 'Make things go wrong'],
];

/**
 * The account on one page: the clock, customers with their cards, subscriptions, invoices with
 * every charge, events with what became of each delivery, and what a person can make happen.
 */
export function renderPage(view: View): string {
  const sections = [
    accountSection(view),
    customersSection(view),
    subscriptionsSection(view),
    invoicesSection(view),
    eventsSection(view),
    troublesSection(view),
  ];
  return documentOf(
    'Local Stripe',
    html`<header><h1>Local Stripe</h1>
<p>A Stripe of your own on this machine, where no money moves. Look inside, and make happen what nobody can order from the real one.</p>
<nav aria-label="Sections">${links.map(([id, title]) => html`<a href="#${id}">${title}</a>`)}<a href="/">Reload</a></nav>
</header><main>
${newsWithoutPlace(view, sections)}${sections}
</main>`,
  );
}

/** News about something that is too old to be on the page stand at its top. */
function newsWithoutPlace(view: View, sections: readonly Html[]): Html | undefined {
  const isShown = sections.some(({ markup }) => markup.includes('role="status"'));
  return view.news === undefined || isShown ? undefined : newsAt(view, view.news.place);
}
