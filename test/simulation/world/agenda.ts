import type { Random } from '../random.ts';

/** What is to happen at which simulated time; of two at one time the seed says which is first. */
export interface Agenda {
  /** Epoch milliseconds, UTC; stands still while something happens. */
  readonly now: number;
  /** Plans `run` for a time, or for now where that has passed. */
  at(time: number, run: () => void): Cancel;
  after(milliseconds: number, run: () => void): Cancel;
  /** When the next thing happens; `undefined` for never. */
  readonly nextTime: number | undefined;
  /** Moves the clock to the next thing and does it; false where there is none. */
  step(): boolean;
}

export type Cancel = () => void;

interface Entry {
  readonly time: number;
  readonly tie: number;
  readonly run: () => void;
  isCancelled: boolean;
}

export function createAgenda(startAt: number, random: Random): Agenda {
  let now = startAt;
  /** The next one stands last. */
  const entries: Entry[] = [];

  const isBefore = (a: Entry, b: Entry) => a.time < b.time || (a.time === b.time && a.tie < b.tie);

  const insert = (entry: Entry) => {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = entries[middle];
      if (other !== undefined && isBefore(entry, other)) low = middle + 1;
      else high = middle;
    }
    entries.splice(low, 0, entry);
  };

  const dropCancelled = () => {
    while (entries.at(-1)?.isCancelled) entries.pop();
  };

  const at = (time: number, run: () => void): Cancel => {
    const entry = { time: Math.max(time, now), tie: random.next(), run, isCancelled: false };
    insert(entry);
    return () => {
      entry.isCancelled = true;
    };
  };

  return {
    get now() {
      return now;
    },
    at,
    after: (milliseconds, run) => at(now + milliseconds, run),
    get nextTime() {
      dropCancelled();
      return entries.at(-1)?.time;
    },
    step() {
      dropCancelled();
      const next = entries.pop();
      if (next === undefined) return false;
      now = next.time;
      next.run();
      return true;
    },
  };
}
