import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import type { Chronicle } from './chronicle.ts';
import type { Invoke } from './environments.ts';
import { type QueueName, queueLimits, queueNames } from './limits.ts';
import type { End } from './processes.ts';
import type { Environment, Rooms } from './rooms.ts';
import type { Received, SimulatedQueues } from './simulated-queues.ts';

interface Parts {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly queues: SimulatedQueues;
  readonly rooms: Rooms;
  readonly invoke: Invoke;
  readonly chronicle: Chronicle;
}

/** How long a message that can be received waits for the poller. */
const pollsWithinMs = 200;

/** Lambda's pollers: hand visible messages to the rooms, and delete those that succeeded. */
export function startEventSources(parts: Parts): void {
  const { agenda, random, queues } = parts;
  const polls = new Map(queueNames.map((queue) => [queue, createPoller(parts, queue)]));
  queues.onVisible((queue, at) => {
    agenda.at(at + random.below(pollsWithinMs), () => polls.get(queue)?.());
  });
}

function createPoller(parts: Parts, queue: QueueName): () => void {
  const { queues, random, invoke, chronicle } = parts;
  const { room, batchSize, maxConcurrency } = queueLimits[queue];
  let atWork = 0;
  const handle = handlerOf(parts.rooms, queue);
  const poll = (): void => {
    if (maxConcurrency !== null && atWork >= maxConcurrency) return;
    const batch = queues.receive(queue, random.between(1, batchSize));
    if (batch.length === 0) return;
    atWork += 1;
    chronicle.note(room, `is handed ${batch.map(wordsOf).join(', ')} of ${queue}`);
    invoke(
      room,
      (environment) => handle(environment, eventOf(batch)),
      (end) => {
        atWork -= 1;
        for (const messageId of succeeded(batch, end)) queues.delete(queue, messageId);
        poll();
      },
    );
    poll();
  };
  return poll;
}

function handlerOf(
  rooms: Rooms,
  queue: QueueName,
): (environment: Environment, event: SQSEvent) => Promise<SQSBatchResponse> {
  switch (queue) {
    case 'notice':
      return rooms.notify;
    case 'mailEvents':
      return rooms.mailEvents;
    case 'signIn':
      return rooms.signIn;
    case 'retry':
    case 'retryNow':
      return rooms.retry;
  }
}

/** What is not said to have failed succeeded; of a function that did not answer nothing did. */
function succeeded(batch: readonly Received[], end: End<SQSBatchResponse>): readonly string[] {
  if (end.kind !== 'done') return [];
  const failed = new Set(end.value.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return batch.map(({ messageId }) => messageId).filter((id) => !failed.has(id));
}

const wordsOf = ({ messageId, receiveCount }: Received) =>
  receiveCount === 1 ? messageId : `${messageId} (time ${receiveCount})`;

const eventOf = (batch: readonly Received[]): SQSEvent => ({ Records: batch.map(recordOf) });

const recordOf = ({ messageId, body, receiveCount }: Received): SQSRecord => ({
  messageId,
  receiptHandle: `${messageId}-${receiveCount}`,
  body,
  attributes: {
    ApproximateReceiveCount: String(receiveCount),
    SentTimestamp: '0',
    SenderId: 'simulation',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:simulated',
  awsRegion: 'us-east-1',
});
