import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { StripeReadError } from '../../../functions/adapters/stripe-connection.ts';
import type { Anybody } from '../../../functions/api/caller.ts';
import { operation } from '../../../functions/api/operation.ts';
import { problem } from '../../../functions/api/problems.ts';
import { serve } from '../../../functions/api/serve.ts';
import { StripeConfigurationError } from '../../../functions/domain/charging-switch.ts';
import { type ApiRequest, apiRequest, jsonOf } from '../../twins/api-request.ts';
import { recordTelemetry } from '../../twins/recorded-telemetry.ts';

const card = '4242424242424242';
const greeting = 'POST /people/{person}/greetings';

interface Around {
  readonly work?: () => Promise<void>;
  readonly lets?: boolean;
}

function open({ work = async () => undefined, lets = true }: Around = {}) {
  const telemetry = recordTelemetry();
  const handle = serve<null, Anybody>({
    operations: {
      [greeting]: operation({
        path: z.strictObject({ person: z.string() }),
        query: z.strictObject({ loud: z.optional(z.string()) }),
        body: z.optional(z.strictObject({ words: z.string() })),
        async handle(_: null, { path, query, body, request }) {
          await work();
          return { status: 201, body: { path, query, body, request }, cookie: 'a=b; HttpOnly' };
        },
      }),
      'DELETE /people': operation({ handle: async () => ({ status: 204 }) }),
      'GET /forgotten': operation({ handle: async () => ({ status: 204 }) }),
    },
    access: { [greeting]: 'viewer', 'DELETE /people': 'anybody' },
    admit: async () =>
      lets ? { caller: { kind: 'anybody' } } : { problem: problem('not-signed-in', 'Sign in.') },
    dependencies: null,
    log: telemetry.log,
  });
  const ask = (more: ApiRequest = {}, route = greeting) =>
    handle(apiRequest(route, { path: { person: 'ada' }, ...more }));
  return { ask, handle, telemetry };
}

const nameOf = async (answer: ReturnType<ReturnType<typeof open>['ask']>) => {
  const { statusCode, headers } = await answer;
  expect(headers).toMatchObject({ 'content-type': 'application/problem+json' });
  return [statusCode, (jsonOf(await answer) as { type: string }).type.split(':').at(-1)];
};

describe('an answer', () => {
  it('is the operation’s, with its cookie and the headers of every answer', async () => {
    const { ask, telemetry } = open();
    const answer = await ask({ query: { loud: 'yes' }, body: { words: 'hello' } });
    expect(answer).toMatchObject({
      statusCode: 201,
      cookies: ['a=b; HttpOnly'],
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
    expect(jsonOf(answer)).toEqual({
      path: { person: 'ada' },
      query: { loud: 'yes' },
      body: { words: 'hello' },
      request: { id: 'request', address: '192.0.2.1', userAgent: 'test/1.0' },
    });
    expect(telemetry.lines).toEqual([
      { level: 'info', message: 'Request answered', ids: { route: greeting, status: 201 } },
    ]);
  });

  it('needs no header of the request, not even a user agent', async () => {
    const { handle } = open();
    const event = apiRequest(greeting, { path: { person: 'ada' } });
    const { userAgent: _, ...http } = event.requestContext.http;
    // What the types do not allow, and API Gateway perhaps sends.
    Object.assign(event, { headers: {}, requestContext: { ...event.requestContext, http } });
    expect(jsonOf(await handle(event))).toMatchObject({ request: { userAgent: '' } });
  });

  it('may be empty', async () => {
    const answer = await open().ask({ path: {} }, 'DELETE /people');
    expect(answer.statusCode).toBe(204);
    expect(answer.body).toBeUndefined();
  });
});

describe('a request is refused', () => {
  it.each(['GET /nowhere', 'GET /forgotten', 'constructor', 'toString'])(
    'to a route without a row: %s',
    async (route) => {
      expect(await nameOf(open().ask({ path: {} }, route))).toEqual([404, 'not-found']);
    },
  );

  it('of somebody who is not let in, before anything of it is read', async () => {
    const { ask } = open({ lets: false });
    expect(await nameOf(ask({ text: 'no JSON' }))).toEqual([401, 'not-signed-in']);
    expect(await nameOf(ask({ query: { number: card } }))).toEqual([401, 'not-signed-in']);
  });

  it.each<[string, ApiRequest]>([
    ['the path', { path: { person: card } }],
    ['the query', { query: { loud: card } }],
    ['the query, escaped', { query: { loud: '4242 4242 4242 4242' } }],
    ['the name of a parameter', { query: { [card]: 'yes' } }],
    ['the body', { body: { words: card } }],
  ])(
    'with a card number in %s, and it is in no answer and no log line',
    async (_where, request) => {
      const { ask, telemetry } = open();
      const answer = ask(request);
      expect(await nameOf(answer)).toEqual([400, 'card-number']);
      expect(JSON.stringify([await answer, telemetry.lines])).not.toContain(card);
    },
  );

  it('that does not fit', async () => {
    expect(await nameOf(open().ask({ body: { words: 1 } }))).toEqual([400, 'invalid-request']);
  });
});

describe('when Stripe does not answer', () => {
  const silence = new Stripe.errors.StripeConnectionError({ message: 'No.', type: 'api_error' });
  it.each([
    ['at all', new StripeReadError('Stripe did not answer: No.', silence)],
    ['our key', new StripeConfigurationError('Stripe answered 401.')],
  ])('%s: a 503 that says to try again', async (_what, error) => {
    const { ask, telemetry } = open({ work: () => Promise.reject(error) });
    const answer = ask();
    expect(await nameOf(answer)).toEqual([503, 'stripe-unavailable']);
    expect((await answer).headers).toMatchObject({ 'retry-after': '60' });
    expect(telemetry.lines.map(({ level }) => level)).toEqual(['error', 'warn']);
  });

  it('another error is no answer: the function fails and is looked into', async () => {
    const { ask } = open({ work: () => Promise.reject(new Error('a bug')) });
    await expect(ask()).rejects.toThrow('a bug');
  });
});
