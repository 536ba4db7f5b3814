import { expect, it } from 'vitest';
import { createRandom } from '../../../local/seeded-random.ts';
import { drawCaseLuck } from '../../../tools/policy/model/case-luck.ts';
import { makeUpFailures } from '../../../tools/policy/model/made-up-failures.ts';
import { paysAt } from '../../../tools/policy/model/method-luck.ts';
import {
  centralValues,
  drawWorlds,
  type Parameter,
  parameters,
  parametersFixedOn,
} from '../../../tools/policy/model/parameters.ts';
import { backup, failureOf } from './policy-failure.ts';

const day = 86_400_000;

it('says of each figure where it is from, and between what it may lie', () => {
  expect(parametersFixedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
  for (const [name, figure] of Object.entries<Parameter>(parameters)) {
    expect(figure.low, name).toBeLessThan(figure.value);
    expect(figure.value, name).toBeLessThan(figure.high);
    if (figure.basis === 'assumed') expect(figure.source, name).toMatch(/^assumed[:,] ./);
    else expect(figure.source, name).toMatch(/[a-z]\.(com|io|gov)|Recurly, as above/);
  }
});

it('varies every figure over its range, half of the worlds below what it takes for likeliest', () => {
  const worlds = drawWorlds(10, createRandom(1));
  for (const [name, { low, value, high }] of Object.entries<Parameter>(parameters)) {
    const drawn = worlds.map((world) => Object.entries(world).find(([key]) => key === name)?.[1]);
    const below = drawn.filter((each) => each !== undefined && each >= low && each < value);
    const above = drawn.filter((each) => each !== undefined && each > value && each <= high);
    expect([below.length, above.length], name).toEqual([5, 5]);
  }
});

it('draws the same luck for the same seed, another for another', () => {
  const failure = failureOf({ secondary: backup });
  const luck = drawCaseLuck(failure, 1, 5, centralValues);
  expect(drawCaseLuck(failure, 1, 5, centralValues)).toEqual(luck);
  expect(drawCaseLuck(failure, 2, 5, centralValues)).not.toEqual(luck);
  expect(makeUpFailures(20, 3)).toEqual(makeUpFailures(20, 3));
  expect(makeUpFailures(20, 4)).not.toEqual(makeUpFailures(20, 3));
});

const lucks = (change: Parameters<typeof failureOf>[0], count = 400, values = centralValues) =>
  Array.from({ length: count }, (_, nth) => drawCaseLuck(failureOf(change), 1, nth, values));

it('pays again as often as its figures say', () => {
  const generic = lucks({}).filter(({ primary }) => primary !== null && primary.pays.length > 0);
  expect(generic.length / 400).toBeCloseTo(centralValues.softClears, 1);
  const stolen = { code: 'card_declined', declineCode: 'stolen_card' };
  const replaced = lucks({ refusal: stolen }).filter(({ primary }) => primary?.update != null);
  expect(replaced.length / 400).toBeCloseTo(centralValues.cardReplaced, 1);
  for (const { primary } of replaced) {
    expect(primary?.update).toMatchObject({ isNewNumber: true });
    expect(primary?.pays[0]?.from).toBe(primary?.update?.at);
  }
  const confirm = { code: 'card_declined', declineCode: 'authentication_required' };
  expect(lucks({ refusal: confirm }).flatMap(({ primary }) => primary?.pays ?? [])).toEqual([]);
  const paying = lucks({ secondary: backup }).filter(
    ({ secondary }) => secondary?.refusal === null,
  );
  expect(paying.length / 400).toBeGreaterThan(0.85);
});

it('brings missing money on the mornings of paydays only, and for a while', () => {
  const short = { code: 'card_declined', declineCode: 'insufficient_funds' };
  const all = lucks({ refusal: short }).flatMap(({ primary }) => primary?.pays ?? []);
  expect(all.length).toBeGreaterThan(300);
  const weekdays = new Set(all.map(({ from }) => new Date(from).getUTCDay()));
  expect([...weekdays].filter((weekday) => weekday === 0 || weekday === 6)).toEqual([]);
  // 06:00 in New York, summer and winter.
  const hours = new Set(all.map(({ from }) => new Date(from).getUTCHours()));
  expect(hours).toEqual(new Set([10, 11]));
  expect(all.every(({ to }) => Number.isFinite(to))).toBe(true);
});

it('agrees with what is known to have followed', () => {
  const later = {
    tries: [
      { at: '2026-03-05T09:00:00Z', role: 'primary' as const, paid: false },
      { at: '2026-03-09T09:00:00Z', role: 'primary' as const, paid: true },
    ],
  };
  for (const { primary, customerPaysAt, isExplained } of lucks({ later }, 40)) {
    expect(isExplained).toBe(true);
    if (primary === null) throw new Error('There is no primary.');
    expect(paysAt(primary, Date.parse('2026-03-05T09:00:00Z'))).toBe(false);
    expect(paysAt(primary, Date.parse('2026-03-09T09:00:00Z'))).toBe(true);
    expect(customerPaysAt ?? Number.POSITIVE_INFINITY).toBeGreaterThan(
      Date.parse('2026-03-09T09:00:00Z') - 1,
    );
  }
  const [told] = lucks({ later: { tries: [], customerPaidAt: '2026-03-04T10:00:00Z' } }, 1);
  expect(told?.customerPaysAt).toBe(Date.parse('2026-03-04T10:00:00Z'));
});

it('says so where what followed cannot be', () => {
  const at = (days: number) => new Date(Date.parse('2026-03-02T06:00:07Z') + days * day).toJSON();
  // A refusal without a reason that is taken back, and comes again.
  const tries = [
    { at: at(3), role: 'primary' as const, paid: true },
    { at: at(4), role: 'primary' as const, paid: false },
  ];
  expect(lucks({ later: { tries } }, 1)[0]?.isExplained).toBe(false);
});
