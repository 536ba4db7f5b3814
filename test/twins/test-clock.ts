import type { Clock } from '../../functions/domain/ports.ts';
import type { Instant } from '../../functions/domain/time.ts';

export interface TestClock extends Clock {
  advance(milliseconds: number): void;
}

/** A clock that stands still until the test moves it. */
export function createTestClock(start: Instant): TestClock {
  let time = start;
  return {
    now: () => time,
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}
