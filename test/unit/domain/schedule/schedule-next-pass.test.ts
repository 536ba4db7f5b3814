import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  DunningCase,
  Pass,
  PassCause,
} from '../../../../functions/domain/case/dunning-case.ts';
import type { Situation } from '../../../../functions/domain/pass/situation.ts';
import type { Policy } from '../../../../functions/domain/policy.ts';
import { jitterMs } from '../../../../functions/domain/schedule/jitter.ts';
import { scheduleNextPass } from '../../../../functions/domain/schedule/schedule-next-pass.ts';
import { dayMs, hourMs } from '../../../../functions/domain/time.ts';
import {
  backup,
  candidate,
  dunningCaseOf,
  examplePolicy,
  failedCharge,
  invoiceFactsOf,
  situationOf,
  theInvoice,
} from '../../../twins/examples.ts';

const jitter = jitterMs(theInvoice);
/** `2026-11-02 12:00` in UTC, as all times here. */
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);
/** Without the spread over an hour. */
const text = (instant: number | null) =>
  instant === null ? null : new Date(instant - jitter).toISOString().slice(0, 16).replace('T', ' ');

interface Ended {
  readonly cause?: PassCause;
  readonly days?: readonly number[];
  readonly policy?: Partial<Policy>;
  readonly ofCase?: Partial<DunningCase>;
  readonly why?: string;
  readonly zone?: string;
  readonly around?: Partial<Situation>;
}

/** The schedule's word at the end of a pass that ended then. */
function schedule(now: number, ended: Ended = {}) {
  const { cause = 'new', days = [1, 3, 5, 7], why = 'generic_decline', zone = 'UTC' } = ended;
  const pass: Pass = { number: 1, cause, startedAt: now, refusals: [] };
  const charges = [failedCharge(why, { createdAt: now - 1_000 })];
  const { holder } = invoiceFactsOf();
  return scheduleNextPass(
    situationOf({
      dunningCase: dunningCaseOf({ createdAt: now, ...ended.ofCase }),
      facts: invoiceFactsOf({ charges, holder: { ...holder, timeZone: zone } }),
      secondary: null,
      policy: { ...examplePolicy, retryAfterDays: days, ...ended.policy },
      ...ended.around,
      now,
    }),
    pass,
  );
}
const rules = ({ trace }: ReturnType<typeof schedule>) => trace.map(({ rule }) => rule);
const monday = at('2026-11-02 12:00');

describe('days and the time of day', () => {
  test('after 1, 3, 5 and 7 days at nine, then no more', () => {
    const uses = [0, 1, 2, 3, 4].map((scheduleUsed) =>
      schedule(monday, { cause: 'scheduled', ofCase: { scheduleUsed } }),
    );
    expect(uses.map((next) => text(next.at))).toEqual([
      '2026-11-03 09:00',
      '2026-11-05 09:00',
      '2026-11-07 09:00',
      '2026-11-09 09:00',
      null,
    ]);
    expect(uses.map(({ scheduleUsed }) => scheduleUsed)).toEqual([1, 2, 3, 4, 4]);
    expect(uses.map(({ isLast }) => isLast)).toEqual([false, false, false, true, false]);
    expect(uses.map(rules).at(-1)).toEqual(['schedule_used_up']);
  });

  test('are the customer’s, and their day is', () => {
    const late = at('2026-11-02 20:00');
    expect(text(schedule(late, { zone: 'Asia/Tokyo' }).at)).toBe('2026-11-04 00:00');
    expect(text(schedule(late, { zone: 'America/Los_Angeles' }).at)).toBe('2026-11-03 17:00');
  });

  test('never within twelve hours of the pass before: then a day later', () => {
    expect(text(schedule(at('2026-11-02 20:00')).at)).toBe('2026-11-03 09:00');
    expect(text(schedule(at('2026-11-02 23:00')).at)).toBe('2026-11-04 09:00');
  });

  test('keep the local time over a change of the clocks', () => {
    const zone = 'America/New_York';
    expect(text(schedule(at('2026-10-31 15:00'), { zone }).at)).toBe('2026-11-01 14:00');
    expect(text(schedule(at('2027-03-13 15:00'), { zone }).at)).toBe('2027-03-14 13:00');
  });

  test('end with the window', () => {
    const policy = { windowDays: 6 };
    const next = (scheduleUsed: number) =>
      schedule(monday, { cause: 'scheduled', ofCase: { scheduleUsed }, policy });
    // Five days later there is room, seven days later there is none.
    expect(next(2)).toMatchObject({ scheduleUsed: 3, isLast: true });
    expect(next(3)).toMatchObject({ at: null, scheduleUsed: 3 });
    expect(rules(next(3))).toEqual(['window_over']);
  });

  test('an empty schedule ends after the first pass', () => {
    expect(schedule(monday, { days: [] }).at).toBeNull();
  });
});

