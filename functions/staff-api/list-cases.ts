import { type Answer, refuse } from '../api/answer.ts';
import { problem } from '../api/problems.ts';
import type { DunningCase } from '../domain/case/dunning-case.ts';
import { shardCount } from '../domain/items.ts';
import { dayMs } from '../domain/time.ts';
import { type CaseRecord, caseRecord } from './case-record.ts';
import type { StaffDependencies } from './dependencies.ts';
import { behind, findOldest, type QueryShard } from './merge-shards.ts';
import { readPositions, writePositions } from './positions.ts';

/** The states of a case whose invoice may still be collected. */
export const listedStates = [
  'due',
  'waiting',
  'action_required',
  'processing',
  'exhausted',
] as const satisfies readonly DunningCase['progress']['state'][];

export interface CaseList {
  /** Oldest first. */
  readonly cases: readonly CaseRecord[];
  /** For the next page; `null` at the end. A page may have fewer cases than another. */
  readonly nextCursor: string | null;
}

/** How many cases one answer looks at, each by one strong read of at most 1 KB. */
const pageSize = 25;

interface Asked {
  readonly state?: (typeof listedStates)[number] | undefined;
  readonly olderThanDays?: number | undefined;
  /** Only those whose payment is asked back, or may be. */
  readonly troubles?: boolean | undefined;
  readonly cursor?: string | undefined;
}

/**
 * The open cases by age. The index says in which order; each case itself says how it stands, since
 * the index follows it after a moment only.
 */
export async function listCases(dependencies: StaffDependencies, asked: Asked): Promise<Answer> {
  const { records, staffRecords, clock } = dependencies;
  const positions = readPositions(asked.cursor);
  if (positions === null) return refuse(unknownCursor);
  const openedUntil = clock.now() - (asked.olderThanDays ?? 0) * dayMs;
  const shards = Array.from(
    { length: shardCount },
    (_, shard): QueryShard =>
      (limit, after) =>
        staffRecords.openCases(shard, openedUntil, limit, after),
  );
  // One place more than a page has, if there is one: then another page follows.
  const found = await findOldest(shards, positions, pageSize + 1);
  const page = found.slice(0, pageSize);
  const cases = await Promise.all(page.map(({ place }) => records.caseAt(place)));
  const isAsked = ({ progress: { state }, troubles = [] }: DunningCase) => {
    const hasTroubles = troubles.length > 0;
    const isSettled = state === 'recovered' || state === 'closed';
    return (
      (!isSettled || hasTroubles) &&
      (!asked.troubles || hasTroubles) &&
      (asked.state === undefined || state === asked.state)
    );
  };
  const body: CaseList = {
    cases: cases.flatMap((each) => (each !== null && isAsked(each) ? [caseRecord(each)] : [])),
    nextCursor: found.length > pageSize ? writePositions(behind(positions, page)) : null,
  };
  return { status: 200, body };
}

const unknownCursor = problem(
  'invalid-request',
  'The cursor is none of ours. Send the one of the page before, or none for the first page.',
);
