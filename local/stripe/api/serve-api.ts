import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MovableClock } from '../../clock.ts';
import type { Account } from '../account.ts';
import type { LoggedRequest } from '../control/control.ts';
import type { Handled, StripeRequest } from '../engine/handle.ts';
import { type Answer, errorAnswer, Refusal } from '../engine/protocol/answer.ts';
import { readForm } from '../engine/protocol/form.ts';
import type { Params } from '../engine/protocol/parameters.ts';
import { isOpenToPages } from '../engine/protocol/publishable-key.ts';
import type { RateLimitedReason, RateLimits } from '../engine/protocol/rate-limits.ts';
import type { Whereabouts } from '../own-address.ts';
import { readBody } from '../read-body.ts';
import { type ApiCaller, callerOf, headerOf } from './api-caller.ts';
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts';
import type { Fault, FaultKind, Faults } from './faults.ts';
import { type LimitRate, limitRate } from './limit-rate.ts';

export interface ApiParts {
  readonly account: Account;
  readonly clock: MovableClock;
  readonly faults: Faults;
  readonly log: (request: LoggedRequest) => void;
  /** @default no limits */
  readonly rateLimits: RateLimits | undefined;
}

/** A request from elsewhere than {@link ServeApi} answers. */
export type Foreign = 'foreign';

/** What each fault becomes inside the engine; the others concern the connection. */
const troubles: { readonly [K in FaultKind]?: StripeRequest['trouble'] } = {
  '500_before': 'server_error_before',
  '500_after': 'server_error_after',
  '429': 'rate_limited',
  lock_timeout: 'lock_timeout',
};

/** Stripe's API over HTTP: authentication, forms, faults, limits, and the engine behind them. */
export function createApi(parts: ApiParts) {
  const { clock, faults } = parts;
  const limit = limitRate(parts.rateLimits, clock);
  const inTurn = createTurns(parts.account, faults);

  /** Carries one request out, and logs it; `foreign` when a page asks for what no page may. */
  return async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    where: Exclude<Whereabouts, { readonly from: 'elsewhere' }>,
  ): Promise<'served' | Foreign> {
    const { method = 'GET' } = request;
    const path = url.pathname;
    if (isPreflight(request)) return answerPreflight(request, response, path, where);
    const caller = callerOf(request);
    const isPage = where.from === 'local_page';
    if (isPage && !('caller' in caller && caller.caller === 'publishable')) return 'foreign';
    const cors = isPage ? corsHeaders(where.origin) : {};
    const key = headerOf(request, 'idempotency-key');
    const read = readOrRefuse(await formOf(request, url));
    if ('refusal' in read) return send(response, read.refusal, cors);
    const { params } = read;
    const logAs = (rest: Pick<LoggedRequest, 'requestId' | 'status' | 'replayOf' | 'fault'>) =>
      parts.log({ at: clock.now(), method, path, params, idempotencyKey: key ?? null, ...rest });
    if ('status' in caller) {
      logAs({ requestId: null, status: caller.status, replayOf: null, fault: null });
      return send(response, caller, cors);
    }
    const met = meet({ method, path, params, idempotencyKey: key, ...caller }, limit, faults);
    const fault = met.fault?.kind ?? null;
    const handled = fault === 'cut_before' ? undefined : await inTurn(met.request, met.fault);
    if (handled === undefined || fault === 'lost_answer') {
      logAs({ requestId: handled?.requestId ?? null, status: null, replayOf: null, fault });
      request.socket.destroy();
      return 'served';
    }
    const { requestId, replayOf = null, answer } = handled;
    logAs({ requestId, status: answer.status, replayOf, fault });
    return send(response, answer, { ...headersOf(handled, caller, key), ...cors, ...met.headers });
  };
}

/** What a request meets on its way: a rate limit, or a fault that was asked for. */
function meet(
  request: StripeRequest,
  limit: LimitRate,
  faults: Faults,
): {
  readonly request: StripeRequest;
  readonly fault: Fault | undefined;
  readonly headers: Record<string, string>;
} {
  const refused = limit(request.method, request.path);
  if (refused !== undefined) {
    const limited: StripeRequest = { ...request, trouble: 'rate_limited' };
    return { request: limited, fault: undefined, headers: limitedHeaders(refused) };
  }
  const fault = faults.take(request.method, request.path);
  const trouble = fault && troubles[fault.kind];
  const headers = fault?.kind === '429' ? limitedHeaders('endpoint-rate') : {};
  return { request: { ...request, trouble }, fault, headers };
}

/** A 429 for a lock has no such header: docs.stripe.com/rate-limits. */
const limitedHeaders = (reason: RateLimitedReason) => ({ 'stripe-rate-limited-reason': reason });

/** Lets one request at a time use an idempotency key: the others are told that it is in use. */
function createTurns(account: Account, faults: Faults) {
  const keysInUse = new Set<string>();
  return async function inTurn(request: StripeRequest, fault: Fault | undefined): Promise<Handled> {
    const key = request.method === 'POST' ? request.idempotencyKey : undefined;
    if (key !== undefined && keysInUse.has(key)) {
      return account.handle({ ...request, trouble: 'key_in_use' });
    }
    if (fault?.kind !== 'held' && fault?.kind !== 'latency') return account.handle(request);
    if (key !== undefined) keysInUse.add(key);
    try {
      if (fault.kind === 'latency') {
        const handled = account.handle(request);
        await faults.late(fault.milliseconds);
        return handled;
      }
      await faults.held();
      return account.handle(request);
    } finally {
      if (key !== undefined) keysInUse.delete(key);
    }
  };
}

function answerPreflight(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  where: Whereabouts,
): 'served' | Foreign {
  const wanted = headerOf(request, 'access-control-request-method') ?? '';
  if (where.from !== 'local_page' || !isOpenToPages(wanted, path)) return 'foreign';
  response.writeHead(204, preflightHeaders(where.origin)).end();
  return 'served';
}

/** Stripe names the version at which it read the request; the answer's shape is the pinned one. */
function headersOf(
  handled: Handled,
  { version }: ApiCaller,
  key: string | undefined,
): Record<string, string> {
  return {
    'request-id': handled.requestId,
    'stripe-version': version,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(handled.replayOf === undefined
      ? {}
      : { 'idempotent-replayed': 'true', 'original-request': handled.replayOf }),
  };
}

function send(
  response: ServerResponse,
  answer: Answer,
  headers: Readonly<Record<string, string>>,
): 'served' {
  response.writeHead(answer.status, { 'content-type': 'application/json', ...headers });
  response.end(`${JSON.stringify(answer.body, null, 2)}\n`);
  return 'served';
}

async function formOf(request: IncomingMessage, url: URL): Promise<string> {
  const query = url.search.slice(1);
  const body = await readBody(request);
  return [query, body].filter((part) => part !== '').join('&');
}

function readOrRefuse(form: string): { readonly params: Params } | { readonly refusal: Answer } {
  try {
    return { params: readForm(form) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refusal: errorAnswer(error.status, error.error) };
  }
}
