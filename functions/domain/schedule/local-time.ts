import { tzOffset } from '@date-fns/tz';
import { dayMs, hourMs, type Instant, minuteMs } from '../time.ts';

/** A day of the calendar, wherever it is lived: days since 1970-01-01. */
export type LocalDay = number;

/** The day's parts; `month` counts from 1, `weekday` from 0, Sunday. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
}

/** The day that it is in the zone at that moment. */
export const localDayOf = (instant: Instant, zone: string): LocalDay =>
  Math.floor((instant + offsetMs(instant, zone)) / dayMs);

export function partsOf(localDay: LocalDay): DateParts {
  const date = new Date(localDay * dayMs);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}

/** No zone is further from UTC than this. */
const mostOffsetMs = 15 * hourMs;

/**
 * The moment at which clocks in the zone show this time of that day. Where they are set forward
 * over it, the next time that they do show; where they show it twice, the first.
 * @param timeOfDay `HH:MM`.
 */
export function instantOf(localDay: LocalDay, timeOfDay: string, zone: string): Instant {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  const shown = localDay * dayMs + hours * hourMs + minutes * minuteMs;
  const offsets = [shown - mostOffsetMs, shown + mostOffsetMs].map((at) => offsetMs(at, zone));
  const moments = offsets.map((offset) => shown - offset).sort((a, b) => a - b);
  const first = moments.find((moment) => moment + offsetMs(moment, zone) === shown);
  if (first !== undefined) return first;
  const [from = shown, to = shown] = moments;
  return changeBetween(from, to, zone);
}

/** When the zone's offset changes, to the minute: not yet at `from`, already at `to`. */
function changeBetween(from: Instant, to: Instant, zone: string): Instant {
  const before = offsetMs(from, zone);
  let [earlier, later] = [from, to];
  while (later - earlier > minuteMs) {
    const middle = earlier + Math.floor((later - earlier) / 2 / minuteMs) * minuteMs;
    if (offsetMs(middle, zone) === before) earlier = middle;
    else later = middle;
  }
  return later;
}

const offsetMs = (instant: Instant, zone: string): number =>
  tzOffset(zone, new Date(instant)) * minuteMs;
