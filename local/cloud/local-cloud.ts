import { queueUrlAt } from './aws-request.ts';
import type { InvocationResult } from './functions/execution-environment.ts';
import type { FunctionPool } from './functions/function-pool.ts';
import { type EventSource, startEventSource } from './queues/event-source.ts';
import { queueLimits } from './queues/queue-limits.ts';
import type { QueuedMessage } from './queues/queue-messages.ts';
import { refuseMessage } from './queues/refuse-queue-request.ts';
import type {
  CloudRecords,
  LocalMail,
  OutgoingRequest,
  Part,
  RequestRecord,
  Verdict,
} from './records.ts';
import type { RunningCloud } from './running-cloud.ts';
import type { ApiPlan } from './template/read-apis.ts';
import type { EventSourcePlan, FunctionPlan } from './template/read-functions.ts';
import type { QueuePlan } from './template/read-queues.ts';
import type { RulePlan } from './template/read-rules.ts';
import type { TablePlan } from './template/read-tables.ts';
import type { Json } from './template/template.ts';
import type { Troubles } from './troubles.ts';
import { withoutHash } from './without-hash.ts';

/** The messages of one queue, by what keeps them there. */
export interface QueueMessages {
  readonly ready: readonly QueuedMessage[];
  readonly delayed: readonly QueuedMessage[];
  readonly inFlight: readonly QueuedMessage[];
}

/** A rule of EventBridge, with what only a running cloud knows of it. */
export type RunningRule = RulePlan & {
  /** When its schedule fires next; epoch milliseconds. */
  readonly nextAt: number | undefined;
};

/**
 * A stack that runs on this machine. A function, queue, table or API is named by its logical id,
 * that id without CDK's eight last letters, or its physical name.
 */
export interface LocalCloud {
  /** Address of the template's first HTTP API. */
  readonly apiUrl: string;
  /** Address of one of the HTTP APIs. */
  apiUrlOf(api: string): string;
  /** Address of the template's first distribution of CloudFront; empty where it has none. */
  readonly pageUrl: string;
  /** The page that shows the mails. */
  readonly inboxUrl: string;
  /** Answers a person's requests to the table and the queues, whatever part is stopped. */
  readonly operatorUrl: string;
  functions(): readonly FunctionPlan[];
  tables(): readonly TablePlan[];
  /** Where a person reaches the queue, for the SDK. */
  queueUrl(queue: string): string;
  queues(): readonly QueuePlan[];
  /** Which function reads which queue. */
  eventSources(): readonly EventSourcePlan[];
  rules(): readonly RunningRule[];
  /** Every item of a table as plain objects; without a name, of the only table. */
  items(table?: string): Promise<Record<string, unknown>[]>;
  messages(queue: string): Promise<QueueMessages>;
  /**
   * @returns the message's id.
   * @throws Error for a message that SQS refuses, in its words.
   */
  send(queue: string, body: string): Promise<string>;
  /** Sends what lies in a dead-letter queue back to the queue it came from. @returns how many. */
  redrive(deadLetterQueue: string): Promise<number>;
  mails(): readonly LocalMail[];
  /** Calls the listener with each record from now on. @returns a function that ends it. */
  on<Kind extends keyof CloudRecords>(
    kind: Kind,
    listener: (record: CloudRecords[Kind]) => void,
  ): () => void;
  setSecret(name: string, value: string): void;
  /** From now on `judge` decides on each request that a function sends; one judge at a time. */
  intercept(judge: (request: OutgoingRequest) => Verdict | Promise<Verdict>): void;
  /** The newest 10,000 requests of functions, with what became of them; compare their numbers. */
  outgoingRequests(): readonly RequestRecord[];
  /**
   * From now on this goes wrong by chance; what is not named stays as it is.
   * @throws RangeError for a share that is not from 0 to 100.
   */
  setTroubles(troubles: Partial<Troubles>): Promise<void>;
  troubles(): Troubles;
  /** The part's connections break from now on; queues deliver nothing to functions. */
  stopPart(part: Part): void;
  resumePart(part: Part): void;
  stoppedParts(): readonly Part[];
  /** Runs a function with this event and waits for its result. */
  invoke(functionName: string, event: Json): Promise<InvocationResult>;
  /**
   * Resolves when no request or invocation runs, no event is on its way, and no message that is
   * visible now waits in a queue with an enabled event source. What is delayed or invisible does
   * not count.
   */
  idle(): Promise<void>;
  /** The next time at which something happens by itself: a message gets visible, a schedule. */
  nextDue(): Promise<number | undefined>;
  /** Ends everything; no handle is left open. */
  stop(): Promise<void>;
}

