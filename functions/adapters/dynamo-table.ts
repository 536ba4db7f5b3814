import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, type NativeAttributeValue, unmarshall } from '@aws-sdk/util-dynamodb';
import type { IndexName, Item, Key, Table } from '../domain/ports.ts';

/** The table on DynamoDB. */
export function createDynamoTable(client: DynamoDBClient, tableName: string): Table {
  const put = async (item: Item, condition: object): Promise<boolean> => {
    try {
      await client.send(
        new PutItemCommand({ TableName: tableName, Item: marshall(item), ...condition }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };
  return {
    async get({ pk, sk }) {
      const answer = await client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: marshall({ pk, sk }),
          ConsistentRead: true,
        }),
      );
      return answer.Item === undefined ? null : itemOf(unmarshall(answer.Item));
    },
    putNew(item) {
      return put(item, { ConditionExpression: 'attribute_not_exists(pk)' });
    },
    replace(item) {
      return put(item, {
        ConditionExpression: '#version = :before',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: marshall({ ':before': item.version - 1 }),
      });
    },
    query(pk, skPrefix) {
      return queryAll(client, {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: marshall({ ':pk': pk, ':prefix': skPrefix }),
      });
    },
    async queryNewest(pk, skPrefix, { limit, before }) {
      const from = before === undefined ? {} : { ExclusiveStartKey: marshall({ pk, sk: before }) };
      const answer = await client.send(
        new QueryCommand({
          TableName: tableName,
          ConsistentRead: true,
          ScanIndexForward: false,
          Limit: limit,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: marshall({ ':pk': pk, ':prefix': skPrefix }),
          ...from,
        }),
      );
      return (answer.Items ?? []).map((stored) => itemOf(unmarshall(stored)));
    },
    async queryIndex(index, partition, upTo, limit, after) {
      // DynamoDB refuses to begin behind the end, where nothing is left anyway.
      if (after !== undefined && after.at > upTo) return [];
      const { shard, at } = attributesOf[index];
      const from =
        after === undefined
          ? {}
          : {
              ExclusiveStartKey: marshall({
                pk: after.pk,
                sk: after.sk,
                [shard]: partition,
                [at]: after.at,
              }),
            };
      const answer = await client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: index,
          Limit: limit,
          KeyConditionExpression: '#shard = :partition AND #at <= :upTo',
          ExpressionAttributeNames: { '#shard': shard, '#at': at },
          ExpressionAttributeValues: marshall({ ':partition': partition, ':upTo': upTo }),
          ...from,
        }),
      );
      return (answer.Items ?? []).map((stored) => {
        const found = unmarshall(stored);
        return { ...keyOf(found), at: String(found[at]) };
      });
    },
  };
}

/** The attributes by which each index is partitioned and sorted. */
const attributesOf: Readonly<Record<IndexName, { readonly shard: string; readonly at: string }>> = {
  due: { shard: 'dueShard', at: 'dueAt' },
  open: { shard: 'openShard', at: 'openedAt' },
  remind: { shard: 'remindShard', at: 'remindAt' },
};

async function queryAll(
  client: DynamoDBClient,
  input: ConstructorParameters<typeof QueryCommand>[0],
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let from = {};
  for (;;) {
    const page = await client.send(new QueryCommand({ ...input, ...from }));
    items.push(...(page.Items ?? []).map((stored) => itemOf(unmarshall(stored))));
    if (page.LastEvaluatedKey === undefined) return items;
    from = { ExclusiveStartKey: page.LastEvaluatedKey };
  }
}

type Stored = Record<string, NativeAttributeValue>;

const keyOf = (stored: Stored): Key => ({ pk: String(stored.pk), sk: String(stored.sk) });

/** An item that a person wrote by hand may lack the numbers that ours have. */
const itemOf = (stored: Stored): Item => ({
  ...stored,
  ...keyOf(stored),
  v: Number(stored.v ?? 1),
  version: Number(stored.version ?? 0),
});
