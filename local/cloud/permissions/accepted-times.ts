import type { MovableClock } from '../../clock.ts';

/** A request that was signed before a move of the clock arrives within this real time after it. */
const longestWayMs = 60_000;

export interface AcceptedTimes {
  /** What counts as now where a signature's age is judged; epoch milliseconds. */
  forFunctions(): readonly number[];
  /** A person's own programs may follow the machine's clock, which nobody moves. */
  forUsers(): readonly number[];
  stop(): void;
}

/**
 * The clock leaps, which AWS's never does: a request that was on its way then is not too old.
 */
export function acceptTimes(clock: MovableClock): AcceptedTimes {
  const offsetNow = () => clock.now() - Date.now();
  let offset = offsetNow();
  let left: { readonly offset: number; readonly until: number }[] = [];
  const unsubscribe = clock.onMove(() => {
    left = [...left, { offset, until: Date.now() + longestWayMs }];
    offset = offsetNow();
  });
  const forFunctions = () => {
    const real = Date.now();
    left = left.filter(({ until }) => until > real);
    return [clock.now(), ...left.map((one) => real + one.offset)];
  };
  return {
    forFunctions,
    forUsers: () => [...forFunctions(), Date.now()],
    stop: unsubscribe,
  };
}
