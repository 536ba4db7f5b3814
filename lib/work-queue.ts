import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { environment } from '../functions/environment.ts';
import type { RoomFunction } from './room-function.ts';

/**
 * AWS asks for a visibility time-out of six times the function's: a batch that was throttled is
 * tried again by Lambda before SQS gives it to somebody else.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
const visibilityTimeoutsPerFunctionTimeout = 6;

const receivesBeforeDeadLetter = 5;

/**
 * SQS's limit was 256 KB until August 2025 and is 1 MiB since; which of the two a queue gets that
 * does not say must not matter. An intent has a few ids, well below 1 KB.
 */
const maxMessageSizeBytes = 262_144;

const lambdaDefaultTimeoutSeconds = 3;

export interface WorkQueueProps {
  /** The time-out of the function that consumes the queue. */
  readonly consumerTimeout: Duration;
  /** Where a function that sends to this queue reads its URL; none when only AWS sends. */
  readonly urlName?: QueueUrlName;
}

type QueueUrlName = (typeof environment)[
  | 'retryQueueUrl'
  | 'retryNowQueueUrl'
  | 'noticeQueueUrl'
  | 'signInQueueUrl'];

/** A queue of intents and the dead-letter queue for those that failed for good. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly #urlName: QueueUrlName | undefined;
  readonly #visibilitySeconds: number;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.#urlName = props.urlName;
    this.#visibilitySeconds =
      props.consumerTimeout.toSeconds() * visibilityTimeoutsPerFunctionTimeout;
    // A message keeps its age when it moves: the dead-letter queue must keep it for longer.
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      maxMessageSizeBytes,
    });
    Validations.of(this.deadLetters).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'This is a dead-letter queue: what is in it rings an alarm and waits for a person.',
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
      maxMessageSizeBytes,
      visibilityTimeout: Duration.seconds(this.#visibilitySeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: receivesBeforeDeadLetter },
    });
  }

  grantSend(sender: RoomFunction): void {
    if (this.#urlName === undefined) throw new Error(`${this.node.path} has no senders.`);
    sender.allow({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] });
    sender.setEnvironment(this.#urlName, this.queue.queueUrl);
  }

  /**
   * Hands messages to `consumer`; a batch fails by message, never as a whole.
   *
   * @param options.maxConcurrency how many invocations run at a time, at least 2 (an AWS limit);
   *   without it as many as the account allows.
   */
  deliverTo(
    consumer: RoomFunction,
    options: { readonly batchSize: number; readonly maxConcurrency?: number },
  ): void {
    // What Lambda polls a queue with, and no more: a message that failed waits for its visibility
    // time-out. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    consumer.allow({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [this.queue.queueArn],
    });
    const mapping = consumer.resource.addEventSourceMapping(this.node.id, {
      eventSourceArn: this.queue.queueArn,
      reportBatchItemFailures: true,
      batchSize: options.batchSize,
      ...(options.maxConcurrency !== undefined && { maxConcurrency: options.maxConcurrency }),
    });
    Validations.of(mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: "For SQS the queue's own redrive policy is that destination.",
    });
    this.node.addValidation({ validate: () => this.#checkVisibility(consumer) });
  }

  #checkVisibility(consumer: RoomFunction): string[] {
    const timeoutSeconds = consumer.resource.timeout?.toSeconds() ?? lambdaDefaultTimeoutSeconds;
    const leastSeconds = timeoutSeconds * visibilityTimeoutsPerFunctionTimeout;
    return this.#visibilitySeconds >= leastSeconds
      ? []
      : [
          `The queue hides a message for ${this.#visibilitySeconds} s, but ${consumer.node.path} may take ${timeoutSeconds} s: give the queue that consumerTimeout, so that it hides messages for at least ${leastSeconds} s.`,
        ];
  }
}
