import type { QueueMessages } from '../../cloud/local-cloud.ts';
import type { EventSourcePlan } from '../../cloud/template/read-functions.ts';
import type { QueuePlan } from '../../cloud/template/read-queues.ts';
import { withoutHash } from '../../cloud/without-hash.ts';
import { roomOf } from './names.ts';

/** A queue and what is in it now. */
export interface QueueView {
  /** The logical id without CDK's letters; it is also the queue's place on the page. */
  readonly id: string;
  readonly name: string;
  /** Who takes its messages; `undefined` for a queue that nobody reads. */
  readonly readBy: string | undefined;
  /** For a dead-letter queue: whose. */
  readonly deadLettersOf: string | undefined;
  readonly messages: readonly MessageView[];
}

export type MessageState = 'ready' | 'delayed' | 'in flight';

export interface MessageView {
  readonly id: string;
  readonly state: MessageState;
  /** When it is seen (again); epoch milliseconds. */
  readonly visibleAt: number | undefined;
  readonly receiveCount: number;
  /** JSON is laid out; another text stands as it is. */
  readonly body: string;
}

type Reader = Pick<EventSourcePlan, 'functionLogicalId'> & {
  readonly queue: Pick<QueuePlan, 'name'>;
};
type Queue = Pick<QueuePlan, 'logicalId' | 'name' | 'deadLetterQueue'>;

/** The queues with their dead-letter queues behind them. */
export function viewQueues(
  queues: readonly (Queue & { readonly contents: QueueMessages })[],
  readers: readonly Reader[],
): readonly QueueView[] {
  const views = queues.map(({ logicalId, name, contents }) => {
    const source = queues.find(({ deadLetterQueue }) => deadLetterQueue === name);
    const reader = readers.find(({ queue }) => queue.name === name);
    return {
      id: withoutHash(logicalId),
      name,
      readBy: reader && roomOf(reader.functionLogicalId),
      deadLettersOf: source && withoutHash(source.logicalId),
      messages: messagesIn(contents),
    };
  });
  return views
    .filter(({ deadLettersOf }) => deadLettersOf === undefined)
    .flatMap((view) => [view, ...views.filter(({ deadLettersOf }) => deadLettersOf === view.id)]);
}

function messagesIn({ ready, delayed, inFlight }: QueueMessages): readonly MessageView[] {
  const states = [
    ['ready', ready],
    ['in flight', inFlight],
    ['delayed', delayed],
  ] as const;
  return states.flatMap(([state, messages]) =>
    messages.map(({ messageId, body, receiveCount, visibleAt }) => ({
      id: messageId,
      state,
      visibleAt,
      receiveCount,
      body: laidOut(body),
    })),
  );
}

/** JSON with a field a line. */
export function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // A message may be any text.
    return text;
  }
}
