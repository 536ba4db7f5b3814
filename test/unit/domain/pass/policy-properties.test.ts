import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasEnded, sweepAt } from '../../../../functions/domain/case/dunning-case.ts';
import type { DeclineCodes } from '../../../../functions/domain/decline/decline.ts';
import type { FallbackRule, Policy } from '../../../../functions/domain/policy.ts';
import { dayMs, hourMs, type Instant, minuteMs } from '../../../../functions/domain/time.ts';
import { declined, examplePolicy } from '../../../twins/examples.ts';
import { type Bank, type Life, type Played, playCase, type Try } from '../fixtures/play-case.ts';

// Random histories of one failed renewal under random policies, judged by rules that are written
// down here anew, from the networks' publications and not from the code.

const amount = { amount: 1050, currency: 'usd' };
/** Mastercard's merchant advice: when the card may be tried again. */
const mastercardWaits: Readonly<Record<string, number>> = {
  24: hourMs,
  25: dayMs,
  26: 2 * dayMs,
  27: 4 * dayMs,
  28: 6 * dayMs,
  29: 8 * dayMs,
  30: 10 * dayMs,
};
const cardIsDead = ['stolen_card', 'lost_card', 'pickup_card'];
const dataAreWrong = ['expired_card', 'incorrect_number'];
const notForThisInvoice = ['fraudulent', 'authentication_required', 'transaction_not_allowed'];
const soft = ['generic_decline', 'insufficient_funds', 'processing_error', 'unheard_of'];

const anyCodes = (codes: readonly string[], brand: string): fc.Arbitrary<DeclineCodes> =>
  fc
    .record({
      code: fc.constantFrom(...codes),
      advice: fc.option(fc.constantFrom('01', '02', '03', '21', ...Object.keys(mastercardWaits)), {
        freq: 2,
      }),
    })
    .map(({ code, advice }) =>
      declined(code, { networkAdviceCode: brand === 'mastercard' ? advice : null }),
    );

const begins = Date.UTC(2026, 0, 1);
const anyTime = fc.integer({ min: begins, max: begins + 800 * dayMs });

/** Tries of other invoices in the month before, a few of a card or so many that a cap is near. */
const anyOthers = (at: Instant) =>
  fc
    .record({
      count: fc.constantFrom(0, 0, 0, 17, 19, 33),
      everyMs: fc.constantFrom(30 * minuteMs, 2 * hourMs, 20 * hourMs),
    })
    .map(({ count, everyMs }) =>
      Array.from({ length: count }, (_, index) => ({
        key: `other-${index}`,
        at: at - (index + 1) * everyMs,
        amount,
      })),
    );

const anyBank = (at: Instant, codes: readonly string[]): fc.Arbitrary<Bank> =>
  fc.constantFrom('visa', 'mastercard', 'amex').chain((brand) =>
    fc.record({
      brand: fc.constant(brand),
      says: fc.array(anyCodes(codes, brand), { minLength: 1, maxLength: 4 }),
      paysFrom: fc.option(fc.integer({ min: at, max: at + 40 * dayMs }), { freq: 2 }),
      others: anyOthers(at),
    }),
  );

const anyRule: fc.Arbitrary<FallbackRule> = fc.oneof(
  fc.constantFrom('at_once' as const, 'after_payday' as const, 'never' as const),
  fc.integer({ min: 1, max: 200 }).map((afterHours) => ({ afterHours })),
);

/** @param rule When the secondary may be charged, by kind. */
const anyPolicy = (rule: fc.Arbitrary<FallbackRule>): fc.Arbitrary<Policy> =>
  fc
    .record({
      retryAfterDays: fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 8 }),
      retryAt: fc.constantFrom('00:00', '02:30', '09:00', '23:59'),
      windowDays: fc.constantFrom(3, 14, 30, 60),
      paydays: fc.subarray([1, 15, 31, 'last_business_day' as const]),
      declines: fc.record(
        Object.fromEntries(
          Object.keys(examplePolicy.declines).map((kind) => [
            kind,
            fc.record({ tryAgainAtOnce: fc.boolean(), fallback: rule }),
          ]),
        ),
      ),
    })
    .map(({ declines, ...rules }) => ({
      ...examplePolicy,
      ...rules,
      // The same keys as before.
      declines: declines as Policy['declines'],
    }));

