import { expect, it } from 'vitest';
import { readAwsRequest } from '../../../../local/cloud/aws-request.ts';
import { whatARequestNeeds } from '../../../../local/cloud/permissions/what-a-request-needs.ts';

const directory = {
  secretArn: (id: string) => (id.endsWith('known') ? 'arn:of:the:whole:secret' : undefined),
  senderIdentity: (address: string) =>
    address.endsWith('@shop.example') ? 'shop.example' : undefined,
};

/** Each need as "action resource". */
function needsOf(service: string, headers: Record<string, string>, body: string): string[] {
  const authorization = `AWS4-HMAC-SHA256 Credential=K/20261122/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const http = {
    method: 'POST',
    path: '/',
    headers: { authorization, ...headers },
    body: Buffer.from(body),
  };
  const aws = readAwsRequest(http);
  if (aws === undefined) throw new Error('This is no request to AWS.');
  return whatARequestNeeds(aws, http, directory).map(
    ({ action, resource }) => `${action} ${resource}`,
  );
}

const home = (service: string) => `arn:aws:${service}:us-east-1:000000000000`;
const table = (name: string) => `${home('dynamodb')}:table/${name}`;
const queue = { QueueUrl: 'http://127.0.0.1:1/000000000000/work', Entries: [] };

it.each<[service: string, action: string, body: object, needs: string[]]>([
  ['dynamodb', 'GetItem', { TableName: 'T' }, [`dynamodb:GetItem ${table('T')}`]],
  ['dynamodb', 'GetItem', { TableName: table('T') }, [`dynamodb:GetItem ${table('T')}`]],
  [
    'dynamodb',
    'Query',
    { TableName: 'T', IndexName: 'due' },
    [`dynamodb:Query ${table('T')}/index/due`],
  ],
  [
    'dynamodb',
    'BatchWriteItem',
    { RequestItems: { T: [], U: [] } },
    [`dynamodb:BatchWriteItem ${table('T')}`, `dynamodb:BatchWriteItem ${table('U')}`],
  ],
  [
    'dynamodb',
    'TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName: 'T' } },
        { ConditionCheck: { TableName: 'U' } },
        { Delete: { TableName: table('T') } },
      ],
    },
    [
      `dynamodb:PutItem ${table('T')}`,
      `dynamodb:ConditionCheckItem ${table('U')}`,
      `dynamodb:DeleteItem ${table('T')}`,
    ],
  ],
  ['dynamodb', 'ListTables', {}, ['dynamodb:ListTables *']],
  ['sqs', 'SendMessageBatch', queue, [`sqs:SendMessage ${home('sqs')}:work`]],
  ['sqs', 'DeleteMessageBatch', queue, [`sqs:DeleteMessage ${home('sqs')}:work`]],
  [
    'sqs',
    'ChangeMessageVisibilityBatch',
    queue,
    [`sqs:ChangeMessageVisibility ${home('sqs')}:work`],
  ],
  ['sqs', 'GetQueueUrl', { QueueName: 'work' }, [`sqs:GetQueueUrl ${home('sqs')}:work`]],
  [
    'secretsmanager',
    'GetSecretValue',
    { SecretId: 'known' },
    ['secretsmanager:GetSecretValue arn:of:the:whole:secret'],
  ],
  [
    'secretsmanager',
    'GetSecretValue',
    { SecretId: 'other' },
    [`secretsmanager:GetSecretValue ${home('secretsmanager')}:secret:other`],
  ],
  [
    'events',
    'PutEvents',
    { Entries: [{}, { EventBusName: 'default' }, { EventBusName: 'mine' }] },
    [
      `events:PutEvents ${home('events')}:event-bus/default`,
      `events:PutEvents ${home('events')}:event-bus/mine`,
    ],
  ],
])('%s %s with %j', (service, action, body, needs) => {
  expect(needsOf(service, { 'x-amz-target': `Any.${action}` }, JSON.stringify(body))).toEqual(
    needs,
  );
});

it.each<[Record<string, string>, string[]]>([
  [
    { Action: 'SendEmail', Source: 'Shop <a@shop.example>', ConfigurationSetName: 'set' },
    [
      `ses:SendEmail ${home('ses')}:identity/shop.example`,
      `ses:SendEmail ${home('ses')}:configuration-set/set`,
    ],
  ],
  [
    {
      Action: 'SendRawEmail',
      'RawMessage.Data': Buffer.from(
        'From: b@other.example\r\nX-SES-CONFIGURATION-SET: set\r\n\r\nHi',
      ).toString('base64'),
    },
    [
      `ses:SendRawEmail ${home('ses')}:identity/b@other.example`,
      `ses:SendRawEmail ${home('ses')}:configuration-set/set`,
    ],
  ],
  [{ Action: 'GetSendQuota' }, ['ses:GetSendQuota *']],
])('ses with %j', (form, needs) => {
  expect(needsOf('ses', {}, new URLSearchParams(form).toString())).toEqual(needs);
});
