import type { Period } from '../objects/build-invoice-item.ts';
import type { Billing } from '../objects/build-invoice-line.ts';
import { invalidParameter } from '../protocol/answer.ts';
import type { PriceRecord } from '../records.ts';
import { addMonths, type Interval, periodEnd } from './billing-period.ts';
import { paceOf } from './current-period.ts';

const daySeconds = 86_400;

/** What says when a new subscription's first period ends. */
export interface Beginning {
  readonly now: number;
  readonly price: PriceRecord;
  /** The end of its trial, in epoch seconds. */
  readonly trialEnd: number | undefined;
  /** The future time that its cycle is counted from, in epoch seconds. */
  readonly anchor: number | undefined;
  readonly prorates: boolean;
}

export interface FirstPeriod {
  readonly period: Period;
  readonly anchor: number;
  readonly trial: Period | undefined;
  /** How the first invoice bills it. */
  readonly billing: Billing;
}

/**
 * The first period of a new subscription: to the end of its trial, to the anchor of its cycle,
 * billed for that part only, or one whole interval.
 *
 * @throws Refusal for an anchor beyond the first interval.
 */
export function firstPeriod({ now, price, trialEnd, anchor, prorates }: Beginning): FirstPeriod {
  if (trialEnd !== undefined) {
    const period = { start: now, end: trialEnd };
    return { period, anchor: anchor ?? trialEnd, trial: period, billing: { kind: 'trial' } };
  }
  const every = paceOf(price);
  const whole = periodEnd(now, now, every);
  if (anchor === undefined) {
    const period = { start: now, end: whole };
    return { period, anchor: now, trial: undefined, billing: { kind: 'whole' } };
  }
  if (anchor > whole) {
    throw invalidParameter(
      'billing_cycle_anchor cannot be later than next natural billing date ' +
        `(${whole}) for plan`,
      'billing_cycle_anchor',
    );
  }
  const length = anchor - periodBefore(anchor, every);
  const share = { seconds: prorates ? Math.min(anchor - now, length) : 0, of: length };
  return {
    period: { start: now, end: anchor },
    anchor,
    trial: undefined,
    billing: share.seconds === length ? { kind: 'whole' } : { kind: 'part', share },
  };
}

/** When the period began that ends at an anchor. */
function periodBefore(anchor: number, { interval, interval_count: count }: Interval): number {
  if (interval === 'day') return anchor - count * daySeconds;
  if (interval === 'week') return anchor - count * 7 * daySeconds;
  return addMonths(anchor, interval === 'year' ? -12 * count : -count);
}

/** A day and time of the month, or of the year, at which every cycle begins. */
export interface AnchorConfig {
  readonly day_of_month?: number | undefined;
  readonly hour?: number | undefined;
  readonly minute?: number | undefined;
  readonly second?: number | undefined;
  readonly month?: number | undefined;
}

/** The next time after `now` that fits, in epoch seconds, UTC; parts not given are those of now. */
export function anchorAfter(now: number, config: AnchorConfig): number {
  const from = new Date(now * 1000);
  const step = config.month === undefined ? 1 : 12;
  const firstMonth = config.month === undefined ? from.getUTCMonth() : config.month - 1;
  for (let add = 0; ; add += step) {
    const year = from.getUTCFullYear();
    const lastDay = new Date(Date.UTC(year, firstMonth + add + 1, 0)).getUTCDate();
    const time = Date.UTC(
      year,
      firstMonth + add,
      Math.min(config.day_of_month ?? from.getUTCDate(), lastDay),
      config.hour ?? from.getUTCHours(),
      config.minute ?? from.getUTCMinutes(),
      config.second ?? from.getUTCSeconds(),
    );
    if (time / 1000 > now) return time / 1000;
  }
}
