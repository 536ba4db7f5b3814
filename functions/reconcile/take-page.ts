import { openShard } from '../domain/items.ts';
import type { IndexPlace } from '../domain/ports.ts';
import {
  eventsFrom,
  placeAfter,
  type Reconciliation,
  type Round,
  type RoundPlace,
} from '../domain/reconciliation.ts';
import { isoInstant } from '../domain/time.ts';
import { interpretEvent } from '../events/interpret-event.ts';
import { takeHint } from '../events/take-hint.ts';
import type { ReconcileDependencies, Run } from './dependencies.ts';
import { lookAtCase } from './look-at-case.ts';
import { lookAtInvoice } from './look-at-invoice.ts';

/** How many rows are looked at side by side. */
const sideBySide = 10;
/** Open cases, each of which is read by itself. */
const casesPerPage = 100;

/** Does the page at which the round stands. @returns Where it stands then; `null` at its end. */
export async function takePage(
  dependencies: ReconcileDependencies,
  stored: Reconciliation,
  round: Round,
  run: Run,
): Promise<RoundPlace | null> {
  const { place } = round;
  switch (place.list) {
    case 'invoices': {
      const page = await dependencies.stripe.openInvoices(run.listedFrom, place.after);
      for (const { invoice } of page.rows) run.listed?.add(invoice);
      await each(page.rows, run, (row) => lookAtInvoice(dependencies, row));
      return placeAfter(place, { id: page.next, at: null });
    }
    case 'cases': {
      const places = await dependencies.table.queryIndex(
        'open',
        openShard(place.shard),
        isoInstant(dependencies.clock.now()),
        casesPerPage,
        place.after ?? undefined,
      );
      await each(places, run, (key) => lookAtCase(dependencies, key, run));
      return placeAfter(place, { id: null, at: lastOf(places) });
    }
    case 'events': {
      const page = await dependencies.stripe.undeliveredEvents(
        eventsFrom(stored, round),
        place.after,
      );
      await each(page.rows, run, (row) => takeEvent(dependencies, row));
      return placeAfter(place, { id: page.next, at: null });
    }
  }
}

/** Where the next page begins; `null` where this one is the last. */
const lastOf = (places: readonly IndexPlace[]): IndexPlace | null =>
  places.length < casesPerPage ? null : (places.at(-1) ?? null);

/** One row that cannot be looked at keeps back no other. */
async function each<Row>(
  rows: readonly Row[],
  { failures }: Run,
  look: (row: Row) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += sideBySide) {
    const looked = await Promise.allSettled(rows.slice(from, from + sideBySide).map(look));
    failures.push(...looked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])));
  }
}

/** As the webhook would have, had it been delivered. */
async function takeEvent(dependencies: ReconcileDependencies, event: unknown): Promise<void> {
  const read = interpretEvent(event, dependencies.policy.livemode);
  if (read !== null) await takeHint(dependencies, read.ids, read.hint);
}
