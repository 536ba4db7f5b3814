import { afterEach, expect, it, vi } from 'vitest';
import { createMovableClock } from '../../../../local/clock.ts';
import { acceptTimes } from '../../../../local/cloud/permissions/accepted-times.ts';

const day = 24 * 3_600_000;

afterEach(() => void vi.useRealTimers());

it('a time that the clock has left counts for a minute more, for what was on its way', () => {
  const start = Date.UTC(2026, 10, 22);
  vi.useFakeTimers({ now: start });
  const clock = createMovableClock();
  const times = acceptTimes(clock);
  expect(times.forFunctions()).toEqual([start]);

  clock.advance(day);
  clock.advance(day);
  expect(times.forFunctions()).toEqual([start + 2 * day, start, start + day]);

  vi.setSystemTime(start + 59_000);
  expect(times.forFunctions()).toContain(start + 59_000);
  vi.setSystemTime(start + 60_000);
  expect(times.forFunctions()).toEqual([start + 2 * day + 60_000]);
  expect(times.forUsers()).toEqual([start + 2 * day + 60_000, start + 60_000]);
  times.stop();
  clock.stop();
});
