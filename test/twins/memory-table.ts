import { marshall } from '@aws-sdk/util-dynamodb';
import type { Item, Key, Table } from '../../functions/domain/ports.ts';

/** DynamoDB: "The maximum item size is 400 KB". */
const largestItemBytes = 400 * 1024;

/** The table in memory, as strict as the real one where the rooms can tell the difference. */
export interface MemoryTable extends Table {
  /** Every item, in order of its keys, for a judge to read. */
  items(): readonly Item[];
}

export function createMemoryTable(): MemoryTable {
  const stored = new Map<string, Item>();
  const nameOf = ({ pk, sk }: Key) => JSON.stringify([pk, sk]);
  const put = (item: Item) => {
    // Refuses what DynamoDB could not hold, such as `undefined`.
    if (Buffer.byteLength(JSON.stringify(marshall(item))) > largestItemBytes) {
      throw new RangeError(`Item ${item.pk} ${item.sk} is larger than 400 KB.`);
    }
    stored.set(nameOf(item), structuredClone(item));
  };
  const sorted = (items: Iterable<Item>) =>
    [...items].sort(bySortKey).map((each) => structuredClone(each));
  return {
    async get(key) {
      const item = stored.get(nameOf(key));
      return item === undefined ? null : structuredClone(item);
    },
    async putNew(item) {
      if (stored.has(nameOf(item))) return false;
      put(item);
      return true;
    },
    async replace(item) {
      if (stored.get(nameOf(item))?.version !== item.version - 1) return false;
      put(item);
      return true;
    },
    async query(pk, skPrefix) {
      return sorted(
        stored.values().filter((item) => item.pk === pk && item.sk.startsWith(skPrefix)),
      );
    },
    async queryIndex(_index, partition, upTo, limit) {
      return [...stored.values()]
        .filter((item) => item.dueShard === partition && String(item.dueAt) <= upTo)
        .sort((a, b) => compare(String(a.dueAt), String(b.dueAt)))
        .slice(0, limit)
        .map(({ pk, sk }) => ({ pk, sk }));
    },
    items: () => sorted(stored.values()),
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const bySortKey = (a: Item, b: Item) => compare(a.pk, b.pk) || compare(a.sk, b.sk);