describe('where money was missing', () => {
  const why = 'insufficient_funds';
  test.each([
    // The pass after next would run on the 14th, before the 15th.
    ['2026-11-10 12:00', [1, 3], '2026-11-11 09:00', false],
    ['2026-11-11 12:00', [3, 5], '2026-11-15 09:00', true],
    // Earlier than the schedule would have had it.
    ['2026-11-13 12:00', [5, 7], '2026-11-15 09:00', true],
    // A pass on a payday itself is not moved to that day.
    ['2026-11-15 08:00', [1, 3], '2026-11-16 09:00', false],
    // The 28th and 29th of November 2026 are a weekend, the 30th is a Monday.
    ['2026-11-26 12:00', [3, 5], '2026-11-30 09:00', true],
    // The 31st of January 2027 is a Sunday: Friday, the 29th.
    ['2027-01-27 12:00', [4, 5], '2027-01-29 09:00', true],
    // The last gap counts twice.
    ['2026-11-09 12:00', [4], '2026-11-15 09:00', true],
    // The last business day of a leap year's February is its 29th, a Tuesday.
    ['2028-02-27 12:00', [1, 3], '2028-02-29 09:00', true],
  ])(
    'a pass that ended %s with %j days ahead is followed by one at %s',
    (now, days, next, moved) => {
      const planned = schedule(at(now), { why, days });
      expect(text(planned.at)).toBe(next);
      expect(rules(planned).includes('moved_to_payday')).toBe(moved);
    },
  );

  test('a payday beyond the window takes no try away', () => {
    const ended = at('2026-11-09 12:00');
    const within = (windowDays: number) =>
      schedule(ended, { why, days: [4], policy: { windowDays } });
    expect(text(within(7).at)).toBe('2026-11-15 09:00');
    expect(text(within(5).at)).toBe('2026-11-13 09:00');
    expect(rules(within(5))).toEqual(['scheduled_after_days']);
    expect(rules(within(3))).toEqual(['window_over']);
  });

  test('another reason is not moved', () => {
    expect(text(schedule(at('2026-11-11 12:00'), { days: [3, 5] }).at)).toBe('2026-11-14 09:00');
  });

  test('a payday tomorrow morning is too soon after a pass at night: the day after it', () => {
    const night = at('2026-11-14 23:30');
    expect(text(schedule(night, { why, days: [5] }).at)).toBe('2026-11-16 09:00');
  });

  test('the newest refusal decides, the one of this pass first', () => {
    const pass: Pass = {
      number: 2,
      cause: 'scheduled',
      startedAt: monday,
      refusals: [
        {
          role: 'primary',
          method: candidate().method.method,
          revision: 1,
          kind: 'generic',
          codes: null,
          at: monday,
          by: 'backstop',
        },
      ],
    };
    const now = at('2026-11-11 12:00');
    const charges = [failedCharge(why, { createdAt: now })];
    const situation = situationOf({
      now,
      dunningCase: dunningCaseOf({ createdAt: now }),
      facts: invoiceFactsOf({ charges }),
      policy: { ...examplePolicy, retryAfterDays: [3, 5] },
    });
    expect(text(scheduleNextPass(situation, pass).at)).toBe('2026-11-14 09:00');
    expect(text(scheduleNextPass(situation, { ...pass, refusals: [] }).at)).toBe(
      '2026-11-15 09:00',
    );
  });
});

