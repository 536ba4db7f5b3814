import type { Message, Queue } from './fauxqs.ts';

/**
 * Forgets the messages that are older than the queue's `MessageRetentionPeriod`, wherever they
 * wait. A message's age counts from its sending, also in a dead-letter queue: there it keeps the
 * time of the queue that it came from (SQS: "Setting up dead-letter queue retention").
 *
 * @returns the forgotten messages.
 */
export function expireMessages(queue: Queue, now: number): readonly Message[] {
  const oldest = now - Number(queue.attributes.MessageRetentionPeriod) * 1000;
  const isExpired = (message: Message) => message.sentTimestamp < oldest;
  const { ready, delayed, inflight } = queue.inspectMessages();
  const expired = [...ready, ...delayed, ...inflight.map(({ message }) => message)].filter(
    isExpired,
  );
  if (expired.length === 0) return [];
  queue.messages = queue.messages.filter((message) => !isExpired(message));
  queue.delayedMessages = queue.delayedMessages.filter((message) => !isExpired(message));
  for (const { message, receiptHandle } of inflight) {
    if (isExpired(message)) queue.inflightMessages.delete(receiptHandle);
  }
  for (const { messageId } of expired) queue.persistence?.deleteMessage(messageId);
  return expired;
}
