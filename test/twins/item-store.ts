import { marshall } from '@aws-sdk/util-dynamodb';
import type { IndexName, IndexPlace, Item, Key, NewestPage } from '../../functions/domain/ports.ts';

/** DynamoDB: "The maximum item size is 400 KB". */
const largestItemBytes = 400 * 1024;

/** The items of one table and its indexes; each operation happens all at once. */
export interface ItemStore {
  get(key: Key): Item | null;
  putNew(item: Item): boolean;
  replace(item: Item): boolean;
  query(pk: string, skPrefix: string): readonly Item[];
  queryNewest(pk: string, skPrefix: string, page: NewestPage): readonly Item[];
  queryIndex(
    index: IndexName,
    partition: string,
    upTo: string,
    limit: number,
    after?: IndexPlace,
  ): readonly IndexPlace[];
  /** Every item as it is now, in the order in which they were first written. */
  readonly all: readonly Item[];
}

export interface ItemStoreOptions {
  /** Called after each write. */
  readonly onWrite?: (before: Item | null, after: Item) => void;
  /** The index follows when `update` is called. @default at once */
  readonly updateIndex?: (update: () => void) => void;
}

/** Items that are kept are frozen: nobody can change the table but by a write. */
export function createItemStore(options: ItemStoreOptions = {}): ItemStore {
  const { onWrite, updateIndex = (update) => update() } = options;
  const all: Item[] = [];
  const places = new Map<string, number>();
  const index = new Map<string, Item>();
  const nameOf = ({ pk, sk }: Key) => JSON.stringify([pk, sk]);

  const find = (key: Key): Item | null => {
    const place = places.get(nameOf(key));
    return place === undefined ? null : (all[place] ?? null);
  };

  const put = (item: Item): true => {
    refuse(item);
    const name = nameOf(item);
    const before = find(item);
    const after = freeze(structuredClone(item));
    const place = places.get(name) ?? all.length;
    places.set(name, place);
    all[place] = after;
    updateIndex(() => {
      // A later write may have come here first.
      if ((index.get(name)?.version ?? 0) <= after.version) index.set(name, after);
    });
    onWrite?.(before, after);
    return true;
  };

  return {
    all,
    get: find,
    putNew: (item) => find(item) === null && put(item),
    replace: (item) => find(item)?.version === item.version - 1 && put(item),
    query: (pk, skPrefix) =>
      all.filter((item) => item.pk === pk && item.sk.startsWith(skPrefix)).sort(bySortKey),
    queryNewest: (pk, skPrefix, { limit, before }) =>
      all
        .filter((item) => item.pk === pk && item.sk.startsWith(skPrefix))
        .filter((item) => before === undefined || item.sk < before)
        .sort((a, b) => bySortKey(b, a))
        .slice(0, limit),
    queryIndex: (name, partition, upTo, limit, after) =>
      [...index.values()]
        .flatMap((item) => placeIn(name, partition, item))
        .filter((place) => place.at <= upTo)
        .filter((place) => after === undefined || byPlace(place, after) > 0)
        .sort(byPlace)
        .slice(0, limit),
  };
}

/** @throws for what DynamoDB could not hold, such as `undefined` or an item over its limit. */
function refuse(item: Item): void {
  if (Buffer.byteLength(JSON.stringify(marshall(item))) > largestItemBytes) {
    throw new RangeError(`Item ${item.pk} ${item.sk} is larger than 400 KB.`);
  }
}

function freeze<Thing>(thing: Thing): Thing {
  if (typeof thing === 'object' && thing !== null && !Object.isFrozen(thing)) {
    Object.freeze(thing);
    for (const value of Object.values(thing)) freeze(value);
  }
  return thing;
}

/** Where the item stands in that partition of an index; nowhere if it lacks the attributes. */
function placeIn(index: IndexName, partition: string, item: Item): readonly IndexPlace[] {
  const [shard, at] = {
    due: [item.dueShard, item.dueAt],
    open: [item.openShard, item.openedAt],
    remind: [item.remindShard, item.remindAt],
  }[index];
  if (shard !== partition || typeof at !== 'string') return [];
  return [{ pk: item.pk, sk: item.sk, at }];
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byPlace = (a: IndexPlace, b: IndexPlace) => compare(a.at, b.at) || bySortKey(a, b);
const bySortKey = (a: Key, b: Key) => compare(a.pk, b.pk) || compare(a.sk, b.sk);
