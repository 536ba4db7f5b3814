import { frozenTimeOf } from './billing/test-clocks.ts';
import { type Answer, errorAnswer, Refusal, withRequestLog } from './protocol/answer.ts';
import { endpointOf, findStoredAnswer, refuseMisuse, storeAnswer } from './protocol/idempotency.ts';
import { readAtVersion } from './protocol/older-versions.ts';
import type { Params } from './protocol/parameters.ts';
import { reduceForPages, refusePublishable } from './protocol/publishable-key.ts';
import { findRoute } from './protocol/route.ts';
import type { EventRecord } from './records.ts';
import { routes } from './routes/all.ts';
import type { StripeState } from './state.ts';
import { apiVersion, type Caller, Transaction } from './transaction.ts';

/** One request as the engine takes it, whoever carried it here. */
export interface StripeRequest {
  readonly method: string;
  /** Without the query: `/v1/invoices/in_1/pay`. */
  readonly path: string;
  readonly params: Params;
  readonly idempotencyKey?: string | undefined;
  /** Whose key it came with. @default 'secret' */
  readonly caller?: Caller | undefined;
  /** The API version at which its parameters are read. @default the pinned one */
  readonly version?: string | undefined;
  /**
   * What goes wrong on Stripe's side: a crash before or after the request took effect (a 500,
   * kept under the key), or a refusal before it is looked at (kept nowhere).
   */
  readonly trouble?:
    | 'server_error_before'
    | 'server_error_after'
    | 'rate_limited'
    | 'lock_timeout'
    | 'key_in_use'
    | undefined;
}

export interface Handled {
  readonly state: StripeState;
  readonly answer: Answer;
  /** What happened, in order; empty for a read, a refusal and a replay. */
  readonly events: readonly EventRecord[];
  readonly requestId: string;
  /** The request that the answer was first given to, where this one repeats its key. */
  readonly replayOf: string | undefined;
}

/**
 * Stripe as a function: the account and a request in, the account after it and the answer out.
 * Nothing is read from outside, and the given state is left as it is.
 *
 * @param now epoch milliseconds, UTC.
 */
export function handle(given: StripeState, request: StripeRequest, now: number): Handled {
  const state: StripeState = { ...given, sequence: given.sequence + 1 };
  const requestId = `req_${state.seed}${state.sequence.toString(36).padStart(8, '0')}`;
  const early = earlyRefusal(request) ?? refuseCaller(state, request);
  if (early !== undefined) {
    return handledAs(
      { state, events: [] },
      withRequestLog(early, state.settings.hostedUrl, requestId),
      requestId,
    );
  }
  const handled = handleOnce(state, request, now, requestId);
  const isPage = request.caller === 'publishable';
  return isPage ? { ...handled, answer: reduceForPages(handled.answer) } : handled;
}

/** A key that was used before gets the answer of that time. */
function handleOnce(
  state: StripeState,
  request: StripeRequest,
  now: number,
  requestId: string,
): Handled {
  const unchanged = (answer: Answer) => handledAs({ state, events: [] }, answer, requestId);
  const key = request.method === 'POST' ? request.idempotencyKey : undefined;
  if (key === undefined) {
    const { state: after, answer, events } = execute(state, request, now, requestId);
    return handledAs({ state: after, events }, answer, requestId);
  }
  const stored = findStoredAnswer(state, key, now);
  const misuse = refuseMisuse(stored, request, key);
  if (misuse !== undefined) return unchanged(misuse);
  if (stored !== undefined) {
    return { ...unchanged(stored.answer), replayOf: stored.requestId };
  }
  const { state: after, answer, events, isStored } = execute(state, request, now, requestId);
  const kept = isStored ? storeAnswer(after, { key, request, answer, requestId, now }) : after;
  return handledAs({ state: kept, events }, answer, requestId);
}

function handledAs(
  change: { readonly state: StripeState; readonly events: readonly EventRecord[] },
  answer: Answer,
  requestId: string,
): Handled {
  return { ...change, answer, requestId, replayOf: undefined };
}

function refuseCaller(state: StripeState, request: StripeRequest): Answer | undefined {
  return request.caller === 'publishable' ? refusePublishable(state, request) : undefined;
}

/** Refusals that come before the request is looked at; no key remembers them. */
function earlyRefusal({ trouble, idempotencyKey }: StripeRequest): Answer | undefined {
  if (trouble === 'rate_limited') {
    return errorAnswer(429, {
      type: 'invalid_request_error',
      code: 'rate_limit',
      message:
        'Request rate limit exceeded. Learn more about rate limits: https://docs.stripe.com/rate-limits.',
    });
  }
  if (trouble === 'lock_timeout') {
    return errorAnswer(429, {
      type: 'invalid_request_error',
      code: 'lock_timeout',
      message:
        'This object cannot be accessed right now because another API request or Stripe process is currently accessing it.',
    });
  }
  if (trouble === 'key_in_use') {
    return errorAnswer(409, {
      type: 'idempotency_error',
      code: 'idempotency_key_in_use',
      message:
        'There is currently another in-progress request using this idempotency key (that probably ' +
        'means you submitted twice, and the other request is still going through): ' +
        `${idempotencyKey ?? ''}. Please try again later.`,
    });
  }
  return undefined;
}

interface Executed {
  readonly state: StripeState;
  readonly answer: Answer;
  readonly events: readonly EventRecord[];
  /** Whether execution began, so that a key keeps the answer. */
  readonly isStored: boolean;
}

const serverError = errorAnswer(500, {
  type: 'api_error',
  message:
    'An unknown error occurred on our end. (A fault that the local Stripe was told to show.)',
});

function execute(
  state: StripeState,
  request: StripeRequest,
  now: number,
  requestId: string,
): Executed {
  const executed = carryOutOrCrash(state, request, now, requestId);
  return {
    ...executed,
    answer: withRequestLog(executed.answer, state.settings.hostedUrl, requestId),
  };
}

function carryOutOrCrash(
  state: StripeState,
  request: StripeRequest,
  now: number,
  requestId: string,
): Executed {
  if (request.trouble === 'server_error_before') {
    return { state, answer: serverError, events: [], isStored: true };
  }
  const executed = carryOut(state, request, now, requestId);
  const crashes = request.trouble === 'server_error_after';
  return crashes ? { ...executed, answer: serverError, isStored: true } : executed;
}

function carryOut(
  state: StripeState,
  request: StripeRequest,
  now: number,
  requestId: string,
): Executed {
  const found = findRoute(routes, request.method, request.path);
  if (found === undefined) {
    return { state, answer: unrecognized(request), events: [], isStored: false };
  }
  const { method, path, caller = 'secret', version = apiVersion } = request;
  const origin = { requestId, idempotencyKey: request.idempotencyKey ?? null, caller };
  const frozen = frozenTimeOf(state, request) ?? now;
  const tx = new Transaction(state, frozen, origin, now);
  try {
    const params = readAtVersion(version, method, path, request.params);
    const answer = found.route.answer(tx, found.ids, params);
    return { ...tx.finish(), answer, isStored: true };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const after = new Transaction({ ...state, sequence: tx.sequence }, frozen, origin, now);
    error.aftermath?.(after);
    return {
      ...after.finish(),
      answer: errorAnswer(error.status, error.error),
      isStored: !error.beforeExecution,
    };
  }
}

function unrecognized(request: StripeRequest): Answer {
  return errorAnswer(404, {
    type: 'invalid_request_error',
    message:
      `Unrecognized request URL (${endpointOf(request)}): it is not modelled by the local Stripe, ` +
      'or Stripe does not have it either.',
  });
}
