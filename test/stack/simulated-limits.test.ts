import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import {
  type QueueName,
  queueLimits,
  queueNames,
  receivesBeforeDeadLetter,
  roomNames,
  timeoutSeconds,
} from '../simulation/world/limits.ts';
import {
  arnOf,
  functionsOf,
  lookUp,
  plainId,
  propertiesOf,
  reference,
  roomOf,
} from './read-template.ts';
import { synthesizeExample } from './synthesize-example.ts';

// The simulation's cloud is no second description of it: its numbers are the template's.

const template = synthesizeExample();
const functions = functionsOf(template);
const queues = propertiesOf(
  template,
  'AWS::SQS::Queue',
  z.object({
    VisibilityTimeout: z.optional(z.number()),
    RedrivePolicy: z.optional(z.object({ maxReceiveCount: z.number() })),
  }),
);
const mappings = propertiesOf(
  template,
  'AWS::Lambda::EventSourceMapping',
  z.object({
    EventSourceArn: arnOf,
    FunctionName: reference,
    BatchSize: z.number(),
    ScalingConfig: z.optional(z.object({ MaximumConcurrency: z.number() })),
  }),
);

const logicalIds: Readonly<Record<QueueName, string>> = {
  retry: 'RetryDueQueue',
  retryNow: 'RetryNowQueue',
  notice: 'NotifyNoticeQueue',
  mailEvents: 'MailEventsQueue',
  signIn: 'SignInLinksQueue',
};

test.each(roomNames)('%s is ended by the time-out that it has in the cloud', (room) => {
  const found = [...functions].find(([id]) => kebab(roomOf(id)) === room);
  expect(timeoutSeconds[room]).toBe(found?.[1].Timeout);
});

test.each(queueNames)('%s is served as in the cloud', (name) => {
  const mapping = [...mappings.values()].find(
    ({ EventSourceArn }) => plainId(EventSourceArn['Fn::GetAtt'][0]) === logicalIds[name],
  );
  if (mapping === undefined) throw new Error(`Nothing serves ${logicalIds[name]}.`);
  const queue = lookUp(queues, mapping.EventSourceArn['Fn::GetAtt'][0]);
  expect(queueLimits[name]).toEqual({
    room: kebab(roomOf(mapping.FunctionName.Ref)),
    batchSize: mapping.BatchSize,
    maxConcurrency: mapping.ScalingConfig?.MaximumConcurrency ?? null,
    visibilitySeconds: queue.VisibilityTimeout,
  });
  expect(queue.RedrivePolicy?.maxReceiveCount).toBe(receivesBeforeDeadLetter);
});

/** `RetryRetry` is the room `retry`, `StripeWebhookStripeWebhook` is `stripe-webhook`. */
function kebab(room: string): string {
  const half = room.slice(0, room.length / 2);
  const name = room === half + half ? half : room;
  return name.replaceAll(/(?<=.)([A-Z])/g, '-$1').toLowerCase();
}
