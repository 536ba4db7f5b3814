import type { CaseFile } from '../following/cases.ts';
import type { Try } from '../following/tries.ts';
import { limits } from '../published/limits.ts';
import {
  addDays,
  type Day,
  dayOf,
  instantOf,
  isBefore,
  isPayday,
  isZone,
} from '../published/local-time.ts';
import { zoneOfPlace } from '../published/zones.ts';
import type { Known } from '../rule.ts';

const dayMs = 86_400_000;

/** The zones in which the customer's day may have been meanwhile. */
export function zonesOf(
  { ledger, businessTimeZone }: Known,
  customer: string,
  primaries: readonly (string | null)[],
  from: number,
  to: number,
): readonly string[] {
  const homes = ledger.homes.between(customer, from, to);
  const found = homes.flatMap((home) => {
    const [zone, country, state]: readonly (string | null)[] = JSON.parse(home);
    if (zone != null && isZone(zone)) return [zone];
    if (country != null) return [zoneOfPlace(country, state ?? null)];
    return [businessTimeZone, ...primaries.flatMap((each) => zoneOfBilling(each))];
  });
  return homes.length === 0 ? [businessTimeZone] : [...new Set(found)];

  function zoneOfBilling(method: string | null): readonly string[] {
    const address = ledger.methods.row(method ?? '')?.billing_details.address;
    return address?.country ? [zoneOfPlace(address.country, address.state)] : [];
  }
}

/** What the newest refusal of the primary was, for all that can have been seen. */
function wordsOfPrimary(known: Known, { item, basis }: CaseFile, at: number): ReadonlySet<string> {
  const { invoice, customer } = item;
  const primaries = [
    ...known.ledger.primaries.between(invoice, basis, at),
    ...known.people.chosenPrimaries(customer, basis, at),
  ];
  const refused = (each: Try, method: string | null) =>
    each.method === method && each.refusal !== null;
  const kinds = primaries.flatMap((method) => {
    const all = known.ledger.tries.ofInvoice(invoice).filter((each) => refused(each, method));
    const seen = all.findLast(({ settledAt }) => settledAt <= basis);
    const later = all.filter(({ settledAt }) => settledAt > basis && settledAt <= at);
    const changed = known.ledger.methods.lastChange(method ?? '', at);
    const isOutlived = seen !== undefined && changed > seen.settledAt;
    return [
      seen?.refusal?.kind ?? 'none',
      ...later.map(({ refusal }) => refusal?.kind ?? 'none'),
      ...(isOutlived ? ['none'] : []),
    ];
  });
  return new Set(kinds);
}

/** A span in which the next pass may be planned; epoch milliseconds. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * When docs/policy.md has the next pass run after one that ended between `since` and `now`:
 * so many days later where the customer is, at the time of day, on a payday after insufficient
 * funds, spread over an hour; several where nobody can say which of two things was seen.
 */
export function plannedSpans(
  known: Known,
  file: CaseFile,
  at: number,
  now: number,
  used: number,
): readonly Span[] {
  const { policy } = known;
  const days = policy.retryAfterDays[used];
  if (days === undefined) return [];
  const { invoice, customer } = file.item;
  const primaries = known.ledger.primaries.between(invoice, file.basis, at);
  const kinds = wordsOfPrimary(known, file, at);
  const latest = windowEnd(known, file);
  const spans: Span[] = [];
  for (const zone of zonesOf(known, customer, primaries, file.basis, at)) {
    for (const ended of [now - limits.processMs, now]) {
      const day = dayOf(zone, ended);
      const planned = addDays(day, days);
      const limit = addDays(planned, policy.retryAfterDays[used + 1] ?? days);
      const payday = firstPayday(day, limit, policy.paydays);
      const isOfFunds = kinds.has('insufficient_funds');
      const onPayday = isOfFunds && payday !== null ? spansOn(zone, payday, ended) : [];
      // A payday that may be beyond the window takes no try away.
      const isSure = onPayday.length > 0 && onPayday.every(({ to }) => to <= latest);
      if (!isSure || kinds.size > 1) spans.push(...spansOn(zone, planned, ended));
      spans.push(...onPayday);
    }
  }
  return spans;

  /** Never so soon after the pass before: then a day later. */
  function spansOn(zone: string, day: Day, ended: number): readonly Span[] {
    const spanOf = (on: Day): Span => {
      const from = instantOf(zone, on, policy.retryAt);
      return { from, to: from + limits.jitterMs };
    };
    const span = spanOf(day);
    const isClear = span.from >= now + limits.betweenPassesMs;
    const isTooSoon = span.to < ended + limits.betweenPassesMs;
    if (isClear) return [span];
    return isTooSoon ? [spanOf(addDays(day, 1))] : [span, spanOf(addDays(day, 1))];
  }
}

/** The first payday after one day and before another. */
function firstPayday(after: Day, before: Day, paydays: Known['policy']['paydays']): Day | null {
  for (let day = addDays(after, 1); isBefore(day, before); day = addDays(day, 1)) {
    if (isPayday(day, paydays)) return day;
  }
  return null;
}

/** The first moment of a payday at the time of day, that of the refusal itself included. */
export function paydayAfter(known: Known, zone: string, instant: number): number | null {
  const { paydays, retryAt } = known.policy;
  let day = dayOf(zone, instant);
  for (let days = 0; days < 70; days += 1, day = addDays(day, 1)) {
    if (!isPayday(day, paydays)) continue;
    const at = instantOf(zone, day, retryAt);
    if (at >= instant) return at;
  }
  return null;
}

/** When nothing of the schedule runs any more. */
export const windowEnd = ({ policy }: Known, { item }: CaseFile): number =>
  item.createdAt + policy.windowDays * dayMs;
