import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MovableClock } from '../clock.ts';
import type { Account } from './account.ts';
import type { LoggedRequest } from './control.ts';
import type { Handled, StripeRequest } from './engine/handle.ts';
import { type Answer, errorAnswer } from './engine/protocol/answer.ts';
import { readForm } from './engine/protocol/form.ts';
import type { Params } from './engine/protocol/parameters.ts';
import { apiVersion } from './engine/transaction.ts';
import type { FaultKind, Faults } from './faults.ts';
import { readBody } from './read-body.ts';

export interface ApiParts {
  readonly account: Account;
  readonly apiKey: string;
  readonly clock: MovableClock;
  readonly faults: Faults;
  readonly log: (request: LoggedRequest) => void;
}

/** What each fault becomes inside the engine; the others concern the connection. */
const troubles: { readonly [K in FaultKind]?: StripeRequest['trouble'] } = {
  '500_before': 'server_error_before',
  '500_after': 'server_error_after',
  '429': 'rate_limited',
  lock_timeout: 'lock_timeout',
};

/** Stripe's API over HTTP: authentication, forms, faults, and the engine behind them. */
export function createApi(parts: ApiParts) {
  const { clock, faults, log } = parts;
  const inTurn = createTurns(parts.account, faults);

  /** Carries one request out, and logs it. */
  return async function serve(request: IncomingMessage, response: ServerResponse, url: URL) {
    const method = request.method ?? 'GET';
    const path = url.pathname;
    const key = headerOf(request, 'idempotency-key');
    const params = await paramsOf(request, url);
    const refusal = refuseCaller(request, parts.apiKey) ?? refuseBody(request, method);
    const fault = refusal === undefined ? faults.take(method, path) : undefined;
    const logAs = (rest: Pick<LoggedRequest, 'requestId' | 'status' | 'replayOf'>) =>
      log({
        at: clock.now(),
        method,
        path,
        params,
        idempotencyKey: key ?? null,
        fault: fault ?? null,
        ...rest,
      });
    if (refusal !== undefined) {
      logAs({ requestId: null, status: refusal.status, replayOf: null });
      return send(response, refusal, {});
    }
    const handled =
      fault === 'cut_before'
        ? undefined
        : await inTurn({ method, path, params, idempotencyKey: key }, fault);
    if (handled === undefined || fault === 'lost_answer') {
      logAs({ requestId: handled?.requestId ?? null, status: null, replayOf: null });
      request.socket.destroy();
      return;
    }
    const { requestId, replayOf = null, answer } = handled;
    logAs({ requestId, status: answer.status, replayOf });
    return send(response, answer, headersOf(handled, key));
  };
}

/** Lets one request at a time use an idempotency key: the others are told that it is in use. */
function createTurns(account: Account, faults: Faults) {
  const keysInUse = new Set<string>();
  return async function inTurn(
    request: StripeRequest,
    fault: FaultKind | undefined,
  ): Promise<Handled> {
    const key = request.method === 'POST' ? request.idempotencyKey : undefined;
    if (key !== undefined && keysInUse.has(key)) {
      return account.handle({ ...request, trouble: 'key_in_use' });
    }
    const trouble = fault === undefined ? undefined : troubles[fault];
    if (fault !== 'held') return account.handle({ ...request, trouble });
    if (key !== undefined) keysInUse.add(key);
    try {
      await faults.held();
      return account.handle(request);
    } finally {
      if (key !== undefined) keysInUse.delete(key);
    }
  };
}

function headersOf(handled: Handled, key: string | undefined): Record<string, string> {
  return {
    'request-id': handled.requestId,
    'stripe-version': apiVersion,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(handled.replayOf === undefined
      ? {}
      : { 'idempotent-replayed': 'true', 'original-request': handled.replayOf }),
  };
}

function send(response: ServerResponse, answer: Answer, headers: Record<string, string>): void {
  response.writeHead(answer.status, { 'content-type': 'application/json', ...headers });
  response.end(`${JSON.stringify(answer.body, null, 2)}\n`);
}

async function paramsOf(request: IncomingMessage, url: URL): Promise<Params> {
  const query = url.search.slice(1);
  const body = await readBody(request);
  return readForm([query, body].filter((part) => part !== '').join('&'));
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The key, the version and the account that the caller names. */
function refuseCaller(request: IncomingMessage, apiKey: string): Answer | undefined {
  const given = givenKey(request);
  if (given === undefined) {
    return unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  if (given !== apiKey) {
    return unauthorized(
      `Invalid API Key provided: ${given.slice(0, 8)}****. The local Stripe takes the key that it printed at its start.`,
    );
  }
  const version = headerOf(request, 'stripe-version');
  if (version !== undefined && version !== apiVersion) {
    return badRequest(`The local Stripe speaks API version ${apiVersion} alone, not "${version}".`);
  }
  if (headerOf(request, 'stripe-account') !== undefined) {
    return badRequest('Connected accounts (Stripe-Account) are not modelled by the local Stripe.');
  }
  return undefined;
}

function givenKey(request: IncomingMessage): string | undefined {
  const [scheme, value] = (request.headers.authorization ?? '').split(' ');
  if (value === undefined || value === '') return undefined;
  if (scheme?.toLowerCase() === 'bearer') return value;
  if (scheme?.toLowerCase() !== 'basic') return undefined;
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0];
}

function refuseBody(request: IncomingMessage, method: string): Answer | undefined {
  const type = headerOf(request, 'content-type') ?? 'application/x-www-form-urlencoded';
  const isForm = type.split(';')[0]?.trim() === 'application/x-www-form-urlencoded';
  return method !== 'POST' || isForm
    ? undefined
    : badRequest(`Stripe's v1 API takes form-encoded bodies, not ${type}.`);
}

const unauthorized = (message: string) =>
  errorAnswer(401, { type: 'invalid_request_error', message });
const badRequest = (message: string) =>
  errorAnswer(400, { type: 'invalid_request_error', message });
