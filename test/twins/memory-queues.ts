import type { Clock, Queues } from '../../functions/domain/ports.ts';

export type QueueName = 'retry' | 'retryNow' | 'notice' | 'signIn';

export interface QueuedMessage {
  readonly queue: QueueName;
  readonly body: unknown;
  /** Epoch milliseconds from which on it can be received. */
  readonly visibleAt: number;
}

/** The queues in memory, on a clock that the test moves. */
export interface MemoryQueues extends Queues {
  /** Takes out the messages that can be received now, in the order in which they were sent. */
  receive(queue: QueueName): readonly QueuedMessage[];
  /** All that is in the queues, delayed messages too. */
  waiting(): readonly QueuedMessage[];
}

export function createMemoryQueues(clock: Clock): MemoryQueues {
  let messages: QueuedMessage[] = [];
  const send = async (queue: QueueName, body: object, delaySeconds = 0): Promise<void> => {
    const visibleAt = clock.now() + delaySeconds * 1000;
    messages.push({ queue, body: structuredClone(body), visibleAt });
  };
  return {
    sendRetry: (message, delaySeconds) => send('retry', message, delaySeconds),
    sendRetryNow: (message) => send('retryNow', message),
    sendNotice: (message, delaySeconds) => send('notice', message, delaySeconds),
    sendSignIn: (message, delaySeconds) => send('signIn', message, delaySeconds),
    receive(queue) {
      const isNow = (each: QueuedMessage) => each.queue === queue && each.visibleAt <= clock.now();
      const received = messages.filter(isNow);
      messages = messages.filter((each) => !isNow(each));
      return received;
    },
    waiting: () => messages,
  };
}
