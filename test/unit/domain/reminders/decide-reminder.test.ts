import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Role } from '../../../../functions/domain/case/dunning-case.ts';
import type { PaymentMethod } from '../../../../functions/domain/customer/payment-method.ts';
import { paymentMethodId } from '../../../../functions/domain/ids.ts';
import {
  decideEarly,
  decideReminder,
  type ReminderPolicy,
} from '../../../../functions/domain/reminders/decide-reminder.ts';
import { lookAtOf, lookSooner } from '../../../../functions/domain/reminders/expiry-reminder.ts';
import { dayMs, hourMs, isoInstant } from '../../../../functions/domain/time.ts';
import { cardMethod, examplePolicy, thePrimary } from '../../../twins/examples.ts';

/** The card is good through the whole of November. */
const november = { expMonth: 11, expYear: 2026 } as const;
const expiry = Date.UTC(2026, 11, 1);
const card = (more: Partial<PaymentMethod> = {}) => cardMethod({ ...november, ...more });
const notices = { beforeLastTryHours: 48, beforeEndDays: 3, beforeExpiryDays: [30, 14, 3] };
const policyWith = (more: Partial<ReminderPolicy>): ReminderPolicy => ({
  ...examplePolicy,
  ...more,
});
const policy = policyWith({ notices });
const policyAt = (...beforeExpiryDays: number[]) =>
  policyWith({ notices: { ...notices, beforeExpiryDays } });

/** The last part of a fact such as `pm_1-2026-11-30`. */
const thresholdOf = (fact: string): string => fact.split('-').at(-1) ?? '';

/** What the job finds as time goes by. */
interface Around {
  readonly method?: PaymentMethod;
  readonly policy?: (now: number) => ReminderPolicy;
  readonly role?: (now: number) => Role | null;
  readonly nextBillingAt?: (now: number) => number | null;
  /** The job does not run in these times. */
  readonly outage?: readonly [from: number, to: number];
  readonly from?: number;
}

const monthly = (now: number): number => {
  const at = new Date(now);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  const ofMonth = Date.UTC(year, month, 5, 8);
  return ofMonth > now ? ofMonth : Date.UTC(year, month + 1, 5, 8);
};
const yearly = () => Date.UTC(2027, 5, 5);

/** Looks at the card whenever it is due, to the end. */
function play(around: Around) {
  const told: { readonly threshold: string; readonly at: number }[] = [];
  const looks: number[] = [];
  let method = around.method ?? card();
  for (let now = around.from ?? 0; looks.length < 60; ) {
    const lookAt = lookAtOf(method);
    if (lookAt === null) return { told, looks, method };
    const [from, to] = around.outage ?? [0, 0];
    now = Math.max(now, lookAt);
    if (now >= from && now < to) now = to;
    looks.push(now);
    const { role = () => 'primary', nextBillingAt = monthly } = around;
    const look = { method, role: role(now), policy: around.policy?.(now) ?? policy, now };
    const early = decideEarly(look);
    if (early.kind === 'leave') throw new Error('It was due.');
    const step = early.kind === 'look_later' ? early : decideReminder(look, nextBillingAt(now));
    if (step.kind === 'tell') told.push({ threshold: thresholdOf(step.notice.fact), at: now });
    method = { ...method, reminder: step.kind === 'tell' ? step.afterwards : step.reminder };
  }
  throw new Error('The card is looked at without end.');
}

const thresholds = ({ told }: ReturnType<typeof play>) => told.map(({ threshold }) => threshold);
const daysLeft = ({ told }: ReturnType<typeof play>) =>
  told.map(({ at }) => Math.ceil((expiry - at) / dayMs));

