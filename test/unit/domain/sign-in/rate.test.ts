import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countedWith, type Rate, takeRate } from '../../../../functions/domain/sign-in/rate.ts';
import { minuteMs } from '../../../../functions/domain/time.ts';
import { noon } from '../../../twins/examples.ts';

const limit = { times: 3, withinMs: 10 * minuteMs };
const rateOf = (...times: readonly number[]): Rate => ({ id: 'x', times, version: 1 });

test('so many times, and no more until the first of them leaves the window', () => {
  const rate = rateOf(noon, noon + minuteMs, noon + 2 * minuteMs);
  const end = noon + limit.withinMs;
  expect(takeRate(rate, limit, end - 1)).toEqual({ allowed: false, retryAfterMs: 1 });
  expect(takeRate(rate, limit, end)).toEqual({
    allowed: true,
    times: [noon + minuteMs, noon + 2 * minuteMs, end],
  });
});

test('what comes a second time counts once, also where no more is allowed by then', () => {
  const full = { ...rateOf(noon, noon + 1, noon + 2), counted: ['a', 'b', 'c'] };
  expect(takeRate(full, limit, noon + 3, 'b')).toEqual({ allowed: true, times: null });
  expect(takeRate(full, limit, noon + 3, 'd')).toMatchObject({ allowed: false });
  expect(countedWith(full, limit, 'd')).toEqual(['b', 'c', 'd']);
});

test('the first time is allowed', () => {
  expect(takeRate(null, limit, noon)).toEqual({ allowed: true, times: [noon] });
});

test('a limit that was lowered counts what happened before', () => {
  const rate = rateOf(noon, noon + 1, noon + 2);
  expect(takeRate(rate, { ...limit, times: 1 }, noon + 3)).toEqual({
    allowed: false,
    retryAfterMs: limit.withinMs - 1,
  });
});

test('no window of that length ever has more than were allowed', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 4 * minuteMs }), { maxLength: 40 });
  fc.assert(
    fc.property(gaps, (all) => {
      let now = noon;
      let rate: Rate | null = null;
      const taken: number[] = [];
      for (const gap of all) {
        now += gap;
        const decision = takeRate(rate, limit, now);
        if (decision.allowed) {
          rate = rateOf(...(decision.times ?? []));
          taken.push(now);
        } else {
          // What it says is when it works.
          expect(takeRate(rate, limit, now + decision.retryAfterMs).allowed).toBe(true);
          expect(takeRate(rate, limit, now + decision.retryAfterMs - 1).allowed).toBe(false);
        }
      }
      for (const start of taken) {
        const within = taken.filter((time) => time >= start && time < start + limit.withinMs);
        expect(within.length).toBeLessThanOrEqual(limit.times);
      }
    }),
  );
});
