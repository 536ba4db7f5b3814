import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type { Item, Key, Table } from '../../functions/domain/ports.ts';
import {
  addUnits,
  indexReadUnits,
  noUnits,
  readUnits,
  type TableIndex,
  type Units,
  writeUnits,
} from './table-units.ts';

export interface MeteredTable {
  readonly table: Table;
  /** The units since the last call. */
  take(): Units;
}

/**
 * A table whose requests are metered as DynamoDB would bill them. The emulator reports no units
 * of indexes; here they follow from what each write changes in each of them.
 */
export function meterTable(table: Table, indexes = templateIndexes()): MeteredTable {
  let sum = noUnits;
  const add = (units: Units) => {
    sum = addUnits(sum, units);
  };
  const write = async (item: Item, put: (item: Item) => Promise<boolean>) => {
    const before = await table.get(item);
    const isWritten = await put(item);
    add(writeUnits({ before, after: isWritten ? item : before, tried: item }, indexes));
    return isWritten;
  };
  const noted = <Answer extends readonly (Item | null)[]>(items: Answer): Answer => {
    add(readUnits(items));
    return items;
  };
  return {
    take() {
      const taken = sum;
      sum = noUnits;
      return taken;
    },
    table: {
      async get(key: Key) {
        const [item = null] = noted([await table.get(key)]);
        return item;
      },
      putNew: (item) => write(item, (each) => table.putNew(each)),
      replace: (item) => write(item, (each) => table.replace(each)),
      query: async (...asked) => noted(await table.query(...asked)),
      queryNewest: async (...asked) => noted(await table.queryNewest(...asked)),
      async queryIndex(...asked) {
        const [name, partition] = asked;
        const places = await table.queryIndex(...asked);
        const index = indexes.find((each) => each.name === name);
        if (index === undefined) throw new Error(`The template has no index ${name}.`);
        const entries = await Promise.all(
          places.map(async ({ pk, sk, at }) => {
            const item = await table.get({ pk, sk });
            const projected = index.projected.map((each) => [each, item?.[each] ?? null]);
            const rest: Readonly<Record<string, unknown>> = Object.fromEntries(projected);
            return { ...rest, pk, sk, [index.partition]: partition, [index.sort]: at };
          }),
        );
        add(indexReadUnits(entries));
        return places;
      },
    },
  };
}

const templateSchema = z.object({ Resources: z.record(z.string(), z.unknown()) });
const tableSchema = z.object({
  Type: z.literal('AWS::DynamoDB::Table'),
  Properties: z.object({
    GlobalSecondaryIndexes: z.array(
      z.object({
        IndexName: z.string(),
        KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })),
        Projection: z.object({ NonKeyAttributes: z._default(z.array(z.string()), []) }),
      }),
    ),
  }),
});

/** The sparse indexes as they would be deployed. */
function templateIndexes(): readonly TableIndex[] {
  const file = new URL('../stack/golden/backstop.template.json', import.meta.url);
  const { Resources } = templateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const tables = Object.values(Resources).flatMap((one) => tableSchema.safeParse(one).data ?? []);
  return tables.flatMap(({ Properties }) =>
    Properties.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => {
      const keyOf = (type: string) =>
        KeySchema.find(({ KeyType }) => KeyType === type)?.AttributeName ?? '';
      return {
        name: IndexName,
        partition: keyOf('HASH'),
        sort: keyOf('RANGE'),
        projected: Projection.NonKeyAttributes,
      };
    }),
  );
}
