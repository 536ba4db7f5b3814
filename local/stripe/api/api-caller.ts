import type { IncomingMessage } from 'node:http';
import { type Answer, errorAnswer } from '../engine/protocol/answer.ts';
import { accountDefaultVersion, isApiVersion } from '../engine/protocol/api-versions.ts';
import { apiVersion, type Caller } from '../engine/transaction.ts';

/** The secret key that the local Stripe takes; it opens nothing else. */
export const localApiKey = 'sk_test_local0backstop';

/** The key for the pages of a business: it makes payment methods and confirms intents only. */
export const localPublishableKey = 'pk_test_local0backstop';

const callers = new Map<string, Caller>([
  [localApiKey, 'secret'],
  [localPublishableKey, 'publishable'],
]);

/** Who asks, and at which API version. */
export interface ApiCaller {
  readonly caller: Caller;
  readonly version: string;
}

/** The caller of a request by its headers, or the answer that refuses it. */
export function callerOf(request: IncomingMessage): ApiCaller | Answer {
  const given = givenKey(request);
  if (given === undefined) {
    return unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  const caller = callers.get(given);
  if (caller === undefined) {
    return unauthorized(
      `Invalid API Key provided: ${given.slice(0, 8)}****. The local Stripe takes the keys that it printed at its start.`,
    );
  }
  const version = headerOf(request, 'stripe-version') ?? accountDefaultVersion;
  if (!isApiVersion(version)) {
    return badRequest(
      `Invalid Stripe API version: ${version}. The local Stripe knows those since 2019-10-17, up to its own, ${apiVersion}.`,
    );
  }
  if (headerOf(request, 'stripe-account') !== undefined) {
    return badRequest('Connected accounts (Stripe-Account) are not modelled by the local Stripe.');
  }
  return refuseBody(request) ?? { caller, version };
}

function givenKey(request: IncomingMessage): string | undefined {
  const [scheme, value] = (request.headers.authorization ?? '').split(' ');
  if (value === undefined || value === '') return undefined;
  if (scheme?.toLowerCase() === 'bearer') return value;
  if (scheme?.toLowerCase() !== 'basic') return undefined;
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0];
}

function refuseBody(request: IncomingMessage): Answer | undefined {
  const type = headerOf(request, 'content-type') ?? 'application/x-www-form-urlencoded';
  const isForm = type.split(';')[0]?.trim() === 'application/x-www-form-urlencoded';
  return request.method !== 'POST' || isForm
    ? undefined
    : badRequest(`Stripe's v1 API takes form-encoded bodies, not ${type}.`);
}

export function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

const unauthorized = (message: string) =>
  errorAnswer(401, { type: 'invalid_request_error', message });
const badRequest = (message: string) =>
  errorAnswer(400, { type: 'invalid_request_error', message });