describe('a card that expires', () => {
  test('is told of before its expiry, and before the billing date that comes first', () => {
    const played = play({});
    expect(thresholds(played)).toEqual(['30', 'billing', '14', '3']);
    const [thirty = 0, billing, fourteen = 0, three] = played.told;
    expect(daysLeft(played)[0]).toBeGreaterThanOrEqual(30);
    expect(daysLeft(played)[0]).toBeLessThanOrEqual(34);
    // Three days before November 5.
    expect(isoInstant(billing?.at ?? 0)).toMatch(/^2026-11-02T09:/);
    expect([14, 15]).toContain(daysLeft(played)[2]);
    expect(isoInstant(three?.at ?? 0)).toMatch(/^2026-11-28T09:/);
    expect(thirty).not.toBe(fourteen);
  });

  test('is told of before its expiry alone where it is charged again only after that', () => {
    expect(thresholds(play({ nextBillingAt: yearly }))).toEqual(['30', '14', '3']);
  });

  test('is not told of where nothing is charged any more', () => {
    expect(thresholds(play({ nextBillingAt: () => null }))).toEqual([]);
  });

  test('is not told of without a role, and within a week of having one', () => {
    expect(thresholds(play({ role: () => null }))).toEqual([]);
    const since = expiry - 20 * dayMs;
    const played = play({ role: (now) => (now < since ? null : 'secondary') });
    expect(thresholds(played)).toEqual(['30', '14', '3']);
    expect(played.told[0]?.at).toBeLessThanOrEqual(since + 7 * dayMs);
  });

  test('is told of in the morning of the business', () => {
    const inTokyo = policyWith({ notices, retryAt: '08:30', businessTimeZone: 'Asia/Tokyo' });
    const played = play({ policy: () => inTokyo, nextBillingAt: yearly });
    for (const { at } of played.told) {
      const since = (at - (Date.UTC(2026, 0, 1) - 30 * 60_000)) % dayMs;
      expect(since).toBeGreaterThanOrEqual(0);
      expect(since).toBeLessThan(hourMs);
    }
  });

  test('is not looked at where it cannot expire, or was removed', () => {
    expect(lookAtOf(card({ expMonth: null, expYear: null }))).toBeNull();
    expect(lookAtOf(card({ removedAt: 1 }))).toBeNull();
  });

  test('begins anew with another expiry', () => {
    const { method } = play({});
    expect(lookAtOf(method)).toBeNull();
    const replaced = { ...method, expYear: 2030 };
    expect(lookAtOf(replaced)).toBeGreaterThan(Date.UTC(2030, 8, 15));
    expect(thresholds(play({ method: replaced, from: expiry }))).toEqual([
      '30',
      'billing',
      '14',
      '3',
    ]);
  });
});

describe('after an outage', () => {
  test('one mail tells what was missed', () => {
    const outage = [expiry - 40 * dayMs, expiry - 10 * dayMs] as const;
    const played = play({ outage });
    expect(thresholds(played)).toEqual(['14', '3']);
    expect(played.told[0]?.at).toBe(outage[1]);
  });

  test('one mail tells that the card has expired, unless something was told before', () => {
    const whole = [expiry - 80 * dayMs, expiry + 2 * dayMs] as const;
    expect(thresholds(play({ outage: whole }))).toEqual(['expired']);
    const late = [expiry - 20 * dayMs, expiry + 2 * dayMs] as const;
    expect(thresholds(play({ outage: late, nextBillingAt: yearly }))).toEqual(['30']);
  });

  test('the expiry itself is not told before it, where the day begins early', () => {
    const inAuckland = policyWith({ notices, businessTimeZone: 'Pacific/Auckland' });
    const outage = [0, expiry - 2 * hourMs] as const;
    expect(thresholds(play({ outage, policy: () => inAuckland }))).toEqual(['3']);
  });

  test('nobody is told of a card that expired long ago', () => {
    const outage = [0, expiry + 30 * dayMs] as const;
    const played = play({ outage });
    expect(thresholds(played)).toEqual([]);
    expect(played.looks).toHaveLength(1);
  });

  test('what is owed and may have been sent gives way to what came due meanwhile', () => {
    const owed = { expiry: '2026-11', told: [30], lookAt: 0, owed: 30 };
    const look = (now: number) => ({
      method: card({ reminder: owed }),
      role: 'primary' as const,
      policy,
      now,
    });
    const soon = decideReminder(look(expiry - 29 * dayMs), yearly());
    expect(soon).toMatchObject({
      kind: 'tell',
      notice: { fact: 'pm_primary-2026-11-30', nextBillingAt: yearly(), hasExpired: false },
      reminder: { told: [30], owed: 30 },
    });
    const late = decideReminder(look(expiry - 10 * dayMs), yearly());
    expect(late).toMatchObject({
      kind: 'tell',
      notice: { fact: 'pm_primary-2026-11-14', role: 'primary', expMonth: 11, expYear: 2026 },
      reminder: { told: [30, 14], owed: 14, lookAt: 0 },
      afterwards: { told: [30, 14], owed: null },
    });
  });
});

