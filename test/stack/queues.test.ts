import { Match } from 'aws-cdk-lib/assertions';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { bundlesForStacks } from '../../lib/bundle.ts';
import { RoomFunction } from '../../lib/room-function.ts';
import { WorkQueue } from '../../lib/work-queue.ts';
import { arnOf, functionsOf, lookUp, plainId, propertiesOf, reference } from './read-template.ts';
import { createApp, exampleConfiguration, synthesizeExample } from './synthesize-example.ts';

const template = synthesizeExample();
const functions = functionsOf(template);
const queues = propertiesOf(
  template,
  'AWS::SQS::Queue',
  z.object({
    VisibilityTimeout: z.optional(z.number()),
    MessageRetentionPeriod: z.number(),
    MaximumMessageSize: z.literal(262_144),
    SqsManagedSseEnabled: z.literal(true),
    RedrivePolicy: z.optional(
      z.object({ deadLetterTargetArn: arnOf, maxReceiveCount: z.number() }),
    ),
  }),
);
const mappings = propertiesOf(
  template,
  'AWS::Lambda::EventSourceMapping',
  z.object({
    EventSourceArn: arnOf,
    FunctionName: reference,
    BatchSize: z.number(),
    FunctionResponseTypes: z.array(z.string()),
    ScalingConfig: z.optional(z.object({ MaximumConcurrency: z.number() })),
  }),
);

const work = [...queues].filter(([, queue]) => queue.RedrivePolicy !== undefined);
const deadLetterIds = work.map(([, { RedrivePolicy }]) => {
  if (RedrivePolicy === undefined) throw new Error('filtered above');
  return RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0];
});

test('each has a dead-letter queue of its own that keeps messages for 14 days', () => {
  expect(work).toHaveLength(5);
  expect(queues.size).toBe(10);
  expect(new Set(deadLetterIds).size).toBe(5);
  for (const id of deadLetterIds) {
    expect(lookUp(queues, id).MessageRetentionPeriod).toBe(14 * 24 * 3600);
  }
});

test('a message is received five times before it is given up, and not dropped before', () => {
  for (const [, { RedrivePolicy, MessageRetentionPeriod }] of work) {
    expect(RedrivePolicy?.maxReceiveCount).toBe(5);
    expect(MessageRetentionPeriod).toBeLessThan(14 * 24 * 3600);
  }
});

test('each dead-letter queue rings an alarm that tells the topic', () => {
  for (const id of deadLetterIds) {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [id, 'QueueName'] } }],
      Threshold: 1,
      AlarmActions: [{ Ref: Match.stringLikeRegexp('^AlarmsTopic') }],
    });
  }
});

test('hide a message for at least six times as long as the function may take', () => {
  expect(mappings.size).toBe(5);
  for (const [, { EventSourceArn, FunctionName }] of mappings) {
    const queue = lookUp(queues, EventSourceArn['Fn::GetAtt'][0]);
    const { Timeout } = lookUp(functions, FunctionName.Ref);
    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout);
  }
});

test('hand messages over with partial failures, in the batches and numbers agreed', () => {
  const seen = [...mappings].map(([id, mapping]) => [
    plainId(id),
    mapping.BatchSize,
    mapping.ScalingConfig?.MaximumConcurrency,
    mapping.FunctionResponseTypes,
  ]);
  expect(seen.toSorted()).toEqual([
    ['MailEventsFunctionEvents', 10, undefined, ['ReportBatchItemFailures']],
    ['NotifyFunctionNotice', 5, 2, ['ReportBatchItemFailures']],
    ['RetryFunctionDue', 1, 10, ['ReportBatchItemFailures']],
    ['RetryFunctionNow', 1, 5, ['ReportBatchItemFailures']],
    ['SignInFunctionLinks', 5, 5, ['ReportBatchItemFailures']],
  ]);
});

test('a queue that hides messages for too short a time fails at synth, with a sentence', () => {
  const { app, remove } = createApp();
  try {
    const stack = new Stack(app, 'Stack');
    const queue = new WorkQueue(stack, 'Hasty', { consumerTimeout: Duration.seconds(10) });
    queue.deliverTo(
      new RoomFunction(stack, 'Slow', {
        room: 'sweep',
        description: 'slow',
        timeout: Duration.seconds(20),
        memorySize: 128,
        settings: exampleConfiguration().settings,
        bundles: bundlesForStacks(),
      }),
      { batchSize: 1 },
    );
    expect(() => app.synth()).toThrow(
      'The queue hides a message for 60 s, but Stack/Slow may take 20 s: give the queue that consumerTimeout, so that it hides messages for at least 120 s.',
    );
  } finally {
    remove();
  }
});
