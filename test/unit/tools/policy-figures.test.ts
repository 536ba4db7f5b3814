import { expect, it } from 'vitest';
import { createRandom } from '../../../local/seeded-random.ts';
import { figuresOf } from '../../../tools/policy/figures/figures.ts';
import { estimate, type PolicyOutcomes } from '../../../tools/policy/figures/intervals.ts';
import type { Outcome } from '../../../tools/policy/figures/outcome.ts';

const outcome = (change: Partial<Outcome> = {}): Outcome => ({
  group: 0,
  amount: 1_000,
  currency: 'usd',
  paidBy: null,
  days: null,
  tries: 3,
  ...change,
});

const inGroups = (outcomes: readonly Outcome[]): readonly Outcome[] =>
  outcomes.map((each, group) => ({ ...each, group }));

const alone = (all: readonly Outcome[], others: PolicyOutcomes['others'] = []): PolicyOutcomes => ({
  all,
  groups: all.length,
  some: all,
  someGroups: all.length,
  others,
});

const valuesOf = (all: readonly Outcome[]) =>
  Object.fromEntries(
    figuresOf(all).map((figure) => [figure.name, estimate(figure, [alone(all)], 1).of[0]?.value]),
  );

it('counts what a page of ten lines can be counted by hand', () => {
  const all = inGroups([
    outcome({ paidBy: 'primary', days: 1, tries: 2 }),
    outcome({ paidBy: 'secondary', days: 4, tries: 1, amount: 3_000 }),
    outcome({ paidBy: 'customer', days: 9, tries: 5, currency: 'eur' }),
    outcome({ tries: 6, currency: 'eur', amount: 3_000 }),
  ]);
  expect(valuesOf(all)).toEqual({
    'recovered cases': 0.75,
    'recovered money in EUR': 0.25,
    'recovered money in USD': 1,
    'of the recovered, by the primary': 1 / 3,
    'of the recovered, by the secondary': 1 / 3,
    'of the recovered, by customers themselves': 1 / 3,
    'tries per recovery by a try': 7,
    'days to recovery, median': 4,
    'days to recovery, 90th percentile': 9,
  });
});

it('has no number where there is nothing to divide by', () => {
  expect(valuesOf(inGroups([outcome()]))).toMatchObject({
    'recovered cases': 0,
    'tries per recovery by a try': Number.POSITIVE_INFINITY,
    'days to recovery, median': Number.NaN,
  });
});

/** Two policies in a world that is known: the first recovers 45 of 100, the second 40 of them. */
function drawKnownWorld(seed: number): readonly (readonly Outcome[])[] {
  const random = createRandom(`known ${seed}`);
  const places = Array.from({ length: 200 }, random);
  return [0.45, 0.4].map((share) =>
    inGroups(places.map((place) => outcome({ paidBy: place < share ? 'primary' : null }))),
  );
}

it('holds the truth of a known world in about 95 of 100 intervals', () => {
  const worlds = 60;
  let held = 0;
  let heldDifference = 0;
  const widths = { first: 0, difference: 0 };
  for (let seed = 0; seed < worlds; seed += 1) {
    const [a = [], b = []] = drawKnownWorld(seed);
    const [recovered] = figuresOf(a);
    if (recovered === undefined) throw new Error('There is no figure.');
    const { of, difference } = estimate(recovered, [alone(a), alone(b)], seed);
    const [first] = of;
    if (first === undefined || difference === null) throw new Error('There is no estimate.');
    if (first.low <= 0.45 && 0.45 <= first.high) held += 1;
    if (difference.low <= 0.05 && 0.05 <= difference.high) heldDifference += 1;
    widths.first += first.high - first.low;
    widths.difference += difference.high - difference.low;
  }
  // The same luck met both: what differs is known far better than either.
  expect(widths.difference).toBeLessThan(widths.first / 2);
  expect(held / worlds).toBeGreaterThan(0.9);
  expect(heldDifference / worlds).toBeGreaterThan(0.88);
  // An interval that always holds the truth says nothing.
  expect(held + heldDifference).toBeLessThan(2 * worlds);
});

it('is wider by what is not known of the model', () => {
  const [all = []] = drawKnownWorld(1);
  const [recovered] = figuresOf(all);
  if (recovered === undefined) throw new Error('There is no figure.');
  const better = all.map((each, nth) =>
    nth % 5 === 0 ? { ...each, paidBy: 'primary' as const } : each,
  );
  const [narrow] = estimate(recovered, [alone(all)], 1).of;
  const [wide] = estimate(recovered, [alone(all, [better])], 1).of;
  expect(wide?.value).toBe(narrow?.value);
  expect(wide?.low).toBeCloseTo(narrow?.low ?? 0, 1);
  expect(wide?.high).toBeGreaterThan((narrow?.high ?? 1) + 0.08);
});

it('never says less than nothing of a share, or more than all', () => {
  const all = inGroups([outcome({ paidBy: 'primary', days: 1, tries: 1 }), outcome({ tries: 3 })]);
  const none = all.map((each) => ({ ...each, paidBy: null }));
  const every = all.map((each) => ({ ...each, paidBy: 'primary' as const }));
  const [recovered] = figuresOf(all);
  if (recovered === undefined) throw new Error('There is no figure.');
  const [estimated] = estimate(recovered, [alone(all, [none, every])], 1).of;
  expect(estimated).toMatchObject({ low: 0, high: 1 });
});

it('draws failures that share a card together', () => {
  const [all = []] = drawKnownWorld(2);
  const doubled = all.flatMap((each) => [each, each]);
  const [recovered] = figuresOf(all);
  if (recovered === undefined) throw new Error('There is no figure.');
  const [once] = estimate(recovered, [alone(all)], 1).of;
  const together = { ...alone(doubled), groups: all.length, someGroups: all.length };
  expect(estimate(recovered, [together], 1).of[0]).toEqual(once);
});
