import * as z from 'zod';
import { arnOf, nameInArn } from '../account.ts';
import { queueLimits } from '../queues/queue-limits.ts';
import type { Stack } from './stack.ts';
import { within } from './within.ts';

const ignored = z.optional(z.unknown());

// A FIFO queue would need groups and deduplication in the event source: it is refused by name.
const queueSchema = z.strictObject({
  QueueName: z.optional(z.string()),
  DelaySeconds: z.optional(within(queueLimits.delaySeconds)),
  MaximumMessageSize: z.optional(within(queueLimits.messageBytes)),
  MessageRetentionPeriod: z.optional(within(queueLimits.retentionSeconds)),
  ReceiveMessageWaitTimeSeconds: z.optional(within(queueLimits.receiveWaitSeconds)),
  VisibilityTimeout: z.optional(within(queueLimits.visibilitySeconds)),
  RedrivePolicy: z.optional(
    z.strictObject({
      deadLetterTargetArn: z.string(),
      maxReceiveCount: within(queueLimits.maxReceiveCount),
    }),
  ),
  KmsMasterKeyId: ignored,
  KmsDataKeyReusePeriodSeconds: ignored,
  RedriveAllowPolicy: ignored,
  SqsManagedSseEnabled: ignored,
  Tags: ignored,
});

export interface QueuePlan {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Name of the queue that takes what was received too often. */
  readonly deadLetterQueue?: string;
  /** SQS's own attributes, as texts. */
  readonly attributes: Readonly<Record<string, string>>;
}

export function readQueues(stack: Stack): readonly QueuePlan[] {
  return stack.ofType('AWS::SQS::Queue').map((resource) => {
    const queue = stack.read(resource, queueSchema);
    const name = stack.nameOf(resource.logicalId, 'QueueName');
    const attributes: Record<string, string> = {};
    const numbers = {
      DelaySeconds: queue.DelaySeconds,
      MaximumMessageSize: queue.MaximumMessageSize,
      MessageRetentionPeriod: queue.MessageRetentionPeriod,
      ReceiveMessageWaitTimeSeconds: queue.ReceiveMessageWaitTimeSeconds,
      VisibilityTimeout: queue.VisibilityTimeout,
    };
    for (const [attribute, value] of Object.entries(numbers)) {
      if (value !== undefined) attributes[attribute] = String(value);
    }
    const redrive = queue.RedrivePolicy;
    if (redrive !== undefined) attributes.RedrivePolicy = JSON.stringify(redrive);
    return {
      logicalId: resource.logicalId,
      name,
      arn: arnOf('sqs', name),
      ...(redrive && { deadLetterQueue: nameInArn(redrive.deadLetterTargetArn) }),
      attributes,
    };
  });
}
