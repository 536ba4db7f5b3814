import { expect, it } from 'vitest';
import { findBreaches, type TryMade } from '../../../tools/policy/check/find-breaches.ts';

const hour = 3_600_000;
const day = 24 * hour;
const noon = Date.UTC(2026, 2, 2, 12);

type Refused = NonNullable<TryMade['refused']>;

const refusedBy = (codes: Partial<Refused>): Refused => ({
  declineCode: 'do_not_honor',
  networkAdviceCode: null,
  networkDeclineCode: null,
  ...codes,
});

const tryAt = (at: number, change: Partial<TryMade> = {}): TryMade => ({
  at: noon + at,
  card: 'c1',
  isCard: true,
  brand: 'visa',
  invoice: 'in_1',
  amount: 4_900,
  currency: 'usd',
  isOurs: true,
  data: 0,
  refused: refusedBy({}),
  ...change,
});

const rulesOf = (...tries: TryMade[]) => findBreaches(tries).map(({ rule }) => rule);

it.each<[string, Partial<TryMade>]>([
  ['Visa never', { refused: refusedBy({ networkDeclineCode: '46' }) }],
  ['Mastercard stop', { brand: 'mastercard', refused: refusedBy({ networkAdviceCode: '21' }) }],
  ['stolen', { brand: 'amex', refused: refusedBy({ declineCode: 'stolen_card' }) }],
])('%s: the card is tried no more, whoever was told and for whatever invoice', (_, first) => {
  const told = tryAt(0, { ...first, isOurs: false });
  const { brand = 'visa' } = first;
  expect(rulesOf(told, tryAt(9 * day, { brand, invoice: 'in_2' }))).toEqual(['never_again']);
  expect(rulesOf(told, tryAt(9 * day, { brand, card: 'c2' }))).toEqual([]);
  expect(rulesOf(told, tryAt(9 * day, { brand, isOurs: false }))).toEqual([]);
});

it('takes a wrong number for wrong until other data came', () => {
  const wrong = tryAt(0, { refused: refusedBy({ networkDeclineCode: '14' }) });
  expect(rulesOf(wrong, tryAt(day))).toEqual(['never_again']);
  expect(rulesOf(wrong, tryAt(day, { data: 1 }))).toEqual([]);
});

it.each([
  ['24', hour],
  ['25', day],
  ['26', 2 * day],
  ['27', 4 * day],
  ['28', 6 * day],
  ['29', 8 * day],
  ['30', 10 * day],
])('Mastercard %s asks to wait', (networkAdviceCode, wait) => {
  const brand = 'mastercard';
  const told = tryAt(0, { brand, refused: refusedBy({ networkAdviceCode }) });
  expect(rulesOf(told, tryAt(wait - 1, { brand }))).toEqual(['too_early']);
  expect(rulesOf(told, tryAt(wait, { brand }))).toEqual([]);
});

const many = (count: number, everyMs: number, change: Partial<TryMade> = {}) =>
  Array.from({ length: count }, (_, nth) =>
    tryAt(nth * everyMs, { ...change, invoice: `in_${nth}`, isOurs: nth === count - 1 }),
  );

it('counts the tries of a card as its network does', () => {
  const brand = 'mastercard';
  expect(rulesOf(...many(20, day))).toEqual([]);
  expect(rulesOf(...many(21, day))).toEqual(['too_often']);
  expect(rulesOf(...many(21, 2 * day))).toEqual([]);
  expect(rulesOf(...many(10, hour, { brand }))).toEqual([]);
  expect(rulesOf(...many(11, hour, { brand }))).toEqual(['too_often']);
  expect(rulesOf(...many(36, 20 * hour, { brand }))).toEqual(['too_often']);
  const [last, ...others] = many(11, hour, { brand }).toReversed();
  expect(last).toBeDefined();
  expect(rulesOf(...others, { ...tryAt(11 * hour, { brand }), amount: 1_500 })).toEqual([]);
});

it('lets a debit go in again twice', () => {
  const debit = { isCard: false, brand: null, isOurs: true };
  const entries = [0, 1, 2, 3].map((nth) => tryAt(nth * 5 * day, debit));
  expect(rulesOf(...entries.slice(0, 3))).toEqual([]);
  expect(rulesOf(...entries)).toEqual(['debit_too_often']);
});
