import * as z from 'zod';
import type { Fauxqs, Queue } from './fauxqs.ts';
import { roomInFlight } from './queue-limits.ts';
import {
  type QueueRefusal,
  type QueueRequestBody,
  readQueueRequest,
  refuseMessage,
  refuseQueueRequest,
} from './refuse-queue-request.ts';

export interface QueueApiAnswer {
  readonly status: number;
  readonly body: string;
}

const jsonObject = z.looseObject({ QueueUrl: z.optional(z.string()) });
const batchAnswer = z.object({
  Successful: z._default(z.array(z.unknown()), []),
  Failed: z._default(z.array(z.unknown()), []),
});

/** Answers one request of SQS's API: within its limits, and then by the emulator. */
export async function answerQueueRequest(
  fauxqs: Fauxqs,
  action: string,
  body: string,
): Promise<QueueApiAnswer> {
  const json = jsonObject.safeParse(jsonOf(body));
  const request = readQueueRequest(json.data);
  const queue = fauxqs.store.getQueue(json.data?.QueueUrl ?? '');
  if (request === undefined || queue === undefined) return fauxqs.call(action, body);
  const limitBytes = Number(queue.attributes.MaximumMessageSize);
  const refusal = refuseQueueRequest(action, request, limitBytes);
  if (refusal !== undefined) return errorAnswer(refusal);
  const full = answerFullQueue(action, request, queue);
  if (full !== undefined) return full;
  if (action !== 'SendMessageBatch') return fauxqs.call(action, body);

  const failed = (request.Entries ?? []).flatMap((entry) => {
    const why = refuseMessage(entry, limitBytes);
    if (why === undefined) return [];
    return [{ Id: entry.Id, SenderFault: true, Code: why.code, Message: why.message }];
  });
  const kept = (request.Entries ?? []).filter(({ Id }) => failed.every((one) => one.Id !== Id));
  if (kept.length === 0) return answer({ Successful: [], Failed: failed });
  const sent = await fauxqs.call(action, JSON.stringify({ ...json.data, Entries: kept }));
  if (sent.status !== 200) return sent;
  const { Successful, Failed } = batchAnswer.parse(JSON.parse(sent.body));
  return answer({ Successful, Failed: [...Failed, ...failed] });
}

/**
 * The answer to a receive from a queue with too much in flight: a short poll is refused, a long
 * poll gets nothing ("Amazon SQS standard queue quotas").
 */
function answerFullQueue(
  action: string,
  { WaitTimeSeconds }: QueueRequestBody,
  queue: Queue,
): QueueApiAnswer | undefined {
  if (action !== 'ReceiveMessage' || roomInFlight(queue.inflightMessages.size) > 0) {
    return undefined;
  }
  const waitSeconds = WaitTimeSeconds ?? Number(queue.attributes.ReceiveMessageWaitTimeSeconds);
  if (waitSeconds > 0) return answer({});
  return errorAnswer({ code: 'OverLimit', message: 'Too many messages in flight.' });
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not JSON: the emulator refuses it.
    return undefined;
  }
}

const answer = (body: object): QueueApiAnswer => ({ status: 200, body: JSON.stringify(body) });

function errorAnswer({ code, message }: QueueRefusal): QueueApiAnswer {
  const status = code === 'OverLimit' ? 403 : 400;
  return { status, body: JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message }) };
}
