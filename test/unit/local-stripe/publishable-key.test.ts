import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { clientOf, openWorld, refusalOf, type World } from './world.ts';

interface Answered {
  readonly status: number | undefined;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** Sends what a browser sends for a page of another server on this machine. */
function fromPage(
  { local }: World,
  given: { method: string; path: string; body?: string; headers?: Record<string, string> },
): Promise<Answered> {
  const headers = {
    origin: 'http://localhost:5173',
    authorization: `Bearer ${local.publishableKey}`,
    'content-type': 'application/x-www-form-urlencoded',
    ...given.headers,
  };
  const { method, path } = given;
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: local.port, method, path, headers },
      (answer) => {
        let body = '';
        answer.on('data', (chunk) => {
          body += String(chunk);
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode, headers: { ...answer.headers }, body }),
        );
      },
    );
    sent.on('error', reject).end(given.body);
  });
}

const newSetup = async (world: World) => {
  const customer = await world.stripe.customers.create({ name: 'Ada', metadata: { note: 'no' } });
  return world.stripe.setupIntents.create({
    customer: customer.id,
    metadata: { internal: 'secret' },
  });
};

describe('a publishable key', () => {
  test('makes a payment method, and is shown nothing that recognises the card', async () => {
    const world = await openWorld();
    const page = clientOf(world.local, world.local.publishableKey);
    const method = await page.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
    expect(method).toMatchObject({ object: 'payment_method', card: { last4: '4242' } });
    expect(method.card).not.toHaveProperty('fingerprint');
    expect(method).not.toHaveProperty('metadata');
    const whole = await world.stripe.paymentMethods.retrieve(method.id);
    expect(whole.card?.fingerprint).toBeTruthy();
  });

  test('confirms a SetupIntent with its client secret, and sees a part of it', async () => {
    const world = await openWorld();
    const page = clientOf(world.local, world.local.publishableKey);
    const setup = await newSetup(world);
    const secret = setup.client_secret ?? '';
    const shown = await page.setupIntents.retrieve(setup.id, { client_secret: secret });
    expect(shown).toMatchObject({ id: setup.id, status: 'requires_payment_method' });
    for (const hidden of ['customer', 'metadata', 'latest_attempt', 'mandate', 'application']) {
      expect(shown).not.toHaveProperty(hidden);
    }
    const answer = await fromPage(world, {
      method: 'POST',
      path: `/v1/setup_intents/${setup.id}/confirm`,
      body: `client_secret=${secret}&payment_method=pm_card_visa&expand[]=payment_method`,
    });
    expect(answer.status).toBe(200);
    const confirmed: unknown = JSON.parse(answer.body);
    expect(confirmed).toMatchObject({ status: 'succeeded', payment_method: { type: 'card' } });
    expect(answer.body).not.toMatch(/fingerprint|"customer": "|internal/);
  });

  test('needs the client secret of that very intent', async () => {
    const world = await openWorld();
    const page = clientOf(world.local, world.local.publishableKey);
    const [one, other] = [await newSetup(world), await newSetup(world)];
    const none = await refusalOf(page.setupIntents.retrieve(one.id));
    expect(none).toMatchObject({ statusCode: 400, param: 'client_secret' });
    const wrong = await refusalOf(
      page.setupIntents.retrieve(one.id, { client_secret: other.client_secret ?? '' }),
    );
    expect(wrong.message).toContain('does not match any associated SetupIntent');
    const unknown = await refusalOf(
      page.paymentIntents.retrieve('pi_none', { client_secret: one.client_secret ?? '' }),
    );
    expect(unknown.statusCode).toBe(400);
  });

  test('is refused everything else in Stripe’s words', async () => {
    const world = await openWorld();
    const page = clientOf(world.local, world.local.publishableKey);
    const setup = await newSetup(world);
    for (const call of [
      () => page.customers.list(),
      () => page.customers.create({ name: 'Mallory' }),
      () => page.setupIntents.create(),
      () => page.setupIntents.cancel(setup.id),
      () => page.paymentIntents.list(),
      () => page.paymentMethods.retrieve('pm_1'),
      () => page.webhookEndpoints.list(),
    ]) {
      const refusal = await refusalOf(call());
      expect(refusal).toMatchObject({ statusCode: 401, code: 'secret_key_required' });
      expect(refusal.message).toMatch(
        /^This API call cannot be made with a publishable API key\. Please use a secret API key\./,
      );
    }
    expect((await world.stripe.customers.list()).data).toHaveLength(1);
  });
});

describe('a page of another server on this machine', () => {
  test('asks first, and may then read the answer', async () => {
    const world = await openWorld();
    const preflight = await fromPage(world, {
      method: 'OPTIONS',
      path: '/v1/payment_methods',
      headers: {
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-origin']).toBe('http://localhost:5173');
    expect(preflight.headers['access-control-allow-headers']).toContain('Authorization');
    const made = await fromPage(world, {
      method: 'POST',
      path: '/v1/payment_methods',
      body: 'type=card&card[token]=tok_visa',
    });
    expect([made.status, made.headers['access-control-allow-origin'], made.headers.vary]).toEqual([
      200,
      'http://localhost:5173',
      'Origin',
    ]);
  });

  test('may not use the secret key, the control or the pages', async () => {
    const world = await openWorld();
    const authorization = `Bearer ${world.local.apiKey}`;
    const path = '/v1/payment_methods';
    const withSecret = { method: 'POST', path, body: 'type=card', headers: { authorization } };
    expect((await fromPage(world, withSecret)).status).toBe(403);
    expect((await fromPage(world, { method: 'GET', path: '/' })).status).toBe(403);
    expect((await fromPage(world, { method: 'GET', path: '/_local/charges' })).status).toBe(403);
    expect((await fromPage(world, { method: 'POST', path: '/_local/do/demo' })).status).toBe(403);
    const preflight = await fromPage(world, {
      method: 'OPTIONS',
      path: '/v1/customers',
      headers: { 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(403);
    expect(world.local.control.state().tables.customers).toEqual([]);
  });

  test.each([
    'https://localhost:5173',
    'http://localhost.evil.example',
    'http://evil.example',
    'null',
  ])('is not one at %s', async (origin) => {
    const world = await openWorld();
    const path = '/v1/payment_methods';
    const body = 'type=card&card[token]=tok_visa';
    const answer = await fromPage(world, { method: 'POST', path, body, headers: { origin } });
    expect(answer.status).toBe(403);
  });
});
