import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { propertiesOf } from './read-template.ts';
import { synthesizeExample } from './synthesize-example.ts';

const template = synthesizeExample();
const alarms = propertiesOf(
  template,
  'AWS::CloudWatch::Alarm',
  z.object({
    AlarmName: z.string(),
    AlarmDescription: z.string(),
    AlarmActions: z.tuple([z.object({ Ref: z.string() })]),
  }),
);

test('alarms have fixed names, which are the titles of their sections in the runbook', () => {
  const names = [...alarms.values()].map(({ AlarmName }) => AlarmName);
  expect(names.toSorted()).toEqual([
    'Backstop-configuration-failed',
    'Backstop-customer-unreachable',
    'Backstop-invoice-overpaid',
    'Backstop-mail-events-dead-letters',
    'Backstop-notice-dead-letters',
    'Backstop-outcomes-unknown',
    'Backstop-public-api-5xx',
    'Backstop-reconcile-failing',
    'Backstop-remind-failing',
    'Backstop-retry-dead-letters',
    'Backstop-retry-now-dead-letters',
    'Backstop-retry-now-waiting',
    'Backstop-sign-in-dead-letters',
    'Backstop-staff-api-5xx',
    'Backstop-sweep-failing',
    'Backstop-webhook-errors',
  ]);
  for (const { AlarmName, AlarmDescription } of alarms.values()) {
    expect(AlarmDescription).toMatch(
      new RegExp(`\\. See docs/runbook\\.md, section "${AlarmName}"\\.$`),
    );
  }
});

test('all tell one topic, and the topic lets them in, encrypted only', () => {
  const [topicId] = Object.keys(template.findResources('AWS::SNS::Topic'));
  for (const { AlarmActions } of alarms.values()) expect(AlarmActions[0].Ref).toBe(topicId);
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    Topics: [{ Ref: topicId }],
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: 'Deny',
          Action: 'sns:Publish',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
        Match.objectLike({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: Match.objectLike({
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
          }),
        }),
      ]),
    },
  });
  template.hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'email',
    Endpoint: 'operations@example.com',
  });
});

test('silence of what ticks is an alarm; silence of errors is none', () => {
  for (const AlarmName of [
    'Backstop-sweep-failing',
    'Backstop-reconcile-failing',
    'Backstop-remind-failing',
  ]) {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName,
      TreatMissingData: 'breaching',
      ComparisonOperator: 'LessThanThreshold',
    });
  }
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'Backstop-webhook-errors',
    TreatMissingData: 'notBreaching',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  });
});

test.each(['ConfigurationFailed', 'InvoiceOverpaid', 'OutcomesUnknown'])(
  'listens to the metric %s as the functions report it',
  (MetricName) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'Backstop',
      MetricName,
      Dimensions: [{ Name: 'service', Value: 'backstop' }],
    });
  },
);
