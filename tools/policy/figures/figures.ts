import type { Outcome } from './outcome.ts';

/** How often each group counts; a resample counts some twice and some not at all. */
export type Weights = Uint16Array;

/** A number that says how a policy did; `NaN` where there is nothing to say it of. */
export interface Figure {
  readonly name: string;
  readonly unit: 'share' | 'number' | 'days';
  /** From these outcomes, each group so often. */
  readonly of: (outcomes: readonly Outcome[], groups: number) => (weights: Weights) => number;
}

/** Every figure of a comparison, in the order in which they are told. */
export function figuresOf(outcomes: readonly Outcome[]): readonly Figure[] {
  const currencies = [...new Set(outcomes.map(({ currency }) => currency))].sort();
  const isPaid = ({ paidBy }: Outcome) => (paidBy === null ? 0 : 1);
  const isPaidBy = (by: Outcome['paidBy']) => (each: Outcome) => (each.paidBy === by ? 1 : 0);
  const isByTry = ({ paidBy }: Outcome) => (paidBy === null || paidBy === 'customer' ? 0 : 1);
  return [
    ratio('recovered cases', 'share', isPaid, () => 1),
    ...currencies.map((currency) => {
      const amount = (each: Outcome) => (each.currency === currency ? each.amount : 0);
      const name = `recovered money in ${currency.toUpperCase()}`;
      return ratio(name, 'share', (each) => isPaid(each) * amount(each), amount);
    }),
    ratio('of the recovered, by the primary', 'share', isPaidBy('primary'), isPaid),
    ratio('of the recovered, by the secondary', 'share', isPaidBy('secondary'), isPaid),
    ratio('of the recovered, by customers themselves', 'share', isPaidBy('customer'), isPaid),
    ratio('tries per recovery by a try', 'number', ({ tries }) => tries, isByTry),
    quantile('days to recovery, median', 0.5),
    quantile('days to recovery, 90th percentile', 0.9),
  ];
}

function ratio(
  name: string,
  unit: Figure['unit'],
  over: (outcome: Outcome) => number,
  under: (outcome: Outcome) => number,
): Figure {
  const of: Figure['of'] = (outcomes, groups) => {
    const above = new Float64Array(groups);
    const below = new Float64Array(groups);
    for (const outcome of outcomes) {
      above[outcome.group] = (above[outcome.group] ?? 0) + over(outcome);
      below[outcome.group] = (below[outcome.group] ?? 0) + under(outcome);
    }
    return (weights) => weighed(above, weights) / weighed(below, weights);
  };
  return { name, unit, of };
}

function weighed(sums: Float64Array, weights: Weights): number {
  let sum = 0;
  for (let group = 0; group < sums.length; group += 1) {
    sum += (sums[group] ?? 0) * (weights[group] ?? 0);
  }
  // Nothing divided by nothing is no number, as it should be.
  return sum;
}

/** The days after which that share of all recoveries was made. */
function quantile(name: string, share: number): Figure {
  const of: Figure['of'] = (outcomes) => {
    const days = outcomes
      .flatMap((each) => (each.days === null ? [] : [{ days: each.days, group: each.group }]))
      .sort((a, b) => a.days - b.days);
    return (weights) => {
      const total = days.reduce((sum, { group }) => sum + (weights[group] ?? 0), 0);
      let left = share * total;
      for (const { days: value, group } of days) {
        left -= weights[group] ?? 0;
        if (left <= 0 && total > 0) return value;
      }
      return Number.NaN;
    };
  };
  return { name, unit: 'days', of };
}

export const onceEach = (groups: number): Weights => new Uint16Array(groups).fill(1);
