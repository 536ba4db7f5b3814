/**
 * The clock of everything that runs on the laptop: real time plus an offset that a person or a
 * test moves forward. The offset lives in shared memory, so that worker threads (functions, the
 * queue emulator) read the same time without asking.
 */
export interface MovableClock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
  /** Moves the time forward; what was due in between fires now, in order of its due time. */
  advance(milliseconds: number): void;
  /** Calls `task` once, when the clock has reached `time` (epoch milliseconds). */
  at(time: number, task: () => void): Cancel;
  /** Calls `listener` after each move. */
  onMove(listener: (now: number) => void): Cancel;
  /** The offset in milliseconds as one 64-bit integer: what a worker thread needs to follow. */
  readonly sharedOffset: SharedArrayBuffer;
  /** Forgets all timers, so that the process can end. */
  stop(): void;
}

export type Cancel = () => void;

interface Timer {
  readonly time: number;
  readonly task: () => void;
}

/** Node's timers hold at most 2^31-1 ms; a later one is armed again when that has passed. */
const longestTimeoutMs = 2_147_483_647;

export function createMovableClock(options: { startAt?: number } = {}): MovableClock {
  const sharedOffset = new SharedArrayBuffer(8);
  const offset = new BigInt64Array(sharedOffset);
  if (options.startAt !== undefined) {
    Atomics.store(offset, 0, BigInt(Math.round(options.startAt - Date.now())));
  }
  const timers = new Set<Timer>();
  const listeners = new Set<(now: number) => void>();
  let wake: NodeJS.Timeout | undefined;

  const now = () => Date.now() + Number(Atomics.load(offset, 0));

  const arm = () => {
    clearTimeout(wake);
    const next = Math.min(...[...timers].map((timer) => timer.time));
    if (next === Number.POSITIVE_INFINITY) return;
    wake = setTimeout(fireDue, Math.min(Math.max(0, next - now()), longestTimeoutMs));
  };

  const fireDue = () => {
    const due = [...timers].filter((timer) => timer.time <= now());
    due.sort((a, b) => a.time - b.time);
    for (const timer of due) {
      if (timers.delete(timer)) timer.task();
    }
    arm();
  };

  return {
    now,
    sharedOffset,
    advance(milliseconds) {
      if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) {
        throw new RangeError(`The clock moves forward by whole milliseconds, not ${milliseconds}.`);
      }
      Atomics.add(offset, 0, BigInt(milliseconds));
      fireDue();
      for (const listener of listeners) listener(now());
    },
    at(time, task) {
      const timer: Timer = { time, task };
      timers.add(timer);
      arm();
      return () => {
        timers.delete(timer);
        arm();
      };
    },
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      clearTimeout(wake);
      timers.clear();
      listeners.clear();
    },
  };
}
