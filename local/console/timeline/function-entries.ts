import type { InvocationRecord } from '../../cloud/records.ts';
import { recordsOf } from '../record.ts';
import { factsOf, isTrouble, readLogLine } from '../view/log-line.ts';
import type { Placed } from './entry.ts';
import type { Relation, TimelineSources } from './relation.ts';

/** Runs of functions that dealt with the invoice. */
export function invocationEntries(
  { happenings, names }: TimelineSources,
  { invocations }: Relation,
): readonly Placed[] {
  const requests = Map.groupBy(
    recordsOf(happenings, 'request').map(({ record }) => record),
    ({ awsRequestId }) => awsRequestId,
  );
  return recordsOf(happenings, 'invocation')
    .filter(({ record }) => invocations.has(record.awsRequestId))
    .map(({ at, number, record }) => {
      const room = names.room(record.functionName);
      const ids = [`invocation ${record.awsRequestId}`];
      const own = { at, number, room, raw: record, ids };
      if (record.state === 'started') {
        const title = sayTrigger(record, names.queue);
        return { ...own, title, weight: 'step' };
      }
      if (record.state === 'refused') {
        const outcome = { kind: 'bad', text: record.error.errorType } as const;
        const lines = [record.error.errorMessage];
        return { ...own, title: `Lambda does not start ${room}`, weight: 'step', outcome, lines };
      }
      const made = countRequests(requests.get(record.awsRequestId) ?? []);
      const lines = made === '' ? [] : [made];
      const length = `${record.durationMilliseconds} ms`;
      if (record.state === 'succeeded') {
        return { ...own, title: `${room} ends after ${length}`, weight: 'detail', lines };
      }
      const { errorMessage, errorType } = record.error;
      const outcome = { kind: 'bad', text: errorType } as const;
      const title = `${room} fails after ${length}`;
      return { ...own, title, weight: 'step', outcome, lines: [errorMessage, ...lines] };
    });
}

function sayTrigger({ trigger }: InvocationRecord, queueOf: (name: string) => string): string {
  switch (trigger.kind) {
    case 'http':
      return `Starts for ${trigger.routeKey}`;
    case 'queue':
      return `Starts with ${trigger.messageIds.length === 1 ? 'a message' : `${trigger.messageIds.length} messages`} of ${queueOf(trigger.queue)}`;
    case 'schedule':
      return 'Starts by its schedule';
    case 'event':
      return 'Starts for an event';
    case 'direct':
      return 'Starts by hand';
  }
}

/** `dynamodb GetItem 12, stripe GET 8`. */
function countRequests(
  requests: readonly { readonly service: string; readonly action: string }[],
): string {
  const kinds = Map.groupBy(requests, ({ service, action }) => `${service} ${action}`);
  const counts = [...kinds].map(([kind, { length }]) => `${kind} × ${length}`);
  return counts.length === 0 ? '' : `asked for ${counts.join(', ')}`;
}

/** What the functions said about the invoice. */
export function logEntries(
  { happenings, names }: TimelineSources,
  { isNamed, whole, invocations, messages }: Relation,
): readonly Placed[] {
  return recordsOf(happenings, 'log').flatMap(({ at, number, record }): readonly Placed[] => {
    const { awsRequestId = '' } = record;
    const line = readLogLine(record);
    if (line === undefined) return [];
    // A batch names the message that failed, and not what it is about.
    const isOurs = isNamed(record) || messages.has(String(line.fields.messageId));
    if (!whole.has(awsRequestId) && !(invocations.has(awsRequestId) && isOurs)) return [];
    const room = names.room(record.functionName);
    const own = {
      at,
      number,
      room,
      title: `Says: ${line.message}`,
      raw: line.fields,
      ids: [`invocation ${awsRequestId}`],
    };
    const lines = [factsOf(line)];
    if (!isTrouble(line)) return [{ ...own, weight: 'detail', lines }];
    const outcome = { kind: 'bad', text: line.level.toLowerCase() } as const;
    return [{ ...own, weight: 'step', outcome, lines }];
  });
}
