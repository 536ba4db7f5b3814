import { type Happening, recordsOf } from '../record.ts';
import type { Names } from './names.ts';
import { laidOut, type QueueView } from './queues-view.ts';

/** One message from its sending to its end. */
export interface MessageStory {
  readonly id: string;
  readonly body: string;
  /** Where it is now; `undefined` once it left its queue. */
  readonly place: string | undefined;
  /** What became of it, oldest first; times in epoch milliseconds. */
  readonly steps: readonly { readonly at: number; readonly text: string }[];
}

const said: Readonly<Record<string, string>> = {
  sent: 'sent to',
  deleted: 'done, and deleted from',
  'dead-lettered': 'given up, and moved to the dead letters of',
  expired: 'expired in',
};

/** @returns `undefined` for a message that no record names and no queue holds. */
export function viewMessage(
  id: string,
  happenings: readonly Happening[],
  { names, queues }: { readonly names: Names; readonly queues: readonly QueueView[] },
): MessageStory | undefined {
  const records = recordsOf(happenings, 'message').filter(({ record }) => record.messageId === id);
  const queue = queues.find(({ messages }) => messages.some((message) => message.id === id));
  const waiting = queue?.messages.find((message) => message.id === id);
  const body = waiting?.body ?? records[0]?.record.body;
  if (body === undefined) return undefined;
  const moves = records.map(({ at, record }) => ({
    at,
    text: `${said[record.state] ?? record.state} ${names.queue(record.queue)}`,
  }));
  const takes = recordsOf(happenings, 'invocation').flatMap(({ at, record }) => {
    const { state, trigger, functionName, awsRequestId } = record;
    if (state !== 'started' || trigger.kind !== 'queue') return [];
    if (!trigger.messageIds.includes(id)) return [];
    return [{ at, text: `taken by ${names.room(functionName)}, invocation ${awsRequestId}` }];
  });
  return {
    id,
    body: laidOut(body),
    place: queue && waiting && `${queue.id}, ${waiting.state}`,
    steps: [...moves, ...takes].sort((a, b) => a.at - b.at),
  };
}
