import * as z from 'zod';
import type { MovableClock } from '../../clock.ts';
import { account } from '../account.ts';
import type { InvocationResult } from '../functions/execution-environment.ts';
import { functionLimits } from '../functions/function-limits.ts';
import type { FunctionPool } from '../functions/function-pool.ts';
import type { Part } from '../records.ts';
import type { EventSourcePlan } from '../template/read-functions.ts';
import type { Json } from '../template/template.ts';
import type { QueueRecord } from './queue-messages.ts';
import type { QueueService } from './queue-service.ts';
import { splitBatch } from './split-batch.ts';

/** SQS gives at most ten messages at once. */
const longestReceive = 10;

export interface EventSource {
  /** Takes no more messages; those under way end by themselves. */
  stop(): Promise<void>;
}

export interface EventSourceParts {
  readonly clock: MovableClock;
  readonly queues: QueueService;
  readonly pool: FunctionPool;
  readonly stopped: ReadonlySet<Part>;
}

/**
 * Reads a queue and invokes its function, as Lambda's event source mapping does. What the
 * function does not report as done stays in the queue, invisible until its time-out.
 */
export function startEventSource(plan: EventSourcePlan, parts: EventSourceParts): EventSource {
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();

  const poll = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      if (underWay.size >= plan.maximumConcurrency) {
        await Promise.race(underWay);
        continue;
      }
      const { messages, handled } = await gather(plan, parts, stopping.signal);
      if (messages.length === 0) continue;
      const delivery = deliverAll(plan, parts, messages).finally(() => {
        underWay.delete(delivery);
        handled();
      });
      underWay.add(delivery);
    }
  };

  const polling = poll();
  return {
    async stop() {
      stopping.abort();
      await polling;
      await Promise.all(underWay);
    },
  };
}

interface Batch {
  readonly messages: readonly QueueRecord[];
  handled(): void;
}

/** One batch: full, or what came within the window since its first message. */
async function gather(
  plan: EventSourcePlan,
  { clock, queues }: EventSourceParts,
  signal: AbortSignal,
): Promise<Batch> {
  const maximum = (count: number) => Math.min(longestReceive, plan.batchSize - count);
  const first = await queues.receive(plan.queue.name, maximum(0), signal);
  const messages = [...first.messages];
  const endings = [first.handled];
  if (messages.length > 0 && plan.batchingWindowSeconds > 0) {
    const closing = new AbortController();
    const endsAt = clock.now() + plan.batchingWindowSeconds * 1000;
    const cancel = clock.at(endsAt, () => closing.abort());
    const either = AbortSignal.any([closing.signal, signal]);
    while (messages.length < plan.batchSize && !either.aborted) {
      const more = await queues.receive(plan.queue.name, maximum(messages.length), either);
      messages.push(...more.messages);
      endings.push(more.handled);
    }
    cancel();
  }
  return {
    messages,
    handled() {
      for (const ending of endings) ending();
    },
  };
}

/** One invocation for the batch; more, one after another, where it is larger than an event may be. */
async function deliverAll(
  plan: EventSourcePlan,
  parts: EventSourceParts,
  messages: readonly QueueRecord[],
): Promise<void> {
  const limitBytes = functionLimits.synchronousEventBytes - eventFrameBytes;
  const bytesOf = (message: QueueRecord) =>
    Buffer.byteLength(JSON.stringify(recordOf(plan, message)));
  for (const part of splitBatch(messages, limitBytes, bytesOf)) await deliver(plan, parts, part);
}

/** What an event has beside its records: the frame, and a comma for each of a full batch. */
const eventFrameBytes = 16 + functionLimits.batchSize.to;

async function deliver(
  plan: EventSourcePlan,
  { queues, pool, stopped }: EventSourceParts,
  messages: readonly QueueRecord[],
): Promise<void> {
  const result = await pool.invoke(queueEvent(plan, messages), {
    kind: 'queue',
    queue: plan.queue.name,
    messageIds: messages.map(({ messageId }) => messageId),
  });
  const failed = failedItems(plan, result, messages);
  const done = messages.filter(({ messageId }) => !failed.has(messageId));
  // A queue that stopped meanwhile cannot be told; its messages come again.
  if (done.length === 0 || stopped.has('queue')) return;
  await queues.delete(
    plan.queue.name,
    done.map(({ receiptHandle }) => receiptHandle),
  );
}

const queueEvent = (plan: EventSourcePlan, messages: readonly QueueRecord[]): Json => ({
  Records: messages.map((message) => recordOf(plan, message)),
});

const recordOf = (plan: EventSourcePlan, message: QueueRecord): Json => ({
  ...message,
  messageAttributes: message.messageAttributes,
  eventSource: 'aws:sqs',
  eventSourceARN: plan.queue.arn,
  awsRegion: account.region,
});

const batchResponse = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })),
});
const emptyResponse = z.union([z.null(), z.object({ batchItemFailures: z.optional(z.null()) })]);

/**
 * The ids of the messages that stay in the queue. An answer that is none of the documented
 * shapes, or names an unknown message, counts as a failure of the whole batch (AWS: "Implementing
 * partial batch responses").
 */
function failedItems(
  plan: EventSourcePlan,
  result: InvocationResult,
  messages: readonly QueueRecord[],
): ReadonlySet<string> {
  const all = new Set(messages.map(({ messageId }) => messageId));
  if (!result.ok) return all;
  if (!plan.reportsItemFailures) return new Set();
  const response = batchResponse.safeParse(result.value);
  if (response.success) {
    const named = response.data.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    return named.every((id) => all.has(id)) ? new Set(named) : all;
  }
  return emptyResponse.safeParse(result.value).success ? new Set() : all;
}
