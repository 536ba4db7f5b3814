import type { Fauxqs, Queue } from './fauxqs.ts';
import { roomInFlight } from './queue-limits.ts';
import type { QueueRecord } from './queue-messages.ts';
import type { QueueTroubles } from './queue-troubles.ts';

const longPollSeconds = 20;

export interface ReceiveParts {
  readonly fauxqs: Fauxqs;
  readonly troubles: QueueTroubles;
  /** Forgets what is too old before anything is received. */
  expire(queue: Queue): void;
  isCancelled(): boolean;
}

/**
 * Waits for messages, as a long poll without an end. They leave the queue in the same turn in
 * which they are returned.
 *
 * @returns none only when it was cancelled.
 */
export async function receiveMessages(
  name: string,
  maximum: number,
  { fauxqs, troubles, expire, isCancelled }: ReceiveParts,
): Promise<readonly QueueRecord[]> {
  const queue = fauxqs.queueOf(name);
  while (!isCancelled()) {
    expire(queue);
    const repeated = troubles.takeDue(queue, maximum);
    const room = Math.min(maximum - repeated.length, roomInFlight(queue.inflightMessages.size));
    const received = [...repeated, ...dequeue(queue, room, fauxqs, troubles)];
    if (received.length > 0) return received;
    await queue.waitForMessages(longPollSeconds);
  }
  return [];
}

function dequeue(
  queue: Queue,
  maximum: number,
  { store }: Fauxqs,
  troubles: QueueTroubles,
): readonly QueueRecord[] {
  if (maximum === 0) return [];
  queue.processTimers();
  troubles.reorder(queue);
  const received = queue.dequeue(maximum, undefined, (arn) => store.getQueueByArn(arn));
  return received.flatMap(({ ReceiptHandle }) => {
    const message = queue.inflightMessages.get(ReceiptHandle)?.message;
    if (message === undefined) return [];
    const record = recordOf(message, ReceiptHandle);
    troubles.received(queue, message, record);
    return [record];
  });
}

function recordOf(message: Queue['messages'][number], receiptHandle: string): QueueRecord {
  const attributes = Object.entries(message.messageAttributes).map(([name, attribute]) => [
    name,
    {
      dataType: attribute.DataType,
      ...(attribute.StringValue !== undefined && { stringValue: attribute.StringValue }),
      ...(attribute.BinaryValue !== undefined && { binaryValue: attribute.BinaryValue }),
      stringListValues: [],
      binaryListValues: [],
    },
  ]);
  return {
    messageId: message.messageId,
    receiptHandle,
    body: message.body,
    md5OfBody: message.md5OfBody,
    attributes: {
      ApproximateReceiveCount: String(message.approximateReceiveCount),
      SentTimestamp: String(message.sentTimestamp),
      SenderId: '000000000000',
      ApproximateFirstReceiveTimestamp: String(message.approximateFirstReceiveTimestamp),
    },
    messageAttributes: Object.fromEntries(attributes),
  };
}
