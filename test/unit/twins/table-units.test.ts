import { describe, expect, it } from 'vitest';
import type { Item } from '../../../functions/domain/ports.ts';
import { createMemoryTable } from '../../twins/memory-table.ts';
import { meterTable } from '../../twins/metered-table.ts';
import { itemBytes, type TableIndex, writeUnits } from '../../twins/table-units.ts';

const due: TableIndex = { name: 'due', partition: 'dueShard', sort: 'dueAt', projected: [] };
const open: TableIndex = {
  name: 'open',
  partition: 'openShard',
  sort: 'openedAt',
  projected: ['state'],
};

const item = (more: Record<string, unknown> = {}): Item => ({
  pk: 'p',
  sk: 's',
  v: 1,
  version: 1,
  ...more,
});
/** The bytes of `item()`: names and values of pk, sk, v and version. */
const bare = 3 + 3 + 3 + 9;

describe('the size of an item', () => {
  it.each<[string, unknown, number]>([
    ['text', 'abc', 3],
    ['text beyond ASCII', 'ü€', 5],
    ['zero', 0, 1],
    ['one digit', 7, 2],
    ['two digits', 42, 2],
    ['three digits', 424, 3],
    ['zeros at its end', 42_000, 2],
    ['a fraction', 0.05, 2],
    ['a negative number', -42, 3],
    ['a moment', 1_793_620_800_123, 8],
    ['true', true, 1],
    ['null', null, 1],
    ['an empty list', [], 3],
    ['a list', ['ab', 1], 3 + 3 + 3],
    ['an empty map', {}, 3],
    ['a map', { a: 'bc', d: null }, 3 + 2 + 3 + 2],
  ])('with %s', (_what, value, bytes) => {
    expect(itemBytes({ x: value })).toBe(1 + bytes);
  });

  it('is the sum of its attributes', () => {
    expect(itemBytes(item())).toBe(bare);
  });
});

describe('a write costs', () => {
  const big = (kilobytes: number) => item({ x: 'y'.repeat(kilobytes * 1024 - bare - 1) });
  it.each<[string, Item | null, Item, number]>([
    ['one unit up to a KB', null, big(1), 1],
    ['the next one from there on', null, item({ ...big(1), z: '' }), 2],
    ['by the larger item, be it the old one', big(3), item(), 3],
    ['or the new one', item(), big(2), 2],
  ])('%s', (_what, before, tried, write) => {
    expect(writeUnits({ before, after: tried, tried }, [])).toMatchObject({ write });
  });

  it('as much where its condition refuses it', () => {
    expect(writeUnits({ before: big(2), after: big(2), tried: item() }, [due])).toMatchObject({
      write: 2,
      indexWrite: { due: 0 },
    });
  });

  const inDue = (at: string) => item({ dueShard: 'DUE#1', dueAt: at });
  const inOpen = (state: string) => item({ openShard: 'OPEN#1', openedAt: 'now', state });
  it.each<[string, TableIndex, Item | null, Item, number]>([
    ['nothing in an index that the item is not in', due, item(), item({ x: 1 }), 0],
    ['nothing in an index where one of its keys is missing', due, null, item({ dueAt: 'now' }), 0],
    ['one where it appears', due, item(), inDue('now'), 1],
    ['one where it disappears', due, inDue('now'), item(), 1],
    ['two where its key moves', due, inDue('now'), inDue('later'), 2],
    ['nothing where its entry stays', due, inDue('now'), item({ ...inDue('now'), x: 1 }), 0],
    ['one where what is projected changes', open, inOpen('due'), inOpen('waiting'), 1],
    ['nothing where the rest changes', open, inOpen('due'), item({ ...inOpen('due'), x: 1 }), 0],
  ])('%s', (_what, index, before, tried, units) => {
    expect(writeUnits({ before, after: tried, tried }, [index]).indexWrite).toEqual({
      [index.name]: units,
    });
  });
});

describe('the metered table', () => {
  it('counts what is asked of it, and what is refused', async () => {
    const { table, take } = meterTable(createMemoryTable(), [due, open]);
    await table.putNew(item({ dueShard: 'DUE#1', dueAt: 'now' }));
    await table.putNew(item());
    expect(take()).toEqual({ read: 0, write: 2, indexRead: 0, indexWrite: { due: 1, open: 0 } });
    await table.get({ pk: 'p', sk: 's' });
    await table.get({ pk: 'p', sk: 'nothing' });
    await table.query('p', '');
    await table.queryIndex('due', 'DUE#1', 'then', 10);
    await table.queryIndex('due', 'DUE#2', 'then', 10);
    expect(take()).toEqual({ read: 3, write: 0, indexRead: 1, indexWrite: {} });
    expect(take()).toMatchObject({ read: 0, write: 0 });
  });

  it('knows the indexes of the template', async () => {
    const { table, take } = meterTable(createMemoryTable());
    await table.putNew(item());
    expect(Object.keys(take().indexWrite)).toEqual(expect.arrayContaining(['due', 'open']));
  });
});
