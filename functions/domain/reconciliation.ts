import { shardCount } from './items.ts';
import type { IndexPlace } from './ports.ts';
import { dayMs, type Instant, minuteMs } from './time.ts';

/** Where a round stands: the next page of the list that it goes through. */
export type RoundPlace =
  | { readonly list: 'invoices'; readonly after: string | null }
  | { readonly list: 'cases'; readonly shard: number; readonly after: IndexPlace | null }
  | { readonly list: 'events'; readonly after: string | null };

/** One go through all lists. */
export interface Round {
  readonly beganAt: Instant;
  readonly place: RoundPlace;
}

/** What the hourly comparison with Stripe keeps from one run to the next. */
export interface Reconciliation {
  /** When the last round began of which nothing was left; `null` before the first. */
  readonly comparedAt: Instant | null;
  /** The round whose process ran out of time: the next one goes on there. */
  readonly round: Round | null;
  readonly version: number;
}

export const noReconciliation: Reconciliation = { comparedAt: null, round: null, version: 0 };

const firstPlace: RoundPlace = { list: 'invoices', after: null };

export const roundOf = ({ round }: Reconciliation, now: Instant): Round =>
  round ?? { beganAt: now, place: firstPlace };

/** The place after one page; `null` at the end of the last list. */
export function placeAfter(
  place: RoundPlace,
  next: { readonly id: string | null; readonly at: IndexPlace | null },
): RoundPlace | null {
  switch (place.list) {
    case 'invoices':
      return next.id === null
        ? { list: 'cases', shard: 0, after: null }
        : { ...place, after: next.id };
    case 'cases':
      if (next.at !== null) return { ...place, after: next.at };
      if (place.shard + 1 < shardCount) return { ...place, shard: place.shard + 1, after: null };
      return { list: 'events', after: null };
    case 'events':
      return next.id === null ? null : { ...place, after: next.id };
  }
}

/** Stripe's list of events may lag: so much of what was seen is seen again. */
const overlapMs = 10 * minuteMs;
/** Before the first round: older failures are found as open invoices. */
const firstLookMs = dayMs;

/** From when on events are of interest to a round. */
export const eventsFrom = ({ comparedAt }: Reconciliation, { beganAt }: Round): Instant =>
  comparedAt === null ? beganAt - firstLookMs : comparedAt - overlapMs;
