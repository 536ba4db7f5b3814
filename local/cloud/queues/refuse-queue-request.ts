import * as z from 'zod';
import { isWithin, queueLimits, type Range } from './queue-limits.ts';

/** SQS's refusal: the error's name in the JSON protocol and its sentence. */
export interface QueueRefusal {
  readonly code: string;
  readonly message: string;
}

const attributeSchema = z.object({
  DataType: z.optional(z.string()),
  StringValue: z.optional(z.string()),
  BinaryValue: z.optional(z.string()),
});
const messageSchema = z.object({
  MessageBody: z._default(z.string(), ''),
  MessageAttributes: z._default(z.record(z.string(), attributeSchema), {}),
  DelaySeconds: z.optional(z.number()),
});
const requestSchema = z.object({
  ...messageSchema.shape,
  Entries: z.optional(z.array(z.object({ Id: z.string(), ...messageSchema.shape }))),
  VisibilityTimeout: z.optional(z.number()),
  MaxNumberOfMessages: z.optional(z.number()),
  WaitTimeSeconds: z.optional(z.number()),
});

export type QueueRequestBody = z.output<typeof requestSchema>;
type Message = z.output<typeof messageSchema>;

/** @returns `undefined` for a body in another shape: SQS itself finds the word for it. */
export function readQueueRequest(body: unknown): QueueRequestBody | undefined {
  const read = requestSchema.safeParse(body);
  return read.success ? read.data : undefined;
}

/**
 * Why SQS refuses the whole request, in the words of its errors.
 *
 * @param messageLimitBytes The queue's `MaximumMessageSize`.
 */
export function refuseQueueRequest(
  action: string,
  request: QueueRequestBody,
  messageLimitBytes: number,
): QueueRefusal | undefined {
  switch (action) {
    case 'SendMessage':
      return refuseMessage(request, messageLimitBytes);
    case 'SendMessageBatch':
      return refuseBatch(request) ?? refuseBatchSize(request);
    case 'DeleteMessageBatch':
    case 'ChangeMessageVisibilityBatch':
      return refuseBatch(request);
    case 'ChangeMessageVisibility':
      return refuseVisibility(request);
    case 'ReceiveMessage':
      return (
        refuseVisibility(request) ??
        refuseNumber('MaxNumberOfMessages', request.MaxNumberOfMessages, {
          range: queueLimits.receivedMessages,
          reason: 'Must be between 1 and 10, if provided.',
        }) ??
        refuseNumber('WaitTimeSeconds', request.WaitTimeSeconds, {
          range: queueLimits.receiveWaitSeconds,
          reason: 'Must be >= 0 and <= 20, if provided.',
        })
      );
    default:
      return undefined;
  }
}

/** Why SQS refuses one message, alone or as an entry of a batch (API reference: "SendMessage"). */
export function refuseMessage(
  message: Message,
  messageLimitBytes: number,
): QueueRefusal | undefined {
  const count = Object.keys(message.MessageAttributes).length;
  if (count > queueLimits.messageAttributes) {
    return invalid(
      `Number of message attributes [${count}] exceeds the allowed maximum [${queueLimits.messageAttributes}].`,
    );
  }
  if (queueLimits.forbiddenCharacters.test(message.MessageBody)) {
    return {
      code: 'InvalidMessageContents',
      message:
        'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.',
    };
  }
  if (bytesOf(message) > messageLimitBytes) {
    return invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${messageLimitBytes} bytes.`,
    );
  }
  return refuseNumber('DelaySeconds', message.DelaySeconds, {
    range: queueLimits.delaySeconds,
    reason: 'DelaySeconds must be >= 0 and <= 900.',
  });
}

/** What counts for the size: the body, and name, type and value of each attribute. */
function bytesOf({ MessageBody, MessageAttributes }: Message): number {
  const parts = Object.entries(MessageAttributes).map(
    ([name, { DataType = '', StringValue = '', BinaryValue = '' }]) =>
      Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, 'base64'),
  );
  return parts.reduce((sum, bytes) => sum + bytes, Buffer.byteLength(MessageBody));
}

function refuseBatch({ Entries = [] }: QueueRequestBody): QueueRefusal | undefined {
  const { batchEntries, batchEntryId } = queueLimits;
  if (Entries.length === 0) {
    return {
      code: 'EmptyBatchRequest',
      message: 'There should be at least one SendMessageBatchRequestEntry in the request.',
    };
  }
  if (Entries.length > batchEntries) {
    return {
      code: 'TooManyEntriesInBatchRequest',
      message: `Maximum number of entries per request are ${batchEntries}. You have sent ${Entries.length}.`,
    };
  }
  if (Entries.some(({ Id }) => !batchEntryId.test(Id))) {
    return {
      code: 'InvalidBatchEntryId',
      message:
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    };
  }
  const twice = Entries.find(({ Id }, at) => Entries.findIndex((one) => one.Id === Id) < at);
  if (twice === undefined) return undefined;
  return { code: 'BatchEntryIdsNotDistinct', message: `Id ${twice.Id} repeated.` };
}

function refuseBatchSize({ Entries = [] }: QueueRequestBody): QueueRefusal | undefined {
  const bytes = Entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
  if (bytes <= queueLimits.batchBytes) return undefined;
  return {
    code: 'BatchRequestTooLong',
    message: `Batch requests cannot be longer than ${queueLimits.batchBytes} bytes. You have sent ${bytes} bytes.`,
  };
}

const refuseVisibility = ({ VisibilityTimeout }: QueueRequestBody) =>
  refuseNumber('VisibilityTimeout', VisibilityTimeout, {
    range: queueLimits.visibilitySeconds,
    reason: 'Must be between 0 and 43200.',
  });

function refuseNumber(
  name: string,
  value: number | undefined,
  { range, reason }: { readonly range: Range; readonly reason: string },
): QueueRefusal | undefined {
  if (value === undefined || isWithin(value, range)) return undefined;
  return invalid(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);
}

const invalid = (message: string): QueueRefusal => ({ code: 'InvalidParameterValue', message });
