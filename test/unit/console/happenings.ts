import type { Happening } from '../../../local/console/record.ts';

/** Records that a test puts together by hand; each counts up, and its time is told with it. */
type Told = Happening extends infer Each
  ? Each extends Happening
    ? Pick<Each, 'kind' | 'record' | 'at'>
    : never
  : never;

export const told = (records: readonly Told[]): readonly Happening[] =>
  // The number is added to each kind alike, which the compiler does not see of a union.
  records.map((record, index) => ({ ...record, number: index + 1 }) as Happening);

interface Run {
  readonly id?: string;
  readonly room?: string;
  readonly at?: number;
  /** The rule that started it. */
  readonly rule?: string;
  readonly queue?: { readonly name: string; readonly messages: readonly string[] };
}

const logicalIdOf = (room: string) => `${room}Function0123ABCD`;
const nameOf = (room: string) => `Stack-${logicalIdOf(room)}`;

/** What every record of a function's run has. */
const base = ({ id = 'run-1', room = 'Retry', at = 0 }: Run) => ({
  functionLogicalId: logicalIdOf(room),
  functionName: nameOf(room),
  awsRequestId: id,
  at,
});

const triggerOf = ({ queue, rule }: Run) => {
  if (rule !== undefined) return { kind: 'schedule', rule, eventId: 'e' } as const;
  return queue === undefined
    ? ({ kind: 'http', routeKey: 'POST /webhooks/stripe', requestId: 'r' } as const)
    : ({ kind: 'queue', queue: queue.name, messageIds: queue.messages } as const);
};

export const started = (run: Run = {}) =>
  ({
    kind: 'invocation',
    at: run.at ?? 0,
    record: { ...base(run), trigger: triggerOf(run), state: 'started' },
  }) as const;

export const succeeded = (run: Run, durationMilliseconds: number, coldStart = false) =>
  ({
    kind: 'invocation',
    at: run.at ?? 0,
    record: {
      ...base(run),
      trigger: triggerOf(run),
      state: 'succeeded',
      durationMilliseconds,
      coldStart,
      result: null,
    },
  }) as const;

export const failed = (run: Run, errorMessage: string) =>
  ({
    kind: 'invocation',
    at: run.at ?? 0,
    record: {
      ...base(run),
      trigger: triggerOf(run),
      state: 'failed',
      durationMilliseconds: 1,
      coldStart: false,
      error: { errorType: 'Error', errorMessage },
    },
  }) as const;

export const logged = (run: Run, message: string, fields: object = {}, level = 'INFO') => {
  const json = { level, message, service: 'a', cold_start: false, ...fields };
  const line = JSON.stringify(json);
  return {
    kind: 'log',
    at: run.at ?? 0,
    record: { ...base(run), stream: 'stdout', line, json },
  } as const;
};

export const message = (
  state: 'sent' | 'deleted' | 'dead-lettered',
  messageId: string,
  body: object,
  at = 0,
) =>
  ({
    kind: 'message',
    at,
    record: {
      state,
      queue: 'Stack-RetryDueQueue0123ABCD',
      messageId,
      body: JSON.stringify(body),
      at,
    },
  }) as const;

let requests = 0;

/** A request to the table that wrote this item, or was answered otherwise. */
export const wrote = (run: Run, item: Readonly<Record<string, unknown>>, status = 200) =>
  asked(run, { service: 'dynamodb', action: 'PutItem', resources: ['table'], item }, status);

export const askedStripe = (run: Run, action: string, path: string, status = 200) =>
  asked(run, { service: 'stripe', action, resources: [path] }, status);

function asked(
  run: Run,
  what: {
    readonly service: string;
    readonly action: string;
    readonly resources: readonly string[];
    readonly item?: Readonly<Record<string, unknown>>;
  },
  status: number,
) {
  requests += 1;
  const outcome = { kind: 'answered', status } as const;
  return {
    kind: 'request',
    at: run.at ?? 0,
    record: { ...base(run), ...what, sequence: 1, number: requests, outcome },
  } as const;
}

export const planOf = (room: string) => ({ logicalId: logicalIdOf(room), name: nameOf(room) });