export function createLocalCloud(
  running: RunningCloud,
  endings: readonly (() => Promise<void> | void)[],
): LocalCloud {
  const sources = createEventSources(running);
  if (!running.stopped.has('queue')) sources.start();
  running.bus.startSchedules();
  return {
    ...viewOf(running),
    ...commandsOf(running),
    stopPart(part) {
      running.stopped.add(part);
      if (part === 'queue') void sources.stop();
      running.activity.touch();
    },
    resumePart(part) {
      const wasStopped = running.stopped.delete(part);
      if (part === 'queue' && wasStopped) sources.start();
    },
    async stop() {
      running.bus.stop();
      const sourcesEnded = sources.stop();
      // The threads end first: an event source waits for the invocations that it has begun.
      await Promise.all([...running.pools.values()].map((pool) => pool.stop()));
      await sourcesEnded;
      for (const end of [...endings].reverse()) await end();
    },
  };
}

type Commands = 'send' | 'redrive' | 'setSecret' | 'intercept' | 'setTroubles' | 'invoke';
type Lifecycle = 'stopPart' | 'resumePart' | 'stop';

/** What only looks. */
function viewOf(running: RunningCloud): Omit<LocalCloud, Commands | Lifecycle> {
  const { plan, apis, pages, mail, tables, queues, bus, feed, requests } = running;
  const urlOf = ({ logicalId }: ApiPlan) => apis.get(logicalId)?.url ?? '';
  return {
    apiUrl: plan.apis.slice(0, 1).map(urlOf).join(),
    apiUrlOf: (wanted) => urlOf(find(plan.apis, wanted, 'API')),
    pageUrl: plan.pages.map(({ logicalId }) => pages.get(logicalId)?.url).at(0) ?? '',
    inboxUrl: mail.inboxUrl,
    operatorUrl: running.operatorUrl,
    functions: () => plan.functions,
    tables: () => plan.tables,
    queueUrl: (wanted) => queueUrlAt(running.operatorUrl, find(plan.queues, wanted, 'queue').name),
    queues: () => plan.queues,
    eventSources: () => plan.eventSources,
    rules: () => plan.rules.map((rule) => ({ ...rule, nextAt: bus.nextRun(rule) })),
    stoppedParts: () => [...running.stopped],
    items(wanted) {
      const table = wanted === undefined ? plan.tables[0] : find(plan.tables, wanted, 'table');
      return table === undefined ? Promise.resolve([]) : tables.items(table.name);
    },
    async messages(wanted) {
      const { name } = find(plan.queues, wanted, 'queue');
      const state = (await queues.inspect()).find((queue) => queue.name === name);
      const { ready = [], delayed = [], inFlight = [] } = state ?? {};
      return { ready, delayed, inFlight };
    },
    mails: () => mail.mails(),
    on: (kind, listener) => feed.on(kind, listener),
    outgoingRequests: () => requests.newest(),
    troubles: () => running.troubleMaker.troubles(),
    idle: () => idle(running),
    nextDue: () => nextDue(running),
  };
}

