import type { StoredAnswer, StripeState } from '../state.ts';
import { type Answer, errorAnswer } from './answer.ts';
import type { Params } from './parameters.ts';

/** Stripe may forget a key when it is 24 hours old; this one does, to show who relies on it. */
const keptMs = 24 * 3600 * 1000;
const longestKey = 255;

interface Request {
  readonly method: string;
  readonly path: string;
  readonly params: Params;
}

export function endpointOf({ method, path }: Request): string {
  return `${method}: ${path}`;
}

/** The first answer to this key, if it is still kept. */
export function findStoredAnswer(
  state: StripeState,
  key: string,
  now: number,
): StoredAnswer | undefined {
  const stored = state.storedAnswers.findLast((answer) => answer.key === key);
  return stored !== undefined && stored.storedAt > now - keptMs ? stored : undefined;
}

/** A key is for one request: another endpoint or other parameters under it are an error. */
export function refuseMisuse(
  stored: StoredAnswer | undefined,
  request: Request,
  key: string,
): Answer | undefined {
  if (key === '' || key.length > longestKey) {
    return misuse(
      key === ''
        ? 'Idempotency keys cannot be empty.'
        : `Idempotency keys cannot be longer than ${longestKey} characters.`,
    );
  }
  if (stored === undefined) return undefined;
  const hint = `Try using a key other than '${key}' if you meant to execute a different request.`;
  if (stored.endpoint !== endpointOf(request)) {
    return misuse(
      'Keys for idempotent requests can only be used for the same endpoint they were first used ' +
        `for ('${request.path}' vs '${stored.endpoint.split(': ')[1]}'). ${hint}`,
    );
  }
  if (stored.parameters !== canonical(request.params)) {
    return misuse(
      'Keys for idempotent requests can only be used with the same parameters they were first ' +
        `used with. ${hint}`,
    );
  }
  return undefined;
}

const misuse = (message: string) => errorAnswer(400, { type: 'idempotency_error', message });

/** Keeps the first answer to a key, and forgets those that are too old. */
export function storeAnswer(
  state: StripeState,
  first: {
    readonly key: string;
    readonly request: Request;
    readonly answer: Answer;
    readonly requestId: string;
    readonly now: number;
  },
): StripeState {
  const stored: StoredAnswer = {
    key: first.key,
    endpoint: endpointOf(first.request),
    parameters: canonical(first.request.params),
    answer: first.answer,
    requestId: first.requestId,
    storedAt: first.now,
  };
  const isKept = (answer: StoredAnswer) => answer.storedAt > first.now - keptMs;
  const [oldest] = state.storedAnswers;
  const kept =
    oldest === undefined || isKept(oldest)
      ? state.storedAnswers
      : state.storedAnswers.filter(isKept);
  return { ...state, storedAnswers: [...kept, stored] };
}

/** The same parameters in another order are the same parameters. */
function canonical(params: Params): string {
  return JSON.stringify(params, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
