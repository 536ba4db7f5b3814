import { invalidParameter } from '../protocol/answer.ts';
import { integerWithin, required } from '../protocol/parameters.ts';

/** A trial lasts two years at most (Stripe's docs of `trial_end`). */
export const longestTrialDays = 730;

export const trialDays = integerWithin(0, longestTrialDays);

export type PriceInterval = 'day' | 'week' | 'month' | 'year';

/** Three years, as Stripe's docs of `interval_count` say. */
const mostIntervals: Readonly<Record<PriceInterval, number>> = {
  day: 1095,
  week: 156,
  month: 36,
  year: 3,
};

/** How many intervals make a period. @throws Refusal for none, or for more than three years. */
export function intervalCountOf(given = 1, interval: PriceInterval, name: string): number {
  if (given >= 1 && given <= mostIntervals[interval]) return given;
  throw invalidParameter(
    given < 1
      ? `Invalid positive integer: ${given}`
      : 'Invalid interval_count: a billing period can be three years at most ' +
          '(3 years, 36 months, 156 weeks or 1095 days).',
    name,
    'parameter_invalid_integer',
  );
}

/** How often a price bills, from the parameters that say so. */
export function recurrenceOf(
  given: {
    readonly interval?: PriceInterval;
    readonly interval_count?: number;
    readonly trial_period_days?: number;
  },
  name: string,
) {
  const interval = required(given.interval, `${name}[interval]`);
  return {
    interval,
    intervalCount: intervalCountOf(given.interval_count, interval, `${name}[interval_count]`),
    trialPeriodDays: given.trial_period_days,
  };
}