const zones = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kolkata'];
const anyLife = (rule: fc.Arbitrary<FallbackRule> = anyRule): fc.Arbitrary<Life> =>
  anyTime.chain((at) => {
    const codes = [...soft, ...soft, ...cardIsDead, ...dataAreWrong, ...notForThisInvoice];
    return fc.record({
      begins: fc.constant(at),
      zone: fc.constantFrom(...zones),
      policy: anyPolicy(rule),
      primary: anyBank(at, codes),
      secondary: fc.option(anyBank(at, codes), { freq: 4 }),
      wishes: fc
        .array(fc.integer({ min: at + minuteMs, max: at + 50 * dayMs }), { maxLength: 3 })
        .map((times) => times.sort((a, b) => a - b)),
    });
  });

const bankOf = (life: Life, { role }: Try): Bank =>
  role === 'secondary' && life.secondary !== null ? life.secondary : life.primary;
const isSameCard = (a: Try, b: Try) => (a.role === 'secondary') === (b.role === 'secondary');
const codeOf = ({ codes }: Try) => codes.declineCode ?? '';
const adviceOf = (life: Life, each: Try) =>
  bankOf(life, each).brand === 'mastercard' ? (each.codes.networkAdviceCode ?? '') : '';

/** Ours, each with the tries of the same card before it. */
const ours = ({ tries }: Played) =>
  tries.flatMap((each, index) =>
    each.role === 'stripe'
      ? []
      : [{ each, before: tries.slice(0, index).filter((other) => isSameCard(other, each)) }],
  );

/** What must hold for every history, and how often it had something to say. */
type Judge = (life: Life, played: Played) => number;

const judges: Readonly<Record<string, Judge>> = {
  'never beyond a network’s cap, the tries of others counted': (life, played) => {
    let near = 0;
    for (const { each, before } of ours(played)) {
      const bank = bankOf(life, each);
      const times = [...bank.others, ...before].map(({ at }) => at);
      const within = (ms: number) => times.filter((at) => at > each.at - ms).length + 1;
      const isMastercard = bank.brand === 'mastercard';
      if (isMastercard) expect(within(dayMs)).toBeLessThanOrEqual(10);
      expect(within(30 * dayMs)).toBeLessThanOrEqual(isMastercard ? 35 : 20);
      if (within(30 * dayMs) > 18) near += 1;
    }
    return near;
  },

  'never while a network asks to wait': (life, played) => {
    let waited = 0;
    for (const { each, before } of ours(played)) {
      for (const other of before) {
        const waitMs = mastercardWaits[adviceOf(life, other)] ?? 0;
        // Stripe keeps whole seconds.
        expect(each.at).toBeGreaterThanOrEqual(other.at - 999 + waitMs);
        if (waitMs > 0) waited += 1;
      }
    }
    return waited;
  },

  'never after a no for good': (life, played) => {
    let others = 0;
    for (const { each, before } of ours(played)) {
      for (const other of before) {
        const isNever = ['03', '21'].includes(adviceOf(life, other));
        expect([each.at, isNever]).toEqual([each.at, false]);
        expect([...cardIsDead, ...dataAreWrong]).not.toContain(codeOf(other));
        others += 1;
      }
    }
    return others;
  },

  'by itself never after a no for this invoice': (_, played) => {
    let wanted = 0;
    for (const { each, before } of ours(played)) {
      if (!before.some((other) => notForThisInvoice.includes(codeOf(other)))) continue;
      expect(each.cause).toBe('wanted');
      wanted += 1;
    }
    return wanted;
  },

  'a method at most as often as the policy says': (life, played) => {
    for (const { before } of ours(played)) {
      expect(before.length).toBeLessThan(life.policy.maximumTriesPerMethod);
    }
    return played.tries.length - 1;
  },

  'nothing is planned for a moment that is over, nor beyond the window': (life, { versions }) => {
    for (const { at, dunningCase } of versions) {
      const { progress, nextScheduledAt, fallbackAt, createdAt } = dunningCase;
      if ('dueAt' in progress) expect(progress.dueAt).toBeGreaterThanOrEqual(at);
      const windowEnd = createdAt + life.policy.windowDays * dayMs;
      const latest = Math.max(nextScheduledAt ?? 0, fallbackAt ?? 0);
      expect(latest).toBeLessThanOrEqual(Math.max(windowEnd, at));
    }
    return versions.length;
  },

  'until it ends it is due at some time, and it ends': (life, { versions }) => {
    for (const { dunningCase } of versions) {
      if (!hasEnded(dunningCase.progress)) expect(sweepAt(dunningCase)).not.toBeNull();
    }
    const last = versions.at(-1)?.dunningCase;
    expect(last !== undefined && hasEnded(last.progress)).toBe(true);
    // The first, one for each day of the schedule and each wish, and as many for the fallback.
    const passes = 1 + life.policy.retryAfterDays.length + life.wishes.length;
    expect(last?.passCount).toBeLessThanOrEqual(2 * passes);
    return 1;
  },

  'the schedule uses each of its days once, whatever comes in between': (life, { versions }) => {
    const used = versions.map(({ dunningCase }) => dunningCase.scheduleUsed);
    for (const [index, now] of used.entries()) {
      expect(now - (used[index - 1] ?? 0)).toBeOneOf([0, 1]);
    }
    expect(used.at(-1)).toBeLessThanOrEqual(life.policy.retryAfterDays.length);
    return used.at(-1) ?? 0;
  },
};

