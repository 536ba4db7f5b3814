import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from 'vitest';
import { readWrittenItem } from '../../../local/cloud/functions/read-written-item.ts';

const request = (body: string) => ({
  method: 'POST',
  path: '/',
  headers: {},
  body: Buffer.from(body),
});
const aws = (action: string, service = 'dynamodb') => ({
  accessKeyId: 'a',
  service,
  action,
  resources: [],
});
const item = { pk: 'P', sk: 'S', count: 3, nested: { list: ['a', null, true] } };
const key = { pk: 'P', sk: 'S' };

test.each([
  ['PutItem', { TableName: 't', Item: marshall(item) }, item],
  ['UpdateItem', { TableName: 't', Key: marshall(key) }, key],
  ['DeleteItem', { TableName: 't', Key: marshall(key) }, key],
  ['GetItem', { TableName: 't', Key: marshall(key) }, undefined],
])('%s says what it wants to write', (action, body, wanted) => {
  expect(readWrittenItem(aws(action), request(JSON.stringify(body)))).toEqual(wanted);
});

test('what is no item of DynamoDB is left to the service itself', () => {
  expect(readWrittenItem(aws('PutItem'), request('no JSON'))).toBeUndefined();
  expect(readWrittenItem(aws('PutItem'), request('{"Item":{"pk":{"Q":1}}}'))).toBeUndefined();
  expect(readWrittenItem(aws('PutItem', 'sqs'), request('{}'))).toBeUndefined();
});
