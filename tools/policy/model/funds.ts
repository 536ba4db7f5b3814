import { instantOf, localDayOf, partsOf } from '../../../functions/domain/schedule/local-time.ts';
import { dayMs, type Instant } from '../../../functions/domain/time.ts';
import type { Draw, Span } from './method-luck.ts';
import type { Values } from './parameters.ts';
import { exponential, pickByWeight } from './pick.ts';
import { payPeriods } from './published-mixes.ts';

/** Whose purse it is: where they live decides how often, and when in the day, wages come. */
export interface Earner {
  /** IANA. */
  readonly zone: string;
  /** ISO 3166-1; `null` where nothing tells it. */
  readonly country: string | null;
}

/** By then wages have come (assumed: banks book them in the night). */
const bookedAt = '06:00';
/** More paydays than there are within the horizon. */
const mostPaydays = 16;

/** How a purse fares, as places from 0 to 1: drawn for everybody, whether it matters or not. */
export interface Purse {
  readonly howOften: number;
  readonly phase: number;
  /** Of each payday: whether it brings enough, and for how long. */
  readonly paydays: readonly { readonly enough: number; readonly lasts: number }[];
}

export const drawPurse = (draw: Draw): Purse => ({
  howOften: draw(),
  phase: draw(),
  paydays: Array.from({ length: mostPaydays }, () => ({ enough: draw(), lasts: draw() })),
});

/** When there is enough: from a payday on for a while, if that payday brings enough. */
export function fundedSpans(
  since: Instant,
  lengthMs: number,
  purse: Purse,
  earner: Earner,
  values: Values,
): readonly Span[] {
  const isPaydayHere = paydaysOf(earner, purse, values);
  const first = localDayOf(since, earner.zone) + 1;
  const days = Array.from({ length: Math.floor(lengthMs / dayMs) }, (_, nth) => first + nth);
  const spans = days.filter(isPaydayHere).flatMap((day, nth) => {
    const payday = purse.paydays[nth];
    if (payday === undefined || payday.enough >= values.fundsOnPayday) return [];
    const from = instantOf(day, bookedAt, earner.zone);
    return [{ from, to: from + exponential(values.fundsLastDays, payday.lasts) * dayMs }];
  });
  return merged(spans);
}

/** On which days of the calendar this person is paid. */
function paydaysOf(
  { country }: Earner,
  { howOften, phase }: Purse,
  { monthlyPayElsewhere }: Values,
): (day: number) => boolean {
  const elsewhere = howOften < monthlyPayElsewhere ? 'monthly' : 'biweekly';
  const period = country === 'US' ? pickByWeight(payPeriods, howOften) : elsewhere;
  switch (period) {
    // Fridays, every one or every other (assumed).
    case 'weekly':
      return (day) => partsOf(day).weekday === 5;
    case 'biweekly':
      return (day) =>
        partsOf(day).weekday === 5 && Math.floor(day / 7) % 2 === (phase < 0.5 ? 0 : 1);
    // The 1st and the 15th, or the month's end, whichever its employer chose (assumed).
    case 'semimonthly':
      return (day) => isOn(day, 1) || isOn(day, 15);
    case 'monthly':
      return phase < 0.5 ? isLastOfMonth : (day) => isOn(day, phase < 0.75 ? 1 : 25);
  }
}

/** What falls on a weekend is paid on the Friday before. */
const isOn = (day: number, ofMonth: number): boolean => {
  const { weekday } = partsOf(day);
  if (weekday === 0 || weekday === 6) return false;
  const covered = weekday === 5 ? [day, day + 1, day + 2] : [day];
  return covered.some((each) => partsOf(each).day === ofMonth);
};

/** The last day that is no weekend: the first of the next month, a day earlier, by the same rule. */
const isLastOfMonth = (day: number): boolean => {
  const { weekday } = partsOf(day);
  if (weekday === 0 || weekday === 6) return false;
  const covered = weekday === 5 ? [day + 1, day + 2, day + 3] : [day + 1];
  return covered.some((each) => partsOf(each).day === 1);
};

/** Spans that follow each other without a gap are one. */
function merged(spans: readonly Span[]): readonly Span[] {
  const apart: Span[] = [];
  for (const span of spans) {
    const last = apart.at(-1);
    if (last === undefined || span.from > last.to) apart.push(span);
    else apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return apart;
}
