import { Match } from 'aws-cdk-lib/assertions';
import { test } from 'vitest';
import { synthesizeExample } from './synthesize-example.ts';

const template = synthesizeExample();

const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' });
const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];

test('survives its stack, mistakes and a lost day', () => {
  template.hasResource('AWS::DynamoDB::Table', {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    },
  });
});

test('has all its indexes from the first deploy, with small projections', () => {
  const keysOnly = { ProjectionType: 'KEYS_ONLY' };
  template.hasResourceProperties('AWS::DynamoDB::Table', {
    KeySchema: keys('pk', 'sk'),
    AttributeDefinitions: Match.arrayWith([text('pk'), text('sk')]),
    GlobalSecondaryIndexes: [
      { IndexName: 'due', KeySchema: keys('dueShard', 'dueAt'), Projection: keysOnly },
      { IndexName: 'remind', KeySchema: keys('remindShard', 'remindAt'), Projection: keysOnly },
      {
        IndexName: 'open',
        KeySchema: keys('openShard', 'openedAt'),
        Projection: {
          ProjectionType: 'INCLUDE',
          NonKeyAttributes: ['state', 'amountDue'],
        },
      },
    ],
  });
});
