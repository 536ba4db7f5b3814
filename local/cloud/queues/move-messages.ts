import type { Fauxqs, Queue } from './fauxqs.ts';

/** @returns the new message's id. */
export function sendMessage(
  fauxqs: Fauxqs,
  queue: string,
  body: string,
  attributes: Readonly<Record<string, string>>,
): string {
  const target = fauxqs.queueOf(queue);
  const messageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      { DataType: 'String', StringValue: value },
    ]),
  );
  const delaySeconds = Number(target.attributes.DelaySeconds);
  const message = fauxqs.createMessage(body, messageAttributes, delaySeconds);
  target.enqueue(message);
  return message.messageId;
}

/**
 * Moves what is visible in one queue to another. As with SQS's `StartMessageMoveTask` these are
 * new messages, with an id, a time and a count of receives of their own.
 *
 * @returns how many.
 */
export function redriveMessages(fauxqs: Fauxqs, from: Queue, to: Queue): number {
  let moved = 0;
  for (;;) {
    const received = from.dequeue(10, undefined, () => undefined);
    if (received.length === 0) return moved;
    for (const { ReceiptHandle } of received) {
      const message = from.inflightMessages.get(ReceiptHandle)?.message;
      if (message === undefined) continue;
      to.enqueue(fauxqs.createMessage(message.body, message.messageAttributes));
      from.deleteMessage(ReceiptHandle);
      moved += 1;
    }
  }
}
