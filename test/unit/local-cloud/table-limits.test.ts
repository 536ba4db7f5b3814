import { describe, expect, it } from 'vitest';
import { operatorClients } from './fixtures/operator-clients.ts';
import { shareFixture } from './fixtures/start-fixture.ts';

const TableName = 'Fixture-Table';
const itemLimitBytes = 400 * 1024;

/** "Constraints in Amazon DynamoDB" and "Quotas in Amazon DynamoDB", as the emulator keeps them. */
describe("DynamoDB's limits", () => {
  const fixture = shareFixture({
    change({ Resources }) {
      // A table with a sort key, for the limit of its size.
      Object.assign(Resources, {
        Sorted: {
          Type: 'AWS::DynamoDB::Table',
          Properties: {
            TableName: 'sorted',
            AttributeDefinitions: [
              { AttributeName: 'id', AttributeType: 'S' },
              { AttributeName: 'at', AttributeType: 'S' },
            ],
            KeySchema: [
              { AttributeName: 'id', KeyType: 'HASH' },
              { AttributeName: 'at', KeyType: 'RANGE' },
            ],
            BillingMode: 'PAY_PER_REQUEST',
          },
        },
      });
    },
  });
  const table = () => operatorClients(fixture().cloud).dynamodb;
  const text = (bytes: number) => ({ S: 'a'.repeat(bytes) });
  /** An item of exactly so many bytes: names count, and a text with its UTF-8 bytes. */
  const itemOf = (id: string, bytes: number) => ({
    id: { S: id },
    v: text(bytes - 'id'.length - id.length - 'v'.length),
  });
  const refused = { name: 'ValidationException' };

  it('are 400 KB for an item that is put', async () => {
    const put = (bytes: number) => table().putItem({ TableName, Item: itemOf('put', bytes) });
    await put(itemLimitBytes);
    await expect(put(itemLimitBytes + 1)).rejects.toMatchObject({
      ...refused,
      message: 'Item size has exceeded the maximum allowed size',
    });
  });

  it('are 400 KB for an item after it was updated', async () => {
    await table().putItem({ TableName, Item: itemOf('updated', 300 * 1024) });
    const add = (bytes: number) =>
      table().updateItem({
        TableName,
        Key: { id: { S: 'updated' } },
        UpdateExpression: 'SET w = :w',
        ExpressionAttributeValues: { ':w': text(bytes) },
      });
    await add(100 * 1024 - 'w'.length);
    await expect(add(100 * 1024)).rejects.toMatchObject({
      ...refused,
      message: 'Item size to update has exceeded the maximum allowed size',
    });
  });

  const puts = (count: number, bytes = 10) =>
    Array.from({ length: count }, (_, at) => ({
      PutRequest: { Item: itemOf(`b${String(at).padStart(3, '0')}`, bytes) },
    }));
  const writeBatch = (requests: ReturnType<typeof puts>) =>
    table().batchWriteItem({ RequestItems: { [TableName]: requests } });

  it('are 400 KB for each item of a batch, and 25 items', async () => {
    await expect(writeBatch(puts(1, itemLimitBytes + 1))).rejects.toMatchObject({
      ...refused,
      message: 'Item size has exceeded the maximum allowed size',
    });
    await writeBatch(puts(25));
    await expect(writeBatch(puts(26))).rejects.toMatchObject(refused);
  });

  it('are 100 items for a batch that is read', async () => {
    const get = (count: number) =>
      table().batchGetItem({
        RequestItems: {
          [TableName]: {
            Keys: Array.from({ length: count }, (_, at) => ({ id: { S: `k${at}` } })),
          },
        },
      });
    await get(100);
    await expect(get(101)).rejects.toMatchObject(refused);
  });

  it('are 1 MB for a page of a query', async () => {
    for (const at of ['1', '2', '3', '4']) {
      const Item = { ...itemOf('paged', 300 * 1024), at: { S: at } };
      await table().putItem({ TableName: 'sorted', Item });
    }
    const page = await table().query({
      TableName: 'sorted',
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: 'paged' } },
    });
    // The item that passes the limit is still in the page.
    expect(page.Items).toHaveLength(4);
    const last = { ...itemOf('paged', 300 * 1024), at: { S: '5' } };
    await table().putItem({ TableName: 'sorted', Item: last });
    const cut = await table().query({
      TableName: 'sorted',
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: 'paged' } },
    });
    expect(cut.Items).toHaveLength(4);
    expect(cut.LastEvaluatedKey).toEqual({ id: { S: 'paged' }, at: { S: '4' } });
  });

  it('are 2048 bytes for a partition key and 1024 for a sort key', async () => {
    const put = (idBytes: number, atBytes: number) =>
      table().putItem({
        TableName: 'sorted',
        Item: { id: text(idBytes), at: text(atBytes) },
      });
    await put(2048, 1024);
    await expect(put(2049, 1)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('Size of hashkey has exceeded the maximum size limit'),
    });
    await expect(put(1, 1025)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('size of all range keys has exceeded the size limit'),
    });
  });

  it.each([
    ['an empty partition key', { id: { S: '' }, at: { S: 'a' } }],
    ['an empty sort key', { id: { S: 'a' }, at: { S: '' } }],
    ['a key of another type', { id: { N: '1' }, at: { S: 'a' } }],
    ['no sort key', { id: { S: 'a' } }],
  ])('forbid %s', async (_, Item) => {
    await expect(table().putItem({ TableName: 'sorted', Item })).rejects.toMatchObject(refused);
  });

  it('allow an empty text or binary that is no key', async () => {
    const Item = { id: { S: 'empty' }, s: { S: '' }, b: { B: new Uint8Array() } };
    await table().putItem({ TableName, Item });
    expect((await table().getItem({ TableName, Key: { id: { S: 'empty' } } })).Item).toEqual(Item);
  });
});
