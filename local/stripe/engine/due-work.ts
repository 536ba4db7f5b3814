import type { Tables } from './records.ts';
import type { Transaction } from './transaction.ts';

/** Something that Stripe does by itself at a time (epoch seconds, UTC). */
export interface DueWork {
  readonly at: number;
  readonly carryOut: (tx: Transaction) => void;
}

/**
 * The next work of one kind for the objects of one clock: the ordinary one is null, a test clock
 * is named by its id. Each source looks at its tables once.
 */
export type DueSource = (tables: Tables, testClock: string | null) => DueWork | undefined;

/** The earliest of some works; of two at one time, the one that comes first. */
export function earliestOf(works: readonly (DueWork | undefined)[]): DueWork | undefined {
  return earliestWork(works, (work) => work);
}

/** The earliest work that some rows give rise to. */
export function earliestWork<R>(
  rows: readonly R[],
  workOf: (row: R) => DueWork | undefined,
): DueWork | undefined {
  let next: DueWork | undefined;
  for (const row of rows) {
    const work = workOf(row);
    if (work !== undefined && (next === undefined || work.at < next.at)) next = work;
  }
  return next;
}
