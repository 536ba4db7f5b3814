import type { Money } from '../../../functions/domain/money.ts';
import type { ObservationRecord } from '../../../functions/staff-api/observation-record.ts';

/** What mode `observe` saw, in figures; nothing in it is estimated. */
export interface Summary {
  /** Failed invoices that were only observed. */
  readonly failures: Tally;
  /** When the first and the last of them failed; `null` where there are none. */
  readonly between: readonly [string, string] | null;
  /** How many more there are that were taken over since, and count nowhere here. */
  readonly takenOver: number;
  readonly byCode: readonly CodeLine[];
  /** What the first pass of each would have done. */
  readonly first: Readonly<Record<FirstStep, number>>;
  /** Charges that would have been made, should each have been refused. */
  readonly tries: Readonly<Record<'primary' | 'secondary', number>>;
  /** Those of whom somebody else was paid: Stripe's own retries, or the customer. */
  readonly paidWithoutUs: Tally;
  /** Of those with the method that had been refused: most are Stripe's own retries. */
  readonly paidByPrimary: number;
  readonly openStill: Tally;
  readonly endedUnpaid: Tally;
  /** Of the unpaid, those for which a usable, consented backup would have been tried. */
  readonly unpaidWithBackup: Tally;
  /** Median days from the failure until the backup would have been tried; `null`: never. */
  readonly daysToBackup: number | null;
}

/**
 * - `primary`: the refused method once more at once;
 * - `secondary`: the backup at once;
 * - `waits`: the backup, later by the policy;
 * - `nothing`: on to the schedule.
 */
export type FirstStep = 'primary' | 'secondary' | 'waits' | 'nothing';

export interface Tally {
  readonly count: number;
  /** By currency, in alphabetical order. */
  readonly amounts: readonly Money[];
}

export interface CodeLine {
  /** Stripe's decline code, or its error code where there is none. */
  readonly code: string;
  readonly failures: number;
  readonly paidWithoutUs: number;
}

const dayMs = 86_400_000;

export function summarize(all: readonly ObservationRecord[]): Summary {
  const observed = all.filter(({ onlyObserved }) => onlyObserved);
  const paid = observed.filter(({ paidAt }) => paidAt !== null);
  const unpaid = observed.filter(({ paidAt }) => paidAt === null);
  const failedAt = observed.map((each) => each.failedAt).sort();
  const [first, last] = [failedAt[0], failedAt.at(-1)];
  const tries = observed.flatMap(({ passes }) => passes.flatMap((pass) => pass.tries));
  return {
    failures: tally(observed),
    between: first === undefined || last === undefined ? null : [first, last],
    takenOver: all.length - observed.length,
    byCode: byCode(observed),
    first: countFirst(observed),
    tries: {
      primary: tries.filter(({ role }) => role === 'primary').length,
      secondary: tries.filter(({ role }) => role === 'secondary').length,
    },
    paidWithoutUs: tally(paid),
    paidByPrimary: paid.filter(({ later }) =>
      later.some((each) => each.paid && each.role === 'primary'),
    ).length,
    openStill: tally(unpaid.filter(({ state }) => state !== 'closed')),
    endedUnpaid: tally(unpaid.filter(({ state }) => state === 'closed')),
    unpaidWithBackup: tally(unpaid.filter((each) => backupAt(each) !== null)),
    daysToBackup: median(observed.flatMap(daysToBackup)),
  };
}

function tally(observed: readonly ObservationRecord[]): Tally {
  const sums = new Map<string, number>();
  for (const { amount } of observed) {
    sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.amount);
  }
  const amounts = [...sums]
    .map(([currency, amount]) => ({ currency, amount }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
  return { count: observed.length, amounts };
}

/** The most frequent first. */
function byCode(observed: readonly ObservationRecord[]): readonly CodeLine[] {
  const groups = Map.groupBy(
    observed,
    ({ refusal }) => refusal?.declineCode ?? refusal?.code ?? 'not known',
  );
  return [...groups]
    .map(([code, group]) => ({
      code,
      failures: group.length,
      paidWithoutUs: group.filter(({ paidAt }) => paidAt !== null).length,
    }))
    .sort((a, b) => b.failures - a.failures || (a.code < b.code ? -1 : 1));
}

function countFirst(observed: readonly ObservationRecord[]): Summary['first'] {
  const counts = { primary: 0, secondary: 0, waits: 0, nothing: 0 };
  for (const each of observed) counts[firstStep(each)] += 1;
  return counts;
}

function firstStep({ passes }: ObservationRecord): FirstStep {
  const [first] = passes;
  const role = first?.tries[0]?.role;
  if (role !== undefined) return role;
  return first === undefined || first.fallbackAt === null ? 'nothing' : 'waits';
}

/** When the backup would have been tried first; `null` where in no pass. */
const backupAt = ({ passes }: ObservationRecord): string | null =>
  passes.find(({ tries }) => tries.some(({ role }) => role === 'secondary'))?.at ?? null;

function daysToBackup(observed: ObservationRecord): readonly number[] {
  const at = backupAt(observed);
  return at === null ? [] : [(Date.parse(at) - Date.parse(observed.failedAt)) / dayMs];
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const lower = sorted[sorted.length - 1 - middle];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
