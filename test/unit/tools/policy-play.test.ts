import { expect, it } from 'vitest';
import { emptyLedger } from '../../../functions/domain/decline/card-ledger.ts';
import { defaultPolicy, type PolicySettings } from '../../../functions/policy-settings.ts';
import { runPass } from '../../../functions/retry/run-pass.ts';
import type { RecordedFailure } from '../../../tools/policy/cases/cases-file.ts';
import { findBreaches } from '../../../tools/policy/check/find-breaches.ts';
import { groupByCard } from '../../../tools/policy/group-by-card.ts';
import { drawCaseLuck } from '../../../tools/policy/model/case-luck.ts';
import { makeUpFailures } from '../../../tools/policy/model/made-up-failures.ts';
import { alwaysPays, type MethodLuck } from '../../../tools/policy/model/method-luck.ts';
import { centralValues } from '../../../tools/policy/model/parameters.ts';
import { playWorld, type Room } from '../../../tools/policy/play/play-world.ts';
import type { Drawn } from '../../../tools/policy/play/renewal.ts';
import { policyOf } from '../../../tools/policy/policy-file.ts';
import { backup, failureOf } from './policy-failure.ts';

const day = 86_400_000;
const policyWith = (change: Partial<PolicySettings>) => policyOf({ ...defaultPolicy, ...change });
const byDefault = policyWith({});

const drawnOf = (failures: readonly RecordedFailure[]): readonly Drawn[] =>
  failures.map((failure, nth) => ({
    failure,
    nth,
    luck: drawCaseLuck(failure, 1, nth, centralValues),
  }));

const refusedUntil = (from: number, refusal: MethodLuck['refusal']): MethodLuck => ({
  pays: [{ from, to: Number.POSITIVE_INFINITY }],
  refusal,
  update: null,
});

const never = (failure: RecordedFailure): MethodLuck =>
  refusedUntil(Number.POSITIVE_INFINITY, failure.refusal);

const withLuck = (failure: RecordedFailure, luck: Partial<Drawn['luck']>, nth = 0): Drawn => ({
  failure,
  nth,
  luck: {
    primary: never(failure),
    secondary: failure.secondary == null ? null : alwaysPays(0),
    customerPaysAt: null,
    isExplained: true,
    ...luck,
  },
});

const failedAt = Date.parse(failureOf().at);

it('plays the pass, the schedule and the end as the retry room does', async () => {
  const { renewals, tries } = await playWorld([withLuck(failureOf(), {})], byDefault);
  expect(renewals[0]?.paid).toBeNull();
  expect(renewals[0]?.autoAdvance).toBe(false);
  // Stripe's own, once more at once, and four of the schedule.
  expect(tries.map(({ isOurs }) => isOurs)).toEqual([false, true, true, true, true, true]);
  const [, atOnce, dayLater] = tries.map(({ at }) => at);
  expect(atOnce).toBe(failedAt);
  expect((dayLater ?? 0) - failedAt).toBeGreaterThan(0.5 * day);
});

it('charges the secondary after the primary was refused', async () => {
  const failure = failureOf({ secondary: backup });
  const { renewals, tries } = await playWorld([withLuck(failure, {})], byDefault);
  expect(renewals[0]?.paid).toEqual({ at: failedAt, by: 'secondary' });
  expect(tries.map(({ role }) => role)).toEqual(['primary', 'primary', 'secondary']);
  const without = failureOf({ secondary: { ...backup, consented: false } });
  const refused = await playWorld([withLuck(without, {})], byDefault);
  expect(refused.renewals[0]?.paid).toBeNull();
});

it('tries new data of a card as soon as the network has sent them', async () => {
  const at = failedAt + 2.5 * day;
  const expired = failureOf({
    primary: { type: 'card', brand: 'visa', expMonth: 1, expYear: 2026 },
    refusal: { code: 'expired_card', declineCode: 'expired_card', networkDeclineCode: '54' },
  });
  const updated = { ...refusedUntil(at, expired.refusal), update: { at, isNewNumber: false } };
  const { renewals, tries } = await playWorld([withLuck(expired, { primary: updated })], byDefault);
  expect(renewals[0]?.paid).toEqual({ at, by: 'primary' });
  expect(tries.map(({ data }) => data)).toEqual([0, 1]);
});

it('stops where the customer has paid', async () => {
  const customerPaysAt = failedAt + 3 * 3_600_000;
  const { renewals, tries } = await playWorld(
    [withLuck(failureOf(), { customerPaysAt })],
    byDefault,
  );
  expect(renewals[0]?.paid).toEqual({ at: customerPaysAt, by: 'customer' });
  expect(tries).toHaveLength(2);
});

