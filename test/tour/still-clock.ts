import type { MovableClock } from '../../local/clock.ts';

interface Timer {
  readonly time: number;
  readonly task: () => void;
}

/** A clock of the local Stripe that stands still until it is moved: the same run, the same times. */
export function createStillClock(startAt: number): MovableClock {
  let time = startAt;
  const timers = new Set<Timer>();
  const listeners = new Set<(now: number) => void>();
  const fireDue = () => {
    const due = [...timers].filter((timer) => timer.time <= time);
    due.sort((a, b) => a.time - b.time);
    for (const timer of due) if (timers.delete(timer)) timer.task();
  };
  return {
    now: () => time,
    sharedOffset: new SharedArrayBuffer(8),
    advance(milliseconds) {
      time += milliseconds;
      fireDue();
      for (const listener of listeners) listener(time);
    },
    at(at, task) {
      const timer: Timer = { time: at, task };
      timers.add(timer);
      // As a timer does: not before whoever set it has gone on.
      queueMicrotask(fireDue);
      return () => timers.delete(timer);
    },
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      timers.clear();
      listeners.clear();
    },
  };
}
