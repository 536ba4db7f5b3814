import type { LogRecord, MessageRecord, Part } from '../cloud/records.ts';
import { isJsonLine, type JsonLine } from './json-line.ts';
import type { LocalStack } from './local-stack.ts';

/** The story did not go on: which line is missing, and what is known of why. */
export class StoryEnded extends Error {
  override readonly name = 'StoryEnded';
}

/** How long the story waits for its next line. In the sandbox the webhook takes a way home. */
const patienceMs = 20_000;

const partOfService: Readonly<Record<string, Part>> = {
  dynamodb: 'table',
  sqs: 'queue',
  ses: 'mail',
  secretsmanager: 'secret',
};

type JsonLog = Omit<LogRecord, 'json'> & { readonly json: JsonLine };

/** Follows what happens in the stack, and waits for what the story tells next. */
export class Watch {
  readonly #stack: LocalStack;
  readonly #logs: JsonLog[] = [];
  readonly #messages: MessageRecord[] = [];
  readonly #endings: (() => void)[] = [];
  #changed = Promise.withResolvers<void>();
  #trouble: string | null = null;

  constructor(stack: LocalStack) {
    this.#stack = stack;
    const { cloud, stripe } = stack;
    const changed = () => {
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    };
    this.#endings.push(
      cloud.on('log', (record) => {
        this.#readLog(record);
        changed();
      }),
      cloud.on('message', (record) => {
        this.#messages.push(record);
        changed();
      }),
      cloud.on('invocation', (record) => {
        if (record.state === 'failed') {
          this.#trouble ??= `${record.functionName} failed: ${record.error.errorMessage}`;
        }
        changed();
      }),
      cloud.on('mail', changed),
      cloud.on('request', changed),
    );
    if (stripe !== undefined) {
      this.#endings.push(stripe.control.onEvent(changed), stripe.control.onDelivery(changed));
    }
  }

  stop(): void {
    for (const end of this.#endings) end();
  }

  /**
   * Asks again after each happening until there is an answer.
   * @throws {StoryEnded} when a function fails, or nothing comes within the time.
   */
  async until<Answer>(line: string, ask: () => Promise<Answer | null>): Promise<Answer> {
    const deadline = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => deadline.resolve('late'), patienceMs);
    try {
      for (;;) {
        const changed = this.#changed.promise;
        const answer = await ask();
        if (answer !== null) return answer;
        if (this.#trouble !== null) this.fail(line, this.#trouble);
        if ((await Promise.race([changed, deadline.promise])) === 'late') {
          this.fail(line, `nothing came within ${patienceMs / 1000} s`);
        }
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** A line of a function's log that starts so and carries these ids. */
  log(line: string, message: string, ids: JsonLine): Promise<JsonLog> {
    const fits = ({ json }: JsonLog) =>
      String(json.message).startsWith(message) &&
      Object.entries(ids).every(([name, value]) => json[name] === value);
    return this.until(line, async () => this.#logs.find(fits) ?? null);
  }

  /** A message about the invoice that a function has taken from its queue. */
  message(line: string, invoice: string): Promise<MessageRecord> {
    const fits = ({ state, body }: MessageRecord) => state === 'deleted' && body.includes(invoice);
    return this.until(line, async () => this.#messages.find(fits) ?? null);
  }

  /** @throws {StoryEnded} */
  fail(line: string, why: string): never {
    const refused = this.#stack.cloud
      .outgoingRequests()
      .findLast((request) => request.outcome.kind === 'refused');
    const part = refused === undefined ? undefined : partOfService[refused.service];
    const named =
      refused === undefined
        ? ''
        : ` The ${part} does not answer: ${refused.functionName} asked for ${refused.action}.`;
    throw new StoryEnded(`The story ends before "${line}".${named} ${why}`.trim());
  }

  #readLog(record: LogRecord): void {
    const { json } = record;
    if (!isJsonLine(json)) return;
    this.#logs.push({ ...record, json });
    if (json.level === 'ERROR') {
      this.#trouble ??= `${record.functionName} logged: ${json.message}`;
    }
  }
}
