import { type Answer, refuse } from '../api/answer.ts';
import { problem } from '../api/problems.ts';
import { shardCount } from '../domain/items.ts';
import type { StaffDependencies } from './dependencies.ts';
import { behind, findOldest, type QueryShard } from './merge-shards.ts';
import { type ObservationRecord, observationRecord } from './observation-record.ts';
import { readPositions, writePositions } from './positions.ts';

export interface ObservationList {
  /** Oldest first. */
  readonly observations: readonly ObservationRecord[];
  /** For the next page; `null` at the end. A page may have fewer than another, or none. */
  readonly nextCursor: string | null;
}

/** How many cases one answer looks at. */
const pageSize = 25;

/**
 * What mode `observe` saw, by age: of the cases that are open still, and of those that have ended
 * within 90 days and were only observed. Nothing is scanned: both stand in the index `open`.
 */
export async function listObservations(
  { records, staffRecords, clock }: StaffDependencies,
  { cursor }: { readonly cursor?: string | undefined },
): Promise<Answer> {
  const until = clock.now();
  const each = Array.from({ length: shardCount }, (_, shard) => shard);
  const partitions: readonly QueryShard[] = [
    ...each.map(
      (shard): QueryShard =>
        (limit, after) =>
          staffRecords.openCases(shard, until, limit, after),
    ),
    ...each.map(
      (shard): QueryShard =>
        (limit, after) =>
          staffRecords.observedCases(shard, limit, after),
    ),
  ];
  const positions = readPositions(cursor, partitions.length);
  if (positions === null) return refuse(unknownCursor);
  // One place more than a page has, if there is one: then another page follows.
  const found = await findOldest(partitions, positions, pageSize + 1);
  const page = found.slice(0, pageSize);
  const cases = await Promise.all(page.map(({ place }) => records.caseAt(place)));
  const body: ObservationList = {
    observations: cases.flatMap((stored) =>
      stored?.observed === undefined ? [] : [observationRecord(stored, stored.observed)],
    ),
    nextCursor: found.length > pageSize ? writePositions(behind(positions, page)) : null,
  };
  return { status: 200, body };
}

const unknownCursor = problem(
  'invalid-request',
  'The cursor is none of ours. Send the one of the page before, or none for the first page.',
);
