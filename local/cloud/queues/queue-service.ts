import * as z from 'zod';
import type { MovableClock } from '../../clock.ts';
import type { Activity } from '../activity.ts';
import { queueUrlAt } from '../aws-request.ts';
import { jsonError, type Service, type ServiceRequest } from '../functions/gateway.ts';
import type { HttpAnswer } from '../http/http-exchange.ts';
import type { MessageRecord } from '../records.ts';
import type { QueuePlan } from '../template/read-queues.ts';
import { type CalledWorker, startWorker } from '../worker-calls.ts';
import { queueActions } from './queue-actions.ts';
import type {
  QueueAnswer,
  QueueRecord,
  QueueRequest,
  QueueState,
  QueueTroubleSettings,
  QueueWorkerData,
} from './queue-messages.ts';

export interface QueueService extends Service {
  /**
   * Waits for messages; the activity of handling them has begun when they are there, and
   * `handled` ends it. Without messages when the signal was given.
   */
  receive(queue: string, maximum: number, signal: AbortSignal): Promise<ReceivedMessages>;
  delete(queue: string, receiptHandles: readonly string[]): Promise<void>;
  /** @returns the message's id. */
  send(queue: string, body: string, attributes?: Readonly<Record<string, string>>): Promise<string>;
  /** Sends all messages of one queue to another. @returns how many. */
  redrive(from: string, to: string): Promise<number>;
  inspect(): Promise<readonly QueueState[]>;
  /** From now on the queues duplicate and reorder so. */
  setTroubles(settings: QueueTroubleSettings): Promise<void>;
  stop(): Promise<void>;
}

export interface ReceivedMessages {
  readonly messages: readonly QueueRecord[];
  handled(): void;
}

export interface QueueParts {
  readonly clock: MovableClock;
  readonly activity: Activity;
  readonly dataDirectory?: string;
  tell(record: MessageRecord): void;
}

/** Starts the thread of the queues; it answers when they are all there. */
export async function startQueueService(
  queues: readonly QueuePlan[],
  parts: QueueParts,
): Promise<QueueService> {
  const workerData: QueueWorkerData = {
    sharedOffset: parts.clock.sharedOffset,
    ...(parts.dataDirectory !== undefined && { dataDirectory: parts.dataDirectory }),
    queues: queues.map(({ name, arn, attributes }) => ({ name, arn, attributes })),
  };
  const worker = startWorker<QueueRequest, QueueAnswer, MessageRecord>(
    new URL('./queue-worker.ts', import.meta.url),
    workerData,
    (record) => {
      parts.tell(record);
      // A message that went to its dead-letter queue is one less to wait for.
      parts.activity.touch();
    },
  );
  const unsubscribe = parts.clock.onMove(() => {
    // A move that comes while the thread ends has nothing left to wake.
    worker.call({ kind: 'clockMoved' }).then(parts.activity.touch, () => undefined);
  });
  const service = serviceOn(worker, parts.activity);
  await service.inspect();
  return {
    ...service,
    stop() {
      unsubscribe();
      return worker.stop();
    },
  };
}

type QueueWorker = CalledWorker<QueueRequest, QueueAnswer>;

function serviceOn(worker: QueueWorker, activity: Activity): Omit<QueueService, 'stop'> {
  const call = calling(worker);
  let lastTicket = 0;
  return {
    part: 'queue',
    handle: (request) => answerFunction(call, request),
    async receive(queue, maximum, signal) {
      lastTicket += 1;
      const ticket = lastTicket;
      const cancel = () => void worker.call({ kind: 'cancel', ticket });
      signal.addEventListener('abort', cancel, { once: true });
      try {
        const { messages } = await call({ kind: 'receive', queue, maximum, ticket }, 'received');
        return { messages, handled: messages.length > 0 ? activity.begin() : () => {} };
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
    async delete(queue, receiptHandles) {
      await call({ kind: 'delete', queue, receiptHandles }, 'done');
    },
    async send(queue, body, attributes = {}) {
      return (await call({ kind: 'send', queue, body, attributes }, 'sent')).messageId;
    },
    async redrive(from, to) {
      return (await call({ kind: 'redrive', from, to }, 'redriven')).count;
    },
    inspect: async () => (await call({ kind: 'inspect' }, 'inspected')).queues,
    async setTroubles(settings) {
      await call({ kind: 'troubles', settings }, 'done');
    },
  };
}

type CallQueues = <Kind extends QueueAnswer['kind']>(
  request: QueueRequest,
  kind: Kind,
) => Promise<Extract<QueueAnswer, { kind: Kind }>>;

const calling =
  (worker: QueueWorker): CallQueues =>
  async (request, kind) => {
    const answer = await worker.call(request);
    if (!isKind(answer, kind)) throw new Error(`The queues answered ${answer.kind}, not ${kind}.`);
    return answer;
  };

async function answerFunction(
  call: CallQueues,
  { aws, http, callerUrl }: ServiceRequest,
): Promise<HttpAnswer> {
  if (!queueActions.has(aws.action)) {
    const message = `The local cloud's queues do not know the action "${aws.action}".`;
    return jsonError(400, 'com.amazonaws.sqs#InvalidAction', message);
  }
  const request = { kind: 'api', action: aws.action, body: http.body.toString() } as const;
  const { status, body } = await call(request, 'api');
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: aws.action === 'GetQueueUrl' ? withUrlOf(callerUrl, body) : body,
  };
}

function isKind<Kind extends QueueAnswer['kind']>(
  answer: QueueAnswer,
  kind: Kind,
): answer is Extract<QueueAnswer, { kind: Kind }> {
  return answer.kind === kind;
}

/** The SDK follows the URL that it was given: it must lead through the caller's own gateway. */
function withUrlOf(callerUrl: string, body: string): string {
  const parsed = z.object({ QueueUrl: z.string() }).safeParse(JSON.parse(body));
  if (!parsed.success) return body;
  const { QueueUrl } = parsed.data;
  const name = QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1);
  return JSON.stringify({ QueueUrl: queueUrlAt(callerUrl, name) });
}
