import type { Queues } from '../../../functions/domain/ports.ts';
import type { WaitingMessage } from '../evidence.ts';
import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import type { Chronicle } from './chronicle.ts';
import type { Faults } from './faults.ts';
import { type QueueName, queueLimits, receivesBeforeDeadLetter } from './limits.ts';
import type { Process, Processes, Reply } from './processes.ts';

/** A message as it is received: the next receive of it is another delivery. */
export interface Received {
  readonly messageId: string;
  readonly body: string;
  readonly receiveCount: number;
}

type Stored = { -readonly [Key in keyof WaitingMessage]: WaitingMessage[Key] } & {
  readonly name: QueueName;
};

interface Parts {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly faults: Faults;
  readonly chronicle: Chronicle;
  readonly processes: Processes;
}

/** How late a message may be that SQS holds up. */
const longestDelayMs = 10 * 60_000;

/** SQS: at least once, in any order, hidden for a while, dead after five receives. */
export class SimulatedQueues {
  readonly #parts: Parts;
  readonly #messages: Stored[] = [];
  readonly #listeners: ((queue: QueueName, at: number) => void)[] = [];
  #sent = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get messages(): readonly WaitingMessage[] {
    return this.#messages;
  }

  /** Calls `listener` for each message that can be received at a time. */
  onVisible(listener: (queue: QueueName, at: number) => void): void {
    this.#listeners.push(listener);
  }

  /** The queues as a process sees them. */
  connect(process: () => Process): Queues {
    const { processes } = this.#parts;
    const send = (queue: QueueName, message: object, delaySeconds?: number) =>
      processes.call(process(), `send ${queue}`, () => this.#send(queue, message, delaySeconds));
    return {
      sendRetry: (message, delaySeconds) => send('retry', message, delaySeconds),
      sendRetryNow: (message) => send('retryNow', message),
      sendNotice: (message, delaySeconds) => send('notice', message, delaySeconds),
      sendSignIn: (message, delaySeconds) => send('signIn', message, delaySeconds),
    };
  }

  /** Puts a message into a queue: what AWS itself does, as EventBridge. */
  put(name: QueueName, body: string, delaySeconds = 0): void {
    const { agenda, chronicle, faults, random } = this.#parts;
    this.#sent += 1;
    const late = faults.strikes('queue_late') ? random.below(longestDelayMs) : 0;
    const message: Stored = {
      name,
      queue: name,
      messageId: `message-${this.#sent}`,
      body,
      sentAt: agenda.now,
      visibleAt: agenda.now + delaySeconds * 1000 + late,
      receiveCount: 0,
      isDead: false,
    };
    this.#messages.push(message);
    chronicle.tell({ kind: 'message_sent', message: { ...message } });
    this.#show(message);
  }

  /** Takes up to so many visible messages, in any order, and hides them. */
  receive(queue: QueueName, most: number): readonly Received[] {
    const { agenda, random } = this.#parts;
    const isVisible = ({ name, isDead, visibleAt }: Stored) =>
      name === queue && !isDead && visibleAt <= agenda.now;
    const some = random.shuffled(this.#messages.filter(isVisible)).slice(0, most);
    return some.flatMap((message) => this.#receiveOne(message) ?? []);
  }

  /** The message was worked on; it may come once more all the same. */
  delete(queue: QueueName, messageId: string): void {
    const place = this.#messages.findIndex(
      (each) => each.name === queue && each.messageId === messageId && !each.isDead,
    );
    if (place === -1 || this.#parts.faults.strikes('queue_after_delete')) return;
    this.#messages.splice(place, 1);
  }

  /** An operator moves what died back to its queue (docs/runbook.md). @returns how much. */
  moveDeadLettersBack(): number {
    const dead = this.#messages.filter(({ isDead }) => isDead);
    for (const message of dead) {
      message.isDead = false;
      message.receiveCount = 0;
      message.visibleAt = this.#parts.agenda.now;
      this.#show(message);
    }
    return dead.length;
  }

  #send(name: QueueName, message: object, delaySeconds?: number): Reply<void> {
    const { faults } = this.#parts;
    const fault = faults.oneOf(['queue_refused', 'queue_lost', 'queue_sent_twice']);
    if (fault === 'queue_refused') return failing('The queue refused the message.');
    const body = JSON.stringify(message);
    this.put(name, body, delaySeconds);
    if (fault === 'queue_sent_twice') this.put(name, body, delaySeconds);
    if (fault === 'queue_lost') return failing('The answer of the queue was lost.');
    return { answer: () => undefined };
  }

  /** `null` where it was received too often: then it is dead. */
  #receiveOne(message: Stored): Received | null {
    const { agenda, chronicle, faults } = this.#parts;
    if (message.receiveCount >= receivesBeforeDeadLetter) {
      message.isDead = true;
      chronicle.tell({ kind: 'message_died', message: { ...message } });
      return null;
    }
    message.receiveCount += 1;
    if (!faults.strikes('queue_delivered_twice')) {
      message.visibleAt = agenda.now + queueLimits[message.name].visibilitySeconds * 1000;
    }
    this.#show(message);
    const { messageId, body, receiveCount } = message;
    return { messageId, body, receiveCount };
  }

  #show({ name, visibleAt }: Stored): void {
    for (const listener of this.#listeners) listener(name, visibleAt);
  }
}

/** What the SDK throws once it has tried three times. */
class QueueError extends Error {
  override readonly name = 'ServiceUnavailable';
}

const failing = (why: string): Reply<never> => ({
  answer: () => {
    throw new QueueError(why);
  },
});