it('waits for a bank debit, and goes on where it comes back', async () => {
  const debit = { type: 'us_bank_account', consented: true, brand: null };
  const failure = failureOf({ secondary: debit });
  const paying = await playWorld([withLuck(failure, {})], byDefault);
  expect(paying.renewals[0]?.paid).toEqual({ at: failedAt + 4 * day, by: 'secondary' });
  const returned = { code: 'insufficient_funds', declineCode: 'insufficient_funds' };
  const failing = await playWorld(
    [withLuck(failure, { secondary: refusedUntil(Number.POSITIVE_INFINITY, returned) })],
    byDefault,
  );
  expect(failing.renewals[0]?.paid).toBeNull();
  const entries = failing.tries.filter(({ isCard }) => !isCard);
  expect(entries.length).toBeGreaterThan(1);
  expect(findBreaches(failing.tries)).toEqual([]);
});

it('ends dunning at Stripe where the policy says so', async () => {
  const end = { afterDays: 2, access: 'suspend', action: 'mark_uncollectible' } as const;
  const late = failedAt + 60 * day;
  const drawn = withLuck(failureOf(), { customerPaysAt: late });
  const { renewals } = await playWorld([drawn], policyWith({ end }));
  expect(renewals[0]).toMatchObject({ status: 'uncollectible', paid: null });
  const left = await playWorld([drawn], byDefault);
  expect(left.renewals[0]?.paid).toEqual({ at: late, by: 'customer' });
});

it('says the same of the same seed', async () => {
  const told = async () =>
    JSON.stringify((await playWorld(drawnOf(makeUpFailures(30, 2)), byDefault)).tries);
  expect(await told()).toBe(await told());
});

/** Failures of which some share cards, as customers with several subscriptions have them. */
const sharing = (count: number) =>
  makeUpFailures(count, 9).map((failure, nth) => ({
    ...failure,
    primary: failure.primary === null ? null : { ...failure.primary, card: `c${nth % 40}` },
  }));

it('breaks no rule of a network by default', async () => {
  const failures = sharing(120);
  const drawn = drawnOf(failures);
  for (const group of groupByCard(failures)) {
    const { tries } = await playWorld(
      group.flatMap((nth) => drawn[nth] ?? []),
      byDefault,
    );
    expect(findBreaches(tries)).toEqual([]);
  }
});

/** A retry room that remembers nothing of a card: no blocks, no waits, no caps. */
const forgetful: Room = (dependencies, message) =>
  runPass(
    {
      ...dependencies,
      records: {
        ...dependencies.records,
        ledger: async (card) => emptyLedger(card),
        saveLedger: async () => true,
      },
    },
    message,
  );

it.each([
  ['never_again', { declineCode: 'stolen_card', networkDeclineCode: '43' }, 'visa', 1],
  ['too_early', { declineCode: 'do_not_honor', networkAdviceCode: '30' }, 'mastercard', 1],
  ['too_often', { declineCode: 'generic_decline', networkDeclineCode: '05' }, 'visa', 12],
] as const)('catches an engine that forgets: %s', async (rule, codes, brand, count) => {
  const refusal = { code: 'card_declined', ...codes };
  const primary = { type: 'card', brand, expMonth: 5, expYear: 2029, card: 'c1' };
  const drawn = Array.from({ length: count }, (_, nth) => {
    const failure = failureOf({ refusal, primary });
    return withLuck(failure, {}, nth);
  });
  const caught = findBreaches((await playWorld(drawn, byDefault, forgetful)).tries);
  expect(new Set(caught.map((breach) => breach.rule))).toEqual(new Set([rule]));
  expect(findBreaches((await playWorld(drawn, byDefault)).tries)).toEqual([]);
});

it('never recovers less under the same luck where the secondary may be charged more', async () => {
  const { declines } = defaultPolicy;
  const change = (fallback: 'at_once' | 'never') =>
    policyWith({
      // The same kinds, each as it is but for its fallback.
      declines: Object.fromEntries(
        Object.entries(declines).map(([kind, rules]) => [kind, { ...rules, fallback }]),
      ) as PolicySettings['declines'],
    });
  const failures = makeUpFailures(120, 4).map((failure) => ({
    ...failure,
    secondary: failure.secondary ?? backup,
  }));
  let more = 0;
  for (const drawn of drawnOf(failures)) {
    const [without] = (await playWorld([drawn], change('never'))).renewals;
    const [atOnce] = (await playWorld([drawn], change('at_once'))).renewals;
    if (without?.paid != null) expect(atOnce?.paid?.at).toBeLessThanOrEqual(without.paid.at);
    if (without?.paid == null && atOnce?.paid != null) more += 1;
  }
  expect(more).toBeGreaterThan(20);
});

it('puts failures together that share a card, over several cards too', () => {
  const card = (label: string) => ({ type: 'card', card: label });
  const failures = [
    failureOf({ primary: card('c1') }),
    failureOf({ primary: card('c2') }),
    failureOf(),
    failureOf({ primary: card('c3'), secondary: { ...card('c1'), consented: true } }),
    failureOf({ primary: card('c3') }),
  ];
  expect(groupByCard(failures)).toEqual([[0, 3, 4], [1], [2]]);
});