describe('a network that asks to wait', () => {
  const until = monday + 6 * dayMs;
  const waits = [{ source: 'ch_1', until }];
  const kept = candidate({ brand: 'mastercard' }, { ledger: { waits } });

  test('is waited for where no other method may be tried', () => {
    const next = schedule(monday, { around: { primary: kept } });
    expect(next.at).toBe(until + jitter);
    expect(rules(next)).toEqual(['scheduled_after_days', 'moved_behind_network_wait']);
  });

  test('until the first of two methods is free again', () => {
    const sooner = backup({}, { ledger: { waits: [{ source: 'ch_2', until: until - dayMs }] } });
    const next = schedule(monday, { around: { primary: kept, secondary: sooner } });
    expect(next.at).toBe(until - dayMs + jitter);
  });

  test('moves nothing where the backup is free, or the wait is over by then', () => {
    const around = { primary: kept, secondary: backup() };
    expect(text(schedule(monday, { around }).at)).toBe('2026-11-03 09:00');
    const short = [{ source: 'ch_1', until: monday + hourMs }];
    const soon = candidate({}, { ledger: { waits: short } });
    expect(text(schedule(monday, { around: { primary: soon } }).at)).toBe('2026-11-03 09:00');
  });

  test('moves nothing for a method that comes back by no waiting', () => {
    const gone = candidate({}, { attached: false });
    expect(text(schedule(monday, { around: { primary: gone } }).at)).toBe('2026-11-03 09:00');
  });

  test('beyond the window ends the schedule', () => {
    const next = schedule(monday, { around: { primary: kept }, policy: { windowDays: 5 } });
    expect(next.at).toBeNull();
  });
});

describe.each(['wanted', 'fallback'] as const)('a %s pass', (cause) => {
  test('leaves what was planned as it was', () => {
    const planned = monday + 5 * hourMs;
    const next = schedule(monday, { cause, ofCase: { scheduleUsed: 2, nextScheduledAt: planned } });
    expect(next).toMatchObject({ at: planned, scheduleUsed: 2 });
    expect(rules(next)).toEqual(['schedule_stands']);
  });

  test('goes on with the schedule where its next time is over', () => {
    const next = schedule(monday, { cause, ofCase: { scheduleUsed: 1, nextScheduledAt: monday } });
    expect([text(next.at), next.scheduleUsed]).toEqual(['2026-11-05 09:00', 2]);
  });

  test('of a case whose schedule is used up brings back none', () => {
    expect(schedule(monday, { cause, ofCase: { scheduleUsed: 4 } }).at).toBeNull();
  });
});

test('no pass is planned for a moment that is over, nor beyond the window', () => {
  const zones = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kolkata'];
  fc.assert(
    fc.property(
      fc.integer({ min: at('2026-01-01 00:00'), max: at('2029-01-01 00:00') }),
      fc.constantFrom(...zones),
      fc.constantFrom('insufficient_funds', 'generic_decline'),
      fc.integer({ min: 0, max: 4 }),
      fc.constantFrom('00:30', '02:30', '09:00', '23:59'),
      (now, zone, why, scheduleUsed, retryAt) => {
        const next = schedule(now, { zone, why, ofCase: { scheduleUsed }, policy: { retryAt } });
        if (next.at === null) {
          expect(scheduleUsed).toBe(4);
          return;
        }
        expect(next.at).toBeGreaterThanOrEqual(now + 12 * hourMs);
        expect(next.at).toBeLessThanOrEqual(now + 30 * dayMs);
        expect(next.scheduleUsed).toBe(scheduleUsed + 1);
      },
    ),
    { numRuns: 1_000 },
  );
});
