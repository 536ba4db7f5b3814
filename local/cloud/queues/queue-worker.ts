// The thread of the queue emulator. It has a thread of its own because its visibility deadlines
// and delays read `Date.now`, which here follows the movable clock.
//
// fauxqs' own `startFauxqs` listens on every interface, and its `buildApp` keeps its store to
// itself; so the store and the persistence are taken from the files beside the package's entry,
// and the HTTP face is spoken to without any port.
import { parentPort, workerData } from 'node:worker_threads';
import type { BuildAppOptions } from 'fauxqs';
import type { MessageRecord } from '../records.ts';
import type { Call, Reply } from '../worker-calls.ts';
import { followClock } from '../worker-clock.ts';
import type {
  QueueAnswer,
  QueuedMessage,
  QueueRecord,
  QueueRequest,
  QueueState,
  QueueWorkerData,
} from './queue-messages.ts';

type Stores = NonNullable<BuildAppOptions['stores']>;
type Store = Stores['sqsStore'];
type Queue = NonNullable<ReturnType<Store['getQueueByName']>>;
type Message = Queue['messages'][number];
type Persistence = NonNullable<Store['persistence']>;

// The two ends of the channel are files of this folder, and agree on its messages.
const data = workerData as QueueWorkerData;
const port = parentPort;
if (port === null) throw new Error('This file runs only as a worker thread.');
followClock(data.sharedOffset);

const { buildApp } = await import('fauxqs');
const beside = (file: string) => import(new URL(file, import.meta.resolve('fauxqs')).href);
// These modules have no public types; the store's type is the one that buildApp takes.
const stores: Stores = {
  sqsStore: new ((await beside('./sqs/sqsStore.js')) as { SqsStore: new () => Store }).SqsStore(),
  snsStore: new (
    (await beside('./sns/snsStore.js')) as { SnsStore: new () => Stores['snsStore'] }
  ).SnsStore(),
  s3Store: new (
    (await beside('./s3/s3Store.js')) as { S3Store: new () => Stores['s3Store'] }
  ).S3Store(),
};
const store = stores.sqsStore;
const persistence = await openPersistence();
const app = buildApp({ logger: false, stores });
const cancelled = new Set<number>();

const tell = (notice: MessageRecord) => port.postMessage({ notice });
reportMessages();
for (const definition of data.queues) defineQueue(definition);

port.on('message', (message: Call<QueueRequest> | 'stop') => {
  if (message === 'stop') return void stop();
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
      return callApi(request.target, request.body);
    case 'receive':
      return { kind: 'received', messages: await receive(request) };
    case 'cancel':
      cancelled.add(request.ticket);
      for (const queue of store.allQueues()) queue.cancelWaiters();
      return { kind: 'done' };
    case 'delete':
      for (const handle of request.receiptHandles) queueOf(request.queue).deleteMessage(handle);
      return { kind: 'done' };
    case 'send':
      return { kind: 'sent', messageId: send(request) };
    case 'redrive':
      return { kind: 'redriven', count: redrive(queueOf(request.from), queueOf(request.to)) };
    case 'inspect':
      store.processAllTimers();
      return { kind: 'inspected', queues: [...store.allQueues()].map(stateOf) };
    case 'clockMoved':
      store.processAllTimers();
      return { kind: 'done' };
  }
}

async function callApi(target: string, body: string): Promise<QueueAnswer> {
  const response = await app.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
    payload: body,
  });
  return { kind: 'api', status: response.statusCode, body: response.body };
}

/** The messages leave the queue in the same turn in which their answer is posted. */
async function receive({
  queue: name,
  maximum,
  ticket,
}: Extract<QueueRequest, { kind: 'receive' }>): Promise<readonly QueueRecord[]> {
  const queue = queueOf(name);
  const longPollSeconds = 20;
  while (!cancelled.has(ticket)) {
    const received = queue.dequeue(maximum, undefined, (arn) => store.getQueueByArn(arn));
    if (received.length > 0) {
      return received.flatMap(({ ReceiptHandle }) => recordOf(queue, ReceiptHandle));
    }
    await queue.waitForMessages(longPollSeconds);
  }
  cancelled.delete(ticket);
  return [];
}

function recordOf(queue: Queue, receiptHandle: string): readonly QueueRecord[] {
  const message = queue.inflightMessages.get(receiptHandle)?.message;
  if (message === undefined) return [];
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
  return [
    {
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
    },
  ];
}

function send({ queue, body, attributes }: Extract<QueueRequest, { kind: 'send' }>): string {
  const { SqsStore } = storeClass();
  const target = queueOf(queue);
  const messageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      { DataType: 'String', StringValue: value },
    ]),
  );
  const delaySeconds = Number(target.attributes.DelaySeconds);
  const message = SqsStore.createMessage(body, messageAttributes, delaySeconds);
  target.enqueue(message);
  return message.messageId;
}

/** As SQS's redrive: new messages with the same body, not received yet. */
function redrive(from: Queue, to: Queue): number {
  const { SqsStore } = storeClass();
  const handles = from
    .dequeue(10, undefined, () => undefined)
    .map(({ ReceiptHandle }) => ReceiptHandle);
  if (handles.length === 0) return 0;
  for (const handle of handles) {
    const message = from.inflightMessages.get(handle)?.message;
    if (message === undefined) continue;
    to.enqueue(SqsStore.createMessage(message.body, message.messageAttributes));
    from.deleteMessage(handle);
  }
  return handles.length + redrive(from, to);
}

function storeClass(): { SqsStore: { createMessage: CreateMessage } } {
  // The class is the store's own constructor; its static method has no public type.
  return { SqsStore: store.constructor as unknown as { createMessage: CreateMessage } };
}

type CreateMessage = (
  body: string,
  messageAttributes: Message['messageAttributes'],
  delaySeconds?: number,
) => Message;

function queueOf(name: string): Queue {
  const queue = store.getQueueByName(name);
  if (queue === undefined) throw new Error(`There is no queue "${name}".`);
  return queue;
}

function stateOf(queue: Queue): QueueState {
  const { ready, delayed, inflight } = queue.inspectMessages();
  const view = (message: Message, visibleAt?: number): QueuedMessage => ({
    messageId: message.messageId,
    body: message.body,
    receiveCount: message.approximateReceiveCount,
    ...(visibleAt !== undefined && { visibleAt }),
  });
  return {
    name: queue.name,
    ready: ready.map((message) => view(message)),
    delayed: delayed.map((message) => view(message, message.delayUntil)),
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
  kept.setAttributes({ ...attributes });
}

/** Loads what the last run kept, before anything is written. */
async function openPersistence(): Promise<Persistence | undefined> {
  if (data.dataDirectory === undefined) return undefined;
  // As above: the class has no public type of its own.
  const { PersistenceManager } = (await beside('./persistence.js')) as {
    PersistenceManager: new (directory: string) => Persistence;
  };
  const opened = new PersistenceManager(data.dataDirectory);
  opened.loadSqsAndSns(store, stores.snsStore);
  store.persistence = opened;
  for (const queue of store.allQueues()) queue.persistence = opened;
  return opened;
}

async function stop(): Promise<void> {
  store.shutdown();
  await app.close();
  persistence?.close();
  port?.close();
  process.exit();
}
