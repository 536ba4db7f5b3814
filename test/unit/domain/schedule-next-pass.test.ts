import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DunningCase, PassCause } from '../../../functions/domain/dunning-case.ts';
import { invoiceId } from '../../../functions/domain/ids.ts';
import { jitterMs, scheduleNextPass } from '../../../functions/domain/schedule-next-pass.ts';
import { dayMs, hourMs } from '../../../functions/domain/time.ts';
import { dunningCaseOf, examplePolicy, noon } from '../../twins/examples.ts';

const schedule = (cause: PassCause, more: Partial<DunningCase> = {}, days = [1, 3, 5, 7]) =>
  scheduleNextPass(
    dunningCaseOf(more),
    { number: 1, cause, startedAt: noon, refusals: [] },
    { ...examplePolicy, retryAfterDays: days },
    noon,
  );

/** Whole days, the spread over an hour left out. */
const daysUntil = (at: number | undefined) => Math.floor(((at ?? 0) - noon) / dayMs);

test('after 1, 3, 5 and 7 days, then no more', () => {
  const uses = [0, 1, 2, 3, 4].map((scheduleUsed) =>
    schedule(scheduleUsed === 0 ? 'new' : 'scheduled', { scheduleUsed }),
  );
  expect(uses.slice(0, 4).map((next) => daysUntil(next?.at))).toEqual([1, 3, 5, 7]);
  expect(uses.slice(0, 4).map((next) => next?.scheduleUsed)).toEqual([1, 2, 3, 4]);
  expect(uses[4]).toBeNull();
});

test('an empty schedule ends after the first pass', () => {
  expect(schedule('new', {}, [])).toBeNull();
});

describe('a wanted pass', () => {
  test('leaves what was planned as it was', () => {
    const planned = { scheduleUsed: 2, nextScheduledAt: noon + 5 * hourMs };
    expect(schedule('wanted', planned)).toEqual({ at: noon + 5 * hourMs, scheduleUsed: 2 });
  });

  test('goes on with the schedule where its next time is over, or there is none yet', () => {
    const over = schedule('wanted', { scheduleUsed: 1, nextScheduledAt: noon });
    expect([daysUntil(over?.at), over?.scheduleUsed]).toEqual([3, 2]);
    expect(daysUntil(schedule('wanted')?.at)).toBe(1);
  });

  test('of an exhausted case brings back no schedule', () => {
    expect(schedule('wanted', { scheduleUsed: 4 })).toBeNull();
  });
});

test('the invoices of one renewal day are spread over an hour, each always alike', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^in_[A-Za-z0-9]{24}$/), (id) => {
      expect(jitterMs(invoiceId(id))).toBe(jitterMs(invoiceId(id)));
      expect(jitterMs(invoiceId(id))).toBeGreaterThanOrEqual(0);
      expect(jitterMs(invoiceId(id))).toBeLessThan(hourMs);
    }),
  );
  const tenths = new Set(
    Array.from({ length: 500 }, (_, index) =>
      Math.floor(jitterMs(invoiceId(`in_${index}`)) / (hourMs / 10)),
    ),
  );
  expect(tenths.size).toBe(10);
});
