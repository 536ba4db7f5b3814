import type { IndexPlace } from '../domain/ports.ts';
import type { Positions } from './positions.ts';

/** Places of one partition of an index, oldest first, behind `after`. */
export type QueryShard = (
  limit: number,
  after: IndexPlace | undefined,
) => Promise<readonly IndexPlace[]>;

export interface Found {
  readonly shard: number;
  readonly place: IndexPlace;
}

/** The oldest places of all partitions, each from where the page before ended. */
export async function findOldest(
  shards: readonly QueryShard[],
  positions: Positions,
  limit: number,
): Promise<readonly Found[]> {
  const found = await Promise.all(
    shards.map(async (query, shard) => {
      const places = await query(limit, positions[shard] ?? undefined);
      return places.map((place) => ({ shard, place }));
    }),
  );
  // The sort is stable: what was opened at the same time stays in the order of its shard.
  return found
    .flat()
    .sort((a, b) => (a.place.at < b.place.at ? -1 : Number(a.place.at > b.place.at)));
}

/** Where each partition goes on behind this page. */
export const behind = (positions: Positions, page: readonly Found[]): Positions =>
  positions.map(
    (before, shard) => page.findLast((found) => found.shard === shard)?.place ?? before,
  );
