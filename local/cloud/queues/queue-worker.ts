// The thread of the queue emulator. It has a thread of its own because its visibility deadlines
// and delays read `Date.now`, which here follows the movable clock.
import { parentPort, workerData } from 'node:worker_threads';
import type { MessageRecord } from '../records.ts';
import type { Call, Reply } from '../worker-calls.ts';
import { followClock } from '../worker-clock.ts';
import { answerQueueRequest } from './answer-queue-request.ts';
import { expireMessages } from './expire-messages.ts';
import { type Message, openFauxqs, type Queue, type Store } from './fauxqs.ts';
import { redriveMessages, sendMessage } from './move-messages.ts';
import type {
  QueueAnswer,
  QueuedMessage,
  QueueRecord,
  QueueRequest,
  QueueState,
  QueueWorkerData,
} from './queue-messages.ts';
import { createQueueTroubles } from './queue-troubles.ts';
import { receiveMessages } from './receive-messages.ts';

// The two ends of the channel are files of this folder, and agree on its messages.
const data = workerData as QueueWorkerData;
const port = parentPort;
if (port === null) throw new Error('This file runs only as a worker thread.');
followClock(data.sharedOffset);

const fauxqs = await openFauxqs(data.dataDirectory);
const { store, queueOf } = fauxqs;
const troubles = createQueueTroubles(queueOf);
const cancelled = new Set<number>();

const tell = (notice: MessageRecord) => port.postMessage({ notice });
reportMessages();
for (const definition of data.queues) defineQueue(definition);

port.on('message', (message: Call<QueueRequest> | 'stop') => {
  if (message === 'stop') return stop();
  void answer(message);
});

async function answer({ id, request }: Call<QueueRequest>): Promise<void> {
  let reply: Reply<QueueAnswer>;
  try {
    reply = { id, answer: await perform(request) };
  } catch (error) {
    reply = { id, error: error instanceof Error ? error.message : String(error) };
  }
  port?.postMessage(reply);
}

async function perform(request: QueueRequest): Promise<QueueAnswer> {
  switch (request.kind) {
    case 'api':
      processTimers();
      return { kind: 'api', ...(await answerQueueRequest(fauxqs, request.action, request.body)) };
    case 'receive':
      return { kind: 'received', messages: await receive(request) };
    case 'cancel':
      cancelled.add(request.ticket);
      for (const queue of store.allQueues()) queue.cancelWaiters();
      return { kind: 'done' };
    case 'delete':
      for (const handle of request.receiptHandles) queueOf(request.queue).deleteMessage(handle);
      return { kind: 'done' };
    case 'send': {
      const { queue, body, attributes } = request;
      return { kind: 'sent', messageId: sendMessage(fauxqs, queue, body, attributes) };
    }
    case 'redrive': {
      const count = redriveMessages(fauxqs, queueOf(request.from), queueOf(request.to));
      return { kind: 'redriven', count };
    }
    case 'troubles':
      troubles.set(request.settings);
      return { kind: 'done' };
    case 'inspect':
      processTimers();
      return { kind: 'inspected', queues: [...store.allQueues()].map(stateOf) };
    case 'clockMoved':
      processTimers();
      troubles.wakeDue();
      return { kind: 'done' };
  }
}

function processTimers(): void {
  store.processAllTimers();
  for (const queue of store.allQueues()) expire(queue);
}

function expire(queue: Queue): void {
  for (const message of expireMessages(queue, Date.now())) {
    const { messageId, body } = message;
    tell({ state: 'expired', queue: queue.name, messageId, body, at: Date.now() });
  }
}

async function receive({
  queue,
  maximum,
  ticket,
}: Extract<QueueRequest, { kind: 'receive' }>): Promise<readonly QueueRecord[]> {
  const isCancelled = () => cancelled.has(ticket);
  const received = await receiveMessages(queue, maximum, { fauxqs, troubles, expire, isCancelled });
  cancelled.delete(ticket);
  return received;
}

function stateOf(queue: Queue): QueueState {
  const { ready, delayed, inflight } = queue.inspectMessages();
  const view = (message: Message, visibleAt?: number): QueuedMessage => ({
    messageId: message.messageId,
    body: message.body,
    receiveCount: message.approximateReceiveCount,
    ...(visibleAt !== undefined && { visibleAt }),
  });
  const again = troubles.waiting(queue);
  const isDue = ({ visibleAt = 0 }: QueuedMessage) => visibleAt <= Date.now();
  return {
    name: queue.name,
    ready: [...ready.map((message) => view(message)), ...again.filter(isDue)],
    delayed: [
      ...delayed.map((message) => view(message, message.delayUntil)),
      ...again.filter((one) => !isDue(one)),
    ],
    inFlight: inflight.map(({ message, visibilityDeadline }) => view(message, visibilityDeadline)),
  };
}

function reportMessages(): void {
  const states = { published: 'sent', consumed: 'deleted', dlq: 'dead-lettered' } as const;
  const spy = {
    addMessage(message: {
      readonly status: keyof typeof states;
      readonly queueName: string;
      readonly messageId: string;
      readonly body: string;
      readonly timestamp: number;
    }): void {
      const record: MessageRecord = {
        state: states[message.status],
        queue: message.queueName,
        messageId: message.messageId,
        body: message.body,
        at: message.timestamp,
      };
      tell(record);
    },
  };
  // A queue calls nothing of a spy but this method.
  store.spy = spy as unknown as NonNullable<Store['spy']>;
  for (const queue of store.allQueues()) queue.spy = store.spy;
}

function defineQueue({ name, arn, attributes }: QueueWorkerData['queues'][number]): void {
  const kept = store.getQueueByName(name);
  if (kept === undefined) {
    store.createQueue(name, `http://127.0.0.1/000000000000/${name}`, arn, { ...attributes });
    return;
  }
  // What the template does not say any more is as if it had never been said.
  kept.setAttributes({ RedrivePolicy: '', ...fauxqs.defaultAttributes, ...attributes });
}

function stop(): void {
  fauxqs.stop();
  port?.close();
  process.exit();
}
