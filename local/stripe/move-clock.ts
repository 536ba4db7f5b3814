import type { MovableClock } from '../clock.ts';

const dayMs = 86_400_000;

/** How far the clock goes at once: everything on the way is done, which takes its time. */
export const mostDaysAtOnce = 3650;

/** The last moment that a date of four digits can say. */
const lastMoment = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Moves the clock on, by at most ten years and not past the year 9999.
 *
 * @throws RangeError with a sentence for more.
 */
export function moveClock(clock: MovableClock, milliseconds: number): void {
  if (milliseconds > mostDaysAtOnce * dayMs) {
    throw new RangeError(`The clock moves on by at most ${mostDaysAtOnce} days at once.`);
  }
  refuseTooLate(clock.now() + milliseconds);
  clock.advance(milliseconds);
}

/**
 * Moves the clock to a time (epoch milliseconds, UTC), or leaves it where it is already later.
 *
 * @throws RangeError with a sentence for a time after the year 9999.
 */
export function moveClockTo(clock: MovableClock, time: number): void {
  refuseTooLate(time);
  clock.advance(Math.max(0, Math.ceil(time - clock.now())));
}

function refuseTooLate(time: number): void {
  if (time > lastMoment) throw new RangeError('The clock goes no further than the year 9999.');
}
