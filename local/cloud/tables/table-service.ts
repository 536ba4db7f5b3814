import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { type AttributeValue, DynamoDB } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import dynalite from 'dynalite';
import { account } from '../account.ts';
import type { Service } from '../functions/gateway.ts';
import { forward } from '../http/http-exchange.ts';
import { isForeign, portOf, refuse } from '../http/loopback.ts';
import type { IndexPlan, TablePlan } from '../template/read-tables.ts';

export interface TableService extends Service {
  /** Every item of a table, as plain objects. */
  items(tableName: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/**
 * DynamoDB on dynalite. It has no transactions, no streams and no
 * `ReturnValuesOnConditionCheckFailure`, and deletes nothing by TTL.
 *
 * @throws Error when a table that was kept has other keys or indexes than the template.
 */
export async function startTableService(
  plans: readonly TablePlan[],
  dataDirectory: string | undefined,
): Promise<TableService> {
  if (dataDirectory !== undefined) await mkdir(dataDirectory, { recursive: true });
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(dataDirectory !== undefined && { path: dataDirectory }),
  });
  const [handle] = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (isForeign(request.headers, portOf(server))) refuse(response);
    else handle?.call(server, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${portOf(server)}`;
  const client = new DynamoDB({
    endpoint: url,
    region: account.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const stop = async () => {
    client.destroy();
    server.closeAllConnections();
    const closed = Promise.withResolvers<void>();
    server.close((error) => (error ? closed.reject(error) : closed.resolve()));
    await closed.promise;
  };
  try {
    for (const plan of plans) await defineTable(client, plan, dataDirectory);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    part: 'table',
    handle: ({ http }) => forward(http, url),
    items: (tableName) => scan(client, tableName),
    stop,
  };
}

async function scan(client: DynamoDB, tableName: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.scan({
      TableName: tableName,
      ConsistentRead: true,
      ...(start && { ExclusiveStartKey: start }),
    });
    items.push(...(page.Items ?? []).map((item) => unmarshall(item)));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

async function defineTable(
  client: DynamoDB,
  plan: TablePlan,
  dataDirectory: string | undefined,
): Promise<void> {
  const { TableNames = [] } = await client.listTables({});
  if (TableNames.includes(plan.name)) {
    const { Table } = await client.describeTable({ TableName: plan.name });
    const kept = definitionOf(
      Table?.KeySchema,
      Table?.AttributeDefinitions,
      Table?.GlobalSecondaryIndexes,
      Table?.LocalSecondaryIndexes,
    );
    if (kept === planned(plan)) return;
    throw new Error(
      `The table ${plan.name} in ${dataDirectory} was made with other keys or indexes than the ` +
        'template has now: start with another data folder, or remove this one.',
    );
  }
  // The parameter is built from the template's texts, which DynamoDB itself checks.
  await client.createTable({
    TableName: plan.name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: plan.KeySchema,
    AttributeDefinitions: plan.AttributeDefinitions,
    ...(plan.GlobalSecondaryIndexes.length > 0 && {
      GlobalSecondaryIndexes: plan.GlobalSecondaryIndexes,
    }),
    ...(plan.LocalSecondaryIndexes.length > 0 && {
      LocalSecondaryIndexes: plan.LocalSecondaryIndexes,
    }),
  } as unknown as Parameters<DynamoDB['createTable']>[0]);
  let status: string | undefined;
  do {
    status = (await client.describeTable({ TableName: plan.name })).Table?.TableStatus;
  } while (status !== 'ACTIVE');
}

function planned(plan: TablePlan): string {
  return definitionOf(
    plan.KeySchema,
    plan.AttributeDefinitions,
    plan.GlobalSecondaryIndexes,
    plan.LocalSecondaryIndexes,
  );
}

interface KeyElement {
  readonly AttributeName?: string | undefined;
  readonly KeyType?: string | undefined;
}
type Definition = Partial<Pick<IndexPlan, 'IndexName'>> & {
  readonly KeySchema?: readonly KeyElement[] | undefined;
  readonly Projection?:
    | {
        readonly ProjectionType?: string | undefined;
        readonly NonKeyAttributes?: readonly string[] | undefined;
      }
    | undefined;
};

/** Keys, their types and the indexes as one comparable text, whatever order they stand in. */
function definitionOf(
  keys: readonly KeyElement[] | undefined,
  types:
    | readonly { AttributeName?: string | undefined; AttributeType?: string | undefined }[]
    | undefined,
  ...indexes: readonly (
    | readonly { [K in keyof Definition]: Definition[K] | undefined }[]
    | undefined
  )[]
): string {
  const keyText = (elements: readonly KeyElement[] | undefined) =>
    (elements ?? []).map(({ AttributeName, KeyType }) => `${AttributeName}:${KeyType}`).sort();
  return JSON.stringify([
    keyText(keys),
    (types ?? [])
      .map(({ AttributeName, AttributeType }) => `${AttributeName}:${AttributeType}`)
      .sort(),
    indexes.map((list) =>
      (list ?? [])
        .map(({ IndexName, KeySchema, Projection }) =>
          JSON.stringify([
            IndexName,
            keyText(KeySchema),
            Projection?.ProjectionType,
            [...(Projection?.NonKeyAttributes ?? [])].sort(),
          ]),
        )
        .sort(),
    ),
  ]);
}
