/** How often a price bills. */
export interface Interval {
  readonly interval: string;
  readonly interval_count: number;
}

const daySeconds = 86_400;

/**
 * The end of the billing period that begins at `start`, for a cycle anchored at `anchor` (both
 * epoch seconds, UTC). A monthly cycle anchored on the 31st ends on the last day of shorter
 * months and returns to the 31st: docs.stripe.com/billing/subscriptions/billing-cycle.
 */
export function periodEnd(anchor: number, start: number, every: Interval): number {
  let count = Math.max(0, estimate(anchor, start, every) - 1);
  let end = afterIntervals(anchor, count, every);
  while (end <= start) {
    count += 1;
    end = afterIntervals(anchor, count, every);
  }
  return end;
}

function estimate(anchor: number, start: number, every: Interval): number {
  const longestDays = { day: 1, week: 7, month: 31, year: 366 }[unitOf(every)];
  return Math.floor((start - anchor) / (longestDays * daySeconds * every.interval_count));
}

type Unit = 'day' | 'week' | 'month' | 'year';

function unitOf({ interval }: Interval): Unit {
  if (interval === 'day' || interval === 'week' || interval === 'year') return interval;
  return 'month';
}

function afterIntervals(anchor: number, count: number, every: Interval): number {
  const units = count * every.interval_count;
  const unit = unitOf(every);
  if (unit === 'day') return anchor + units * daySeconds;
  if (unit === 'week') return anchor + units * 7 * daySeconds;
  return addMonths(anchor, unit === 'year' ? units * 12 : units);
}

/** A time so many months later (or earlier): on the same day, or the last one of a shorter month. */
export function addMonths(time: number, months: number): number {
  const date = new Date(time * 1000);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0));
  date.setUTCDate(Math.min(day, lastDay.getUTCDate()));
  return Math.floor(date.getTime() / 1000);
}

/** The beginning of the period of the cycle that `time` lies in; the anchor for any time before. */
export function periodStart(anchor: number, time: number, every: Interval): number {
  let start = anchor;
  for (;;) {
    const end = periodEnd(anchor, start, every);
    if (end > time) return start;
    start = end;
  }
}
