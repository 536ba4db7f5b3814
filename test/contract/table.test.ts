import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Item, Table } from '../../functions/domain/ports.ts';
import { createMemoryTable } from '../twins/memory-table.ts';
import { openStores, type Stores } from './stores.ts';

let stores: Stores;
beforeAll(async () => {
  stores = await openStores();
});
afterAll(() => stores.stop());

const item = (sk: string, version: number, more: Record<string, unknown> = {}): Item => ({
  pk: 'CUSTOMER#cus_1',
  sk,
  v: 1,
  version,
  ...more,
});

describe.each([
  { name: 'the table in memory', open: (): Table => createMemoryTable() },
  { name: 'the table on DynamoDB', open: (): Table => stores.table },
])('$name', ({ open }) => {
  let table: Table;
  /** Each test has sort keys of its own: the real table is one for all. */
  let prefix = 0;
  const key = (name: string) => `${prefix}#${name}`;
  beforeAll(() => {
    table = open();
  });
  const begin = () => {
    prefix += 1;
  };

  it('has nothing under a key that was never written', async () => {
    begin();
    expect(await table.get({ pk: 'CUSTOMER#cus_1', sk: key('A') })).toBeNull();
  });

  it('gives back what was put, nested values and all', async () => {
    begin();
    const put = item(key('A'), 1, {
      amountDue: { amount: 4900, currency: 'usd' },
      owed: [{ kind: 'notice', at: 1_790_000_000_000 }],
      pass: null,
      ownsCollection: true,
      name: 'Zoë "quoted" 漢字',
    });
    expect(await table.putNew(put)).toBe(true);
    expect(await table.get(put)).toEqual(put);
  });

  it('puts a new item once, and leaves the first as it is', async () => {
    begin();
    const first = item(key('A'), 1, { by: 'first' });
    expect(await table.putNew(first)).toBe(true);
    expect(await table.putNew({ ...first, by: 'second' })).toBe(false);
    expect(await table.get(first)).toMatchObject({ by: 'first' });
  });

  it('replaces only the version before, so that of two writers one loses', async () => {
    begin();
    const first = item(key('A'), 1);
    await table.putNew(first);
    const winners = await Promise.all(
      ['a', 'b', 'c'].map((by) => table.replace({ ...first, version: 2, by })),
    );
    expect(winners.filter(Boolean)).toHaveLength(1);
    expect(await table.replace({ ...first, version: 4 })).toBe(false);
    expect(await table.get(first)).toMatchObject({ version: 2 });
  });

  it('replaces nothing where there is nothing', async () => {
    begin();
    expect(await table.replace(item(key('A'), 1))).toBe(false);
    expect(await table.get(item(key('A'), 1))).toBeNull();
  });

  it('replaces the whole item: what the next version lacks is gone', async () => {
    begin();
    const first = item(key('A'), 1, { gone: 'soon' });
    await table.putNew(first);
    await table.replace(item(key('A'), 2));
    expect(await table.get(first)).toEqual(item(key('A'), 2));
  });

  it('refuses a value that it could not give back', async () => {
    begin();
    await expect(table.putNew(item(key('A'), 1, { nothing: undefined }))).rejects.toThrow(
      /undefined/,
    );
  });

  it('finds the items of a partition by the beginning of their sort key, in order', async () => {
    begin();
    for (const name of ['LOG#2', 'LOG#1', 'V#CASE', 'LOG#10']) {
      await table.putNew(item(key(name), 1));
    }
    await table.putNew({ ...item(key('LOG#3'), 1), pk: 'CUSTOMER#other' });
    const found = await table.query('CUSTOMER#cus_1', key('LOG#'));
    expect(found.map(({ sk }) => sk)).toEqual([key('LOG#1'), key('LOG#10'), key('LOG#2')]);
  });

  it('finds all items of a partition, however many pages they fill', async () => {
    begin();
    const filler = 'x'.repeat(100_000);
    for (let number = 10; number < 24; number += 1) {
      await table.putNew(item(key(`P#${number}`), 1, { filler }));
    }
    const found = await table.query('CUSTOMER#cus_1', key('P#'));
    expect(found).toHaveLength(14);
  });

  it('gives the newest of a partition page by page, beginning before the last one seen', async () => {
    begin();
    for (const name of ['A#1', 'A#2', 'A#3', 'A#4', 'B#1']) await table.putNew(item(key(name), 1));
    const page = async (limit: number, before?: string) => {
      const from = before === undefined ? { limit } : { limit, before: key(before) };
      const found = await table.queryNewest('CUSTOMER#cus_1', key('A#'), from);
      return found.map(({ sk }) => sk);
    };
    expect(await page(2)).toEqual([key('A#4'), key('A#3')]);
    expect(await page(2, 'A#3')).toEqual([key('A#2'), key('A#1')]);
    expect(await page(2, 'A#1')).toEqual([]);
    // What was seen last need not be there any more, nor ever have been.
    expect(await page(9, 'A#25')).toEqual([key('A#2'), key('A#1')]);
  });

  it('reads its indexes page by page, each place once', async () => {
    begin();
    const openShard = key('OPEN');
    const days = ['2026-11-21', '2026-11-22', '2026-11-22', '2026-11-22', '2026-11-23'];
    for (const [n, day] of days.entries()) {
      const openedAt = `${day}T00:00:00.000Z`;
      await table.putNew(item(key(`C${n}`), 1, { openShard, openedAt, dueShard: 'DUE#x' }));
    }
    const upTo = '2026-11-22T12:00:00.000Z';
    const first = await table.queryIndex('open', openShard, upTo, 2);
    expect(first).toHaveLength(2);
    expect(first[0]).toEqual({
      pk: 'CUSTOMER#cus_1',
      sk: key('C0'),
      at: '2026-11-21T00:00:00.000Z',
    });
    const second = await table.queryIndex('open', openShard, upTo, 9, first[1]);
    expect([...first, ...second].map(({ sk }) => sk).toSorted()).toEqual(
      [0, 1, 2, 3].map((n) => key(`C${n}`)),
    );
    const [last] = second.slice(-1);
    expect(await table.queryIndex('open', openShard, upTo, 9, last)).toEqual([]);
    // A place that is behind the end by now, and one whose item has left the index.
    expect(
      await table.queryIndex('open', openShard, '2026-11-20T00:00:00.000Z', 9, first[1]),
    ).toEqual([]);
    await table.replace(item(key('C0'), 2));
    const behind = await table.queryIndex('open', openShard, upTo, 9, first[0]);
    expect(behind).toHaveLength(3);
  });

  it('has cards to look at in an index of their own', async () => {
    begin();
    const remindShard = key('REMIND');
    const remindAt = (day: number) => `2026-11-2${day}T00:00:00.000Z`;
    await table.putNew(item(key('later'), 1, { remindShard, remindAt: remindAt(3) }));
    await table.putNew(item(key('second'), 1, { remindShard, remindAt: remindAt(2) }));
    await table.putNew(item(key('first'), 1, { remindShard, remindAt: remindAt(1) }));
    await table.putNew(item(key('due'), 1, { dueShard: remindShard, dueAt: remindAt(1) }));
    const first = await table.queryIndex('remind', remindShard, remindAt(2), 1);
    expect(first).toEqual([{ pk: 'CUSTOMER#cus_1', sk: key('first'), at: remindAt(1) }]);
    const rest = await table.queryIndex('remind', remindShard, remindAt(2), 9, first[0]);
    expect(rest.map(({ sk }) => sk)).toEqual([key('second')]);
  });

  it('has in its index what is due up to a time, soonest first, and nothing that is not due', async () => {
    begin();
    const dueShard = key('DUE');
    await table.putNew(item(key('late'), 1, { dueShard, dueAt: '2026-11-23T00:00:00.000Z' }));
    await table.putNew(item(key('now'), 1, { dueShard, dueAt: '2026-11-22T00:00:00.000Z' }));
    await table.putNew(item(key('soon'), 1, { dueShard, dueAt: '2026-11-21T00:00:00.000Z' }));
    await table.putNew(item(key('ended'), 1));
    const due = (limit: number) =>
      table.queryIndex('due', dueShard, '2026-11-22T00:00:00.000Z', limit);
    expect((await due(10)).map(({ sk }) => sk)).toEqual([key('soon'), key('now')]);
    expect((await due(1)).map(({ sk }) => sk)).toEqual([key('soon')]);
  });

  it('drops an item from the index when its next version is not due', async () => {
    begin();
    const dueShard = key('DUE');
    await table.putNew(item(key('A'), 1, { dueShard, dueAt: '2026-11-21T00:00:00.000Z' }));
    await table.replace(item(key('A'), 2));
    expect(await table.queryIndex('due', dueShard, '2027-01-01T00:00:00.000Z', 10)).toEqual([]);
  });
});