function commandsOf(running: RunningCloud): Pick<LocalCloud, Commands> {
  const { plan, queues, secrets, interception, troubleMaker } = running;
  return {
    async send(wanted, body) {
      const { name, attributes } = find(plan.queues, wanted, 'queue');
      const limitBytes = Number(attributes.MaximumMessageSize ?? queueLimits.messageBytes.to);
      const refusal = refuseMessage({ MessageBody: body, MessageAttributes: {} }, limitBytes);
      if (refusal !== undefined) throw new Error(`${refusal.code}: ${refusal.message}`);
      return queues.send(name, body);
    },
    redrive: (wanted) => redrive(running, find(plan.queues, wanted, 'queue').name),
    setSecret: (name, value) => secrets.set(name, value),
    intercept(judge) {
      interception.judge = judge;
    },
    async setTroubles(wanted) {
      await queues.setTroubles(troubleMaker.set(wanted));
    },
    invoke: (wanted, event) => poolNamed(running, wanted).invoke(event, { kind: 'direct' }),
  };
}

function createEventSources(running: RunningCloud) {
  let active: EventSource[] = [];
  const ending = new Set<Promise<void>>();
  return {
    start() {
      const enabled = running.plan.eventSources.filter((source) => source.enabled);
      active = enabled.map((source) =>
        startEventSource(source, {
          clock: running.clock,
          queues: running.queues,
          stopped: running.stopped,
          pool: poolNamed(running, source.functionLogicalId),
        }),
      );
    },
    async stop(): Promise<void> {
      for (const source of active) {
        const ended = source.stop().finally(() => ending.delete(ended));
        ending.add(ended);
      }
      active = [];
      await Promise.all(ending);
    },
  };
}

async function idle(running: RunningCloud): Promise<void> {
  const { activity, plan, queues, stopped } = running;
  const delivered = plan.eventSources
    .filter((source) => source.enabled)
    .map((source) => source.queue.name);
  for (;;) {
    const { version } = activity;
    // While something runs the queues need no look: its end is a change, and that is waited for.
    if (activity.running === 0) {
      const states = await queues.inspect();
      const waiting = stopped.has('queue')
        ? []
        : states.filter(({ name, ready }) => delivered.includes(name) && ready.length > 0);
      if (waiting.length === 0 && activity.version === version) return;
    }
    await activity.changedSince(version);
  }
}

async function nextDue({ queues, bus }: RunningCloud): Promise<number | undefined> {
  const states = await queues.inspect();
  const hidden = states.flatMap(({ delayed, inFlight }) => [...delayed, ...inFlight]);
  const times = [bus.nextSchedule(), ...hidden.map(({ visibleAt }) => visibleAt)];
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

async function redrive({ plan, queues }: RunningCloud, from: string): Promise<number> {
  const [source, another] = plan.queues.filter(({ deadLetterQueue }) => deadLetterQueue === from);
  if (source === undefined || another !== undefined) {
    throw new Error(`The queue ${from} is not the dead-letter queue of exactly one queue.`);
  }
  return queues.redrive(from, source.name);
}

function poolNamed({ plan, pools }: RunningCloud, wanted: string): FunctionPool {
  const { logicalId } = find(plan.functions, wanted, 'function');
  const pool = pools.get(logicalId);
  if (pool === undefined) throw new Error(`The function ${logicalId} has no pool.`);
  return pool;
}

function find<Plan extends { readonly logicalId: string; readonly name: string }>(
  plans: readonly Plan[],
  wanted: string,
  kind: string,
): Plan {
  const exact = plans.find(({ logicalId, name }) => wanted === logicalId || wanted === name);
  const [loose, another] = plans.filter(({ logicalId }) => withoutHash(logicalId) === wanted);
  const found = exact ?? (another === undefined ? loose : undefined);
  if (found !== undefined) return found;
  const known = plans.map(({ logicalId }) => logicalId).join(', ');
  throw new Error(`The template has no ${kind} "${wanted}". It has: ${known}.`);
}
