import { randomUUID } from 'node:crypto';
import { createRandom, shuffledBy } from '../../seeded-random.ts';
import type { Message, Queue } from './fauxqs.ts';
import type { QueuedMessage, QueueRecord, QueueTroubleSettings } from './queue-messages.ts';

/** A second delivery of a message, at its moment. */
interface Duplicate {
  readonly record: QueueRecord;
  /** Epoch milliseconds. */
  readonly visibleAt: number;
}

/**
 * What a standard queue may do with its messages: "at-least-once delivery" and "best-effort
 * ordering". A message is delivered a second time at most once, without being in the queue: with
 * a receipt handle of its own that deletes nothing, and it counts for no dead-letter queue.
 */
export interface QueueTroubles {
  /** The numbers begin anew from the seed; duplicates under way are still delivered. */
  set(settings: QueueTroubleSettings): void;
  /** Puts what is ready in another order, if that is wanted. */
  reorder(queue: Queue): void;
  /** A message is received for the first time: perhaps it comes again. */
  received(queue: Queue, message: Message, record: QueueRecord): void;
  /** The second deliveries that are due now, at most so many; they are not given again. */
  takeDue(queue: Queue, maximum: number): readonly QueueRecord[];
  /** The second deliveries of a queue that have not happened yet. */
  waiting(queue: Queue): readonly QueuedMessage[];
  /** The time was moved: whoever waits at a queue with something due is woken. */
  wakeDue(): void;
}

/** Half of the duplicates come while the message is in flight, which is at once. */
const shareAtOnce = 0.5;

export function createQueueTroubles(queueOf: (name: string) => Queue): QueueTroubles {
  let settings: QueueTroubleSettings | undefined;
  const numbers = new Map<string, () => number>();
  const duplicates = new Map<string, Duplicate[]>();
  // A message that was looked at is not looked at again when it is received anew.
  const decided = new WeakSet<Message>();

  /** Each queue draws its own numbers: what one does changes nothing for another. */
  const randomOf = (name: string) => {
    const known = numbers.get(name) ?? createRandom(`${settings?.seed} queue ${name}`);
    numbers.set(name, known);
    return known;
  };
  const dueOf = (name: string) =>
    (duplicates.get(name) ?? []).filter(({ visibleAt }) => visibleAt <= Date.now());
  const wake = (name: string) => {
    if (dueOf(name).length > 0) queueOf(name).cancelWaiters();
  };

  return {
    set(wanted) {
      settings = wanted;
      numbers.clear();
    },
    reorder(queue) {
      if (settings?.reorderedMessages !== true || queue.messages.length < 2) return;
      queue.messages = shuffledBy(queue.messages, randomOf(queue.name));
    },
    received(queue, message, record) {
      const percentage = settings?.duplicatedMessages ?? 0;
      if (percentage === 0 || decided.has(message)) return;
      decided.add(message);
      const random = randomOf(queue.name);
      if (random() * 100 >= percentage) return;
      const delaySeconds =
        random() < shareAtOnce
          ? 0
          : 1 + Math.floor(random() * Number(queue.attributes.VisibilityTimeout));
      const duplicate = {
        record: { ...record, receiptHandle: randomUUID() },
        visibleAt: Date.now() + delaySeconds * 1000,
      };
      duplicates.set(queue.name, [...(duplicates.get(queue.name) ?? []), duplicate]);
      setTimeout(() => wake(queue.name), delaySeconds * 1000).unref();
    },
    takeDue(queue, maximum) {
      const due = dueOf(queue.name).slice(0, maximum);
      const left = (duplicates.get(queue.name) ?? []).filter((one) => !due.includes(one));
      duplicates.set(queue.name, left);
      return due.map(({ record }) => record);
    },
    waiting: ({ name }) =>
      (duplicates.get(name) ?? []).map(({ record, visibleAt }) => ({
        messageId: record.messageId,
        body: record.body,
        receiveCount: Number(record.attributes.ApproximateReceiveCount),
        visibleAt,
      })),
    wakeDue() {
      for (const name of duplicates.keys()) wake(name);
    },
  };
}
