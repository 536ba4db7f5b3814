import { act, actions, row } from '../../pages/forms.ts';
import { type Html, html } from '../../pages/html.ts';
import { newsAt } from '../../pages/news.ts';
import { section } from '../../pages/section.ts';
import { tag, timeOf, words } from '../../pages/words.ts';
import type { EventRecord } from '../engine/records.ts';
import type { Delivery } from '../webhooks/delivery.ts';
import type { View } from './view.ts';

/** How many of the newest are shown. */
const newestEvents = 60;

/** What was told, and who has heard it. */
export function eventsSection(view: View): Html {
  const events = view.state.tables.events.toReversed();
  const shown = new Set(events.slice(0, newestEvents).map(({ id }) => id));
  const deliveries = Map.groupBy(
    view.deliveries.filter(({ event }) => shown.has(event)),
    ({ event }) => event,
  );
  return section(view, {
    id: 'events',
    title: 'Events',
    hint: 'What this Stripe told the webhook endpoints, newest first, and what became of each delivery.',
    rows: events,
    show: (each) => eventOf(view, each, deliveries.get(each.id) ?? []),
    most: newestEvents,
    empty: html`<article class="empty"><p>None yet: every change of the account makes some.</p></article>`,
  });
}

function eventOf(view: View, event: EventRecord, deliveries: readonly Delivery[]): Html {
  const { id } = event;
  const tags =
    deliveries.length === 0 ? [tag('calm', 'nobody listens')] : deliveries.map(deliveryOf);
  return html`<article class="row" id="${id}">${newsAt(view, id)}${timeOf(event.created)}<span class="what">${event.type}<code>${id}</code>${deliveries.map(addressOf)}</span>
${tags}${deliveries.length === 0 ? undefined : actions('Send it otherwise', [eventActions(id, deliveries)])}</article>`;
}

function eventActions(id: string, deliveries: readonly Delivery[]): Html {
  const isOpen = deliveries.some(({ status }) => status === 'held' || status === 'waiting');
  const whileOpen = isOpen
    ? [
        act(`events/${id}/delay`, 'An hour later', { seconds: '3600' }),
        act(`events/${id}/drop`, 'Never (lose it)'),
      ]
    : [];
  return row([
    act(`events/${id}/again`, 'Once more'),
    act(`events/${id}/second`, 'As a second event of the same fact'),
    ...whileOpen,
  ]);
}

function addressOf({ url, attempts }: Delivery): Html {
  const error = attempts.at(-1)?.error;
  return html`<code>to ${url}${error ? `: ${error}` : undefined}</code>`;
}

function deliveryOf(delivery: Delivery): Html {
  const last = delivery.attempts.at(-1);
  const { length } = delivery.attempts;
  const tries = length === 0 ? '' : `, ${length} ${length === 1 ? 'try' : 'tries'}`;
  const kind = delivery.status === 'delivered' ? 'good' : last?.error ? 'bad' : 'wait';
  const next = delivery.nextAttemptAt;
  return html`${tag(kind, `${words(delivery.status)}${tries}`)}${next === null ? undefined : html` again ${timeOf(next / 1000)}`}`;
}