test(`whatever happens: ${Object.keys(judges).join('; ')}`, () => {
  const spoke = new Map<string, number>();
  fc.assert(
    fc.property(anyLife(), (life) => {
      const played = playCase(life);
      for (const [rule, judge] of Object.entries(judges)) {
        spoke.set(rule, (spoke.get(rule) ?? 0) + judge(life, played));
      }
    }),
    { numRuns: 400 },
  );
  for (const rule of Object.keys(judges)) expect([rule, spoke.get(rule)]).not.toEqual([rule, 0]);
});

test('no secondary where the policy says never, and not before its time', () => {
  let later = 0;
  fc.assert(
    fc.property(anyLife(fc.constantFrom<FallbackRule>('never', { afterHours: 30 })), (life) => {
      const { tries } = playCase({ ...life, wishes: [] });
      const secondary = tries.find(({ role }) => role === 'secondary');
      if (secondary === undefined) return;
      later += 1;
      expect(secondary.at - life.begins).toBeGreaterThanOrEqual(30 * hourMs - 999);
    }),
    { numRuns: 200 },
  );
  expect(later).toBeGreaterThan(10);
});

/** When something was tried first that may pay: the primary since it does, any usable secondary. */
const firstHope = ({ tries }: Played): Instant =>
  tries.find(({ role, pays }) => pays || role === 'secondary')?.at ?? Number.POSITIVE_INFINITY;

test('a usable secondary never makes the first try that could succeed later', () => {
  let sooner = 0;
  fc.assert(
    fc.property(anyLife(fc.constant('at_once')), (life) => {
      const secondary: Bank = {
        brand: 'visa',
        says: [declined('generic_decline')],
        paysFrom: life.begins,
        others: [],
      };
      const alone = firstHope(playCase({ ...life, secondary: null }));
      const backed = firstHope(playCase({ ...life, secondary }));
      expect(backed).toBeLessThanOrEqual(alone);
      if (backed < alone) sooner += 1;
    }),
    { numRuns: 300 },
  );
  expect(sooner).toBeGreaterThan(50);
});
