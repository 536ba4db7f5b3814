import type { Item, Table } from '../../functions/domain/ports.ts';
import { createItemStore } from './item-store.ts';

/** The table in memory, as strict as the real one where the rooms can tell the difference. */
export interface MemoryTable extends Table {
  /** Every item, in order of its keys, for a judge to read. */
  items(): readonly Item[];
}

export function createMemoryTable(): MemoryTable {
  const store = createItemStore();
  return {
    get: async (key) => store.get(key),
    putNew: async (item) => store.putNew(item),
    replace: async (item) => store.replace(item),
    query: async (pk, skPrefix) => store.query(pk, skPrefix),
    queryNewest: async (pk, skPrefix, page) => store.queryNewest(pk, skPrefix, page),
    queryIndex: async (...asked) => store.queryIndex(...asked),
    items: () => store.all.toSorted((a, b) => compare(a.pk, b.pk) || compare(a.sk, b.sk)),
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
