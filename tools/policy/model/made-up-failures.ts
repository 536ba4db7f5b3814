import { dayMs } from '../../../functions/domain/time.ts';
import { createRandom } from '../../../local/seeded-random.ts';
import type { RecordedFailure, RecordedMethod } from '../cases/cases-file.ts';
import { centralValues } from './parameters.ts';
import { exponential, pickByWeight, type Weighted } from './pick.ts';
import { creditShare, refusalOf } from './published-mixes.ts';

/**
 * What nobody publishes of a business that is not yours: where its customers live, its prices, and
 * how many of them name a backup. All assumed; record failures of your own to do without it.
 */
const places: readonly Weighted<{ country: string; state?: string; currency: string }>[] = [
  { weight: 20, of: { country: 'US', state: 'NY', currency: 'usd' } },
  { weight: 20, of: { country: 'US', state: 'TX', currency: 'usd' } },
  { weight: 20, of: { country: 'US', state: 'CA', currency: 'usd' } },
  { weight: 10, of: { country: 'GB', currency: 'gbp' } },
  { weight: 15, of: { country: 'DE', currency: 'eur' } },
  { weight: 15, of: { country: 'FR', currency: 'eur' } },
];
const brands = (funding: 'credit' | 'debit'): readonly Weighted<string>[] => [
  { weight: 60, of: 'visa' },
  { weight: 32, of: 'mastercard' },
  { weight: funding === 'credit' ? 8 : 0, of: 'amex' },
];
const prices: readonly Weighted<number>[] = [
  { weight: 40, of: 1_500 },
  { weight: 40, of: 4_900 },
  { weight: 20, of: 19_900 },
];
const withBackup = 0.3;
/** They fail all through this year. */
const year = 2026;

/** Failures as a subscription business may have them, the same for the same seed. */
export function makeUpFailures(count: number, seed: number): readonly RecordedFailure[] {
  const random = createRandom(`made up ${seed}`);
  return Array.from({ length: count }, () => makeUpFailure(random));
}

function makeUpFailure(random: () => number): RecordedFailure {
  const at = Date.UTC(year, 0, 1) + random() * 365 * dayMs;
  const { country, state, currency } = pickByWeight(places, random());
  const primary = makeUpCard(random, at, failedCreditShare());
  const refusal = refusalOf(primary, random(), random(), centralValues.waitCodes);
  const isExpired = refusal.declineCode === 'expired_card';
  const hasBackup = random() < withBackup;
  const backup = makeUpCard(random, at, creditShare);
  return {
    at: `${new Date(at).toISOString().slice(0, 19)}Z`,
    amount: pickByWeight(prices, random()),
    currency,
    country,
    ...(state === undefined ? {} : { state }),
    primary: isExpired ? { ...primary, ...monthOf(at - 45 * dayMs) } : primary,
    refusal,
    secondary: hasBackup ? { ...backup, consented: true } : null,
  };
}

/** Of refused charges: credit cards pay more of them, and are refused less. */
function failedCreditShare(): number {
  const { creditRefused, debitRefused } = centralValues;
  const credit = creditShare * creditRefused;
  return credit / (credit + (1 - creditShare) * debitRefused);
}

function makeUpCard(random: () => number, at: number, share: number): RecordedMethod {
  const funding = random() < share ? 'credit' : 'debit';
  const brand = pickByWeight(brands(funding), random());
  // Cards live some years: this one for a while longer than the schedule.
  return {
    type: 'card',
    brand,
    funding,
    ...monthOf(at + (90 + exponential(500, random())) * dayMs),
  };
}

const monthOf = (at: number) => {
  const date = new Date(at);
  return { expMonth: date.getUTCMonth() + 1, expYear: date.getUTCFullYear() };
};
