import { type Answer, refuse } from '../api/answer.ts';
import { problem } from '../api/problems.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import { shardCount } from '../domain/items.ts';
import type { IndexPlace } from '../domain/ports.ts';
import { dayMs } from '../domain/time.ts';
import { type CaseRecord, caseRecord } from './case-record.ts';
import type { StaffDependencies } from './dependencies.ts';
import { type Positions, readPositions, writePositions } from './positions.ts';

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
  readonly cursor?: string | undefined;
}

/**
 * The open cases by age. The index says in which order; each case itself says how it stands, since
 * the index follows it after a moment only.
 */
export async function listCases(dependencies: StaffDependencies, asked: Asked): Promise<Answer> {
  const { records, clock } = dependencies;
  const positions = readPositions(asked.cursor);
  if (positions === null) return refuse(unknownCursor);
  const openedUntil = clock.now() - (asked.olderThanDays ?? 0) * dayMs;
  const found = await findOldest(dependencies, positions, openedUntil);
  const page = found.slice(0, pageSize);
  const cases = await Promise.all(page.map(({ place }) => records.caseAt(place)));
  const isAsked = ({ progress: { state } }: DunningCase) =>
    state !== 'recovered' &&
    state !== 'closed' &&
    (asked.state === undefined || state === asked.state);
  const body: CaseList = {
    cases: cases.flatMap((each) => (each !== null && isAsked(each) ? [caseRecord(each)] : [])),
    nextCursor: found.length > pageSize ? writePositions(after(positions, page)) : null,
  };
  return { status: 200, body };
}

interface Found {
  readonly shard: number;
  readonly place: IndexPlace;
}

/** One place more than a page has, if there is one: then another page follows. */
async function findOldest(
  { staffRecords }: StaffDependencies,
  positions: Positions,
  openedUntil: number,
): Promise<readonly Found[]> {
  const shards = await Promise.all(
    Array.from({ length: shardCount }, async (_, shard) => {
      const places = await staffRecords.openCases(
        shard,
        openedUntil,
        pageSize + 1,
        positions[shard] ?? undefined,
      );
      return places.map((place) => ({ shard, place }));
    }),
  );
  // The sort is stable: what was opened at the same time stays in the order of its shard.
  return shards
    .flat()
    .sort((a, b) => (a.place.at < b.place.at ? -1 : Number(a.place.at > b.place.at)));
}

/** Where each shard goes on behind this page. */
function after(positions: Positions, page: readonly Found[]): Positions {
  return Array.from(
    { length: shardCount },
    (_, shard) =>
      page.findLast((found) => found.shard === shard)?.place ?? positions[shard] ?? null,
  );
}

const unknownCursor = problem(
  'invalid-request',
  'The cursor is none of ours. Send the one of the page before, or none for the first page.',
);
