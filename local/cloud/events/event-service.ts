import * as z from 'zod';
import { jsonOf } from '../aws-request.ts';
import { jsonError, type Service } from '../functions/gateway.ts';
import type { HttpAnswer } from '../http/http-exchange.ts';
import { isObject } from '../template/intrinsics.ts';
import type { Json, JsonObject } from '../template/template.ts';
import type { EventBus } from './event-bus.ts';

const entrySchema = z.object({
  Source: z.optional(z.string()),
  DetailType: z.optional(z.string()),
  Detail: z.optional(z.string()),
  Resources: z._default(z.array(z.string()), []),
  EventBusName: z.optional(z.string()),
  Time: z.optional(z.unknown()),
});
const requestSchema = z.object({ Entries: z.array(entrySchema) });
type Entry = z.output<typeof entrySchema>;

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const mostEntries = 10;
const sizeLimitBytes = 256 * 1024;

/** EventBridge for functions: they put events on the account's default bus, and do nothing else. */
export function createEventService(bus: Pick<EventBus, 'publish'>): Service {
  return {
    async handle({ aws, http }) {
      if (aws.action !== 'PutEvents') {
        const message = `The local cloud's EventBridge knows PutEvents, and not "${aws.action}".`;
        return jsonError(400, 'UnknownOperationException', message);
      }
      const request = requestSchema.safeParse(jsonOf(http.body));
      if (!request.success) return jsonError(400, 'ValidationException', 'Entries are missing.');
      const refusal = refuseEntries(request.data.Entries);
      return refusal ?? answerOf(request.data.Entries.map((entry) => put(bus, entry)));
    },
  };
}

function refuseEntries(entries: readonly Entry[]): HttpAnswer | undefined {
  if (entries.length < 1 || entries.length > mostEntries) {
    const message = `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${mostEntries}`;
    return jsonError(400, 'ValidationException', message);
  }
  const bytes = entries.map(sizeOf).reduce((sum, size) => sum + size, 0);
  if (bytes > sizeLimitBytes) {
    const message = 'Total size of the entries in the request is over the limit.';
    return jsonError(400, 'ValidationException', message);
  }
  const other = entries.find(({ EventBusName }) => !isDefaultBus(EventBusName))?.EventBusName;
  if (other === undefined) return undefined;
  return jsonError(400, 'ResourceNotFoundException', `Event bus ${other} does not exist.`);
}

const isDefaultBus = (name: string | undefined) =>
  name === undefined || name === 'default' || name.endsWith(':event-bus/default');

/** As AWS counts it: a time is 14 bytes, whatever it says. */
function sizeOf({ Source = '', DetailType = '', Detail = '', Resources, Time }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : 14);
}

type Result =
  | { readonly EventId: string }
  | { readonly ErrorCode: string; readonly ErrorMessage: string };

/** One entry may fail while the others are taken. */
function put(bus: Pick<EventBus, 'publish'>, entry: Entry): Result {
  const { Source = '', DetailType = '', Detail = '', Resources } = entry;
  const missing = Object.entries({ Source, DetailType, Detail }).find(([, text]) => text === '');
  if (missing !== undefined) {
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${missing[0]} is not valid. Reason: ${missing[0]} is a required argument.`,
    };
  }
  if (Source.startsWith('aws.')) {
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    };
  }
  const detail = objectOf(Detail);
  if (detail === undefined) {
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  }
  const event = { source: Source, detailType: DetailType, resources: Resources, detail };
  return { EventId: bus.publish(event) };
}

function objectOf(text: string): JsonObject | undefined {
  // What jsonOf reads is JSON, or nothing.
  const value = jsonOf(Buffer.from(text)) as Json | undefined;
  return isObject(value) ? value : undefined;
}

function answerOf(results: readonly Result[]): HttpAnswer {
  const failed = results.filter((result) => 'ErrorCode' in result).length;
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ Entries: results, FailedEntryCount: failed }),
  };
}
