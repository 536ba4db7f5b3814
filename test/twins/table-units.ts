import type { Item, Key } from '../../functions/domain/ports.ts';

/** A sparse index of the table, as the template has it. */
export interface TableIndex {
  readonly name: string;
  readonly partition: string;
  readonly sort: string;
  /** Attributes beside the keys. */
  readonly projected: readonly string[];
}

/** Capacity units of a table on demand. */
export interface Units {
  readonly read: number;
  /** Of the table itself. */
  readonly write: number;
  /** Of each index that was read. */
  readonly indexRead: number;
  /** Of each index, by its name. */
  readonly indexWrite: Readonly<Record<string, number>>;
}

export const noUnits: Units = { read: 0, write: 0, indexRead: 0, indexWrite: {} };

export const addUnits = (a: Units, b: Units): Units => ({
  read: a.read + b.read,
  write: a.write + b.write,
  indexRead: a.indexRead + b.indexRead,
  indexWrite: Object.fromEntries(
    [...new Set([...Object.keys(a.indexWrite), ...Object.keys(b.indexWrite)])].map((name) => [
      name,
      (a.indexWrite[name] ?? 0) + (b.indexWrite[name] ?? 0),
    ]),
  ),
});

/**
 * Bytes of an item by DynamoDB's rules: names and texts in UTF-8, a number one byte for two digits
 * and one more, a list or map three bytes and one for each member.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const itemBytes = (item: Readonly<Record<string, unknown>>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + textBytes(name) + valueBytes(value), 0);

function valueBytes(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return textBytes(value);
    case 'number':
      return numberBytes(value);
    case 'boolean':
      return 1;
    case 'object':
      if (value === null) return 1;
      return Array.isArray(value)
        ? 3 + value.reduce((sum: number, each) => sum + 1 + valueBytes(each), 0)
        : 3 + Object.keys(value).length + itemBytes(Object.fromEntries(Object.entries(value)));
    default:
      throw new TypeError(`DynamoDB holds no ${typeof value}.`);
  }
}

const textBytes = (text: string): number => Buffer.byteLength(text);

/** Zeros before and after do not count; a negative number has a byte more. */
function numberBytes(value: number): number {
  const digits = String(Math.abs(value)).replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return Math.ceil(digits.length / 2) + 1 + (value < 0 ? 1 : 0);
}

const ceilUnits = (bytes: number, unitBytes: number): number =>
  Math.max(1, Math.ceil(bytes / unitBytes));

/** Strongly consistent: one unit for each 4 KB, and one for what is not there. */
export const readUnits = (items: readonly (Item | null)[]): Units => ({
  ...noUnits,
  read: ceilUnits(
    items.reduce((sum, item) => sum + (item === null ? 0 : itemBytes(item)), 0),
    4096,
  ),
});

/** Indexes are read eventually consistent, for half of it. */
export const indexReadUnits = (entries: readonly object[]): Units => ({
  ...noUnits,
  indexRead:
    ceilUnits(
      entries.reduce((sum, entry) => sum + itemBytes({ ...entry }), 0),
      4096,
    ) / 2,
});

/**
 * A put: the larger of the two items. Each index by what becomes of its entry: it appears,
 * disappears or changes what is projected (one write), or changes its key (two).
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes
 * @param before What was stored; `null` where nothing was.
 * @param after What is stored now; a put that its condition refused stores what was there before.
 * @param tried What was to be stored.
 */
export function writeUnits(
  { before, after, tried }: { before: Item | null; after: Item | null; tried: Item },
  indexes: readonly TableIndex[],
): Units {
  const largest = Math.max(before === null ? 0 : itemBytes(before), itemBytes(tried));
  const indexWrite = Object.fromEntries(
    indexes.map((index) => [index.name, indexWrites(index, before, after)]),
  );
  return { ...noUnits, write: ceilUnits(largest, 1024), indexWrite };
}

type Entry = Readonly<Record<string, unknown>>;

function indexWrites(index: TableIndex, before: Item | null, after: Item | null): number {
  const old = entryOf(index, before);
  const now = entryOf(index, after);
  const units = (entry: Entry) => ceilUnits(itemBytes(entry), 1024);
  if (old === null && now === null) return 0;
  if (old === null) return units(now ?? {});
  if (now === null) return units(old);
  if (JSON.stringify(old) === JSON.stringify(now)) return 0;
  const keyChanged = [index.partition, index.sort].some((name) => old[name] !== now[name]);
  return keyChanged ? units(old) + units(now) : Math.max(units(old), units(now));
}

/** What the index holds of an item; `null` where the item lacks a key of it. */
export function entryOf(
  { partition, sort, projected }: TableIndex,
  item: (Item & Key) | null,
): Entry | null {
  if (item === null || item[partition] === undefined || item[sort] === undefined) return null;
  const names = ['pk', 'sk', partition, sort, ...projected].filter(
    (name) => item[name] !== undefined,
  );
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}