describe('a policy', () => {
  test('that changes is followed within a week', () => {
    const since = expiry - 45 * dayMs;
    const early = policyAt(60);
    const played = play({
      policy: (now) => (now < since ? policyAt(2) : early),
      nextBillingAt: yearly,
    });
    expect(thresholds(played)).toEqual(['60']);
    expect(played.told[0]?.at).toBeLessThanOrEqual(since + 7 * dayMs);
  });

  test('with the most days is kept in time', () => {
    const played = play({ policy: () => policyAt(60), nextBillingAt: yearly });
    expect(daysLeft(played)[0]).toBeGreaterThanOrEqual(60);
  });

  test('without thresholds has nobody told', () => {
    expect(thresholds(play({ policy: () => policyAt() }))).toEqual([]);
  });
});

describe('a card around which something has changed', () => {
  const soon = expiry - 25 * dayMs;
  const told = { expiry: '2026-11', told: [30], lookAt: expiry - 18 * dayMs, owed: null };

  test('is looked at now, where something may be to tell', () => {
    const method = card({ reminder: told });
    expect(lookSooner(method, soon).reminder).toEqual({ ...told, lookAt: soon });
  });

  test('is left as it is where it is due anyway, or it is too early or too late', () => {
    const due = card({ reminder: { ...told, lookAt: soon } });
    expect(lookSooner(due, soon)).toBe(due);
    const done = card({ reminder: { ...told, lookAt: null } });
    expect(lookSooner(done, soon)).toBe(done);
    const young = cardMethod();
    expect(lookSooner(young, soon)).toBe(young);
    const account = card({ expMonth: null, expYear: null });
    expect(lookSooner(account, soon)).toBe(account);
  });
});

test('late in the evening, west of Greenwich, the last mail still comes before the card has expired', () => {
  const west = {
    ...policyAt(1),
    retryAt: '23:45',
    businessTimeZone: 'America/Los_Angeles',
  };
  const { told } = play({ policy: () => west, nextBillingAt: yearly });
  expect(told).toMatchObject([{ threshold: '1' }]);
  expect(told[0]?.at).toBeLessThan(expiry);
});

test('the mails of a threshold are spread over some days and the hour, each card always alike', () => {
  const first = Array.from({ length: 300 }, (_, n) => {
    const method = paymentMethodId(`pm_${n}`);
    const { told } = play({ method: card({ method }), nextBillingAt: yearly });
    return told[0]?.at ?? 0;
  });
  const days = new Set(first.map((at) => Math.floor(at / dayMs)));
  expect(days.size).toBe(5);
  expect(new Set(first).size).toBeGreaterThan(200);
});

test('whatever happens: each threshold once, never two at once, never too early, and it ends', () => {
  const anyDays = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 5 });
  const anyTime = fc.integer({ min: expiry - 90 * dayMs, max: expiry + 40 * dayMs });
  fc.assert(
    fc.property(
      fc.stringMatching(/^pm_[A-Za-z0-9]{8}$/),
      anyDays,
      fc.tuple(anyTime, anyTime).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 0, max: 400 }),
      (id, days, outage, everyDays, firstDay) => {
        const period = everyDays * dayMs;
        const start = Date.UTC(2026, 0, 1) + firstDay * dayMs;
        const nextBillingAt = (now: number) =>
          start + Math.max(0, Math.ceil((now + 1 - start) / period)) * period;
        const method = card({ method: paymentMethodId(id) });
        const { told, method: last } = play({
          method,
          outage,
          nextBillingAt,
          policy: () => policyAt(...days),
        });
        const names = told.map(({ threshold }) => threshold);
        expect(new Set(names).size).toBe(names.length);
        expect(new Set(told.map(({ at }) => at)).size).toBe(names.length);
        const most = Math.max(0, ...days);
        for (const { at, threshold } of told) {
          expect(at).toBeGreaterThan(expiry - (most + 9) * dayMs);
          const least = Number.isNaN(Number(threshold)) ? at : expiry - Number(threshold) * dayMs;
          // A mail of a threshold is sent by then, unless the job did not run.
          if (at > least + 2 * dayMs) expect(outage[1]).toBeGreaterThanOrEqual(at - 7 * dayMs);
        }
        const asked = days.length > 0 && outage[1] < expiry - most * dayMs;
        if (asked) expect(last.reminder?.told).toEqual(expect.arrayContaining(days));
        expect(lookAtOf(last)).toBeNull();
      },
    ),
  );
});

test('the primary of the examples is far from its expiry', () => {
  expect(lookAtOf(cardMethod({ method: thePrimary }))).toBeGreaterThan(Date.UTC(2030, 9, 1));
});
