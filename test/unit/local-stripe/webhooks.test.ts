import { describe, expect, test, vi } from 'vitest';
import { openWorld, refusalOf, subscriber, type World, webhookReceiver } from './world.ts';

const minuteMs = 60_000;

async function listeningWorld(enabledEvents: readonly string[]) {
  const world = await openWorld();
  const receiver = await webhookReceiver();
  const endpoint = world.local.addWebhookEndpoint({ url: receiver.url, enabledEvents });
  return { world, receiver, endpoint };
}

const newCustomer = async (world: World, name: string) => {
  await world.stripe.customers.create({ name });
  await world.local.idle();
};

describe('an event', () => {
  test('goes to the endpoints that want its type, signed with their secret', async () => {
    const { world, receiver, endpoint } = await listeningWorld(['invoice.payment_failed']);
    const other = await webhookReceiver();
    world.local.addWebhookEndpoint({ url: other.url, enabledEvents: ['*'] });
    const ada = await subscriber(world);
    world.local.control.setCardOutcomes(ada.primary, ['stolen_card']);

    const invoice = world.local.control.renewNow(ada.subscription);
    await world.local.idle();

    expect(receiver.received).toHaveLength(1);
    const [received] = receiver.received;
    const event = world.stripe.webhooks.constructEvent(
      received?.body ?? '',
      received?.signature ?? '',
      endpoint.secret,
      300,
      undefined,
      world.clock.now(),
    );
    expect(event).toMatchObject({
      type: 'invoice.payment_failed',
      api_version: '2026-10-28.endive',
      livemode: false,
      request: { id: null, idempotency_key: null },
      data: { object: { id: invoice.id, status: 'open' } },
    });
    expect(other.received.length).toBeGreaterThan(10);
    expect(other.received.length).toBe(world.local.control.events().length);
    expect(() =>
      world.stripe.webhooks.constructEvent(
        `${received?.body} `,
        received?.signature ?? '',
        endpoint.secret,
        300,
        undefined,
        world.clock.now(),
      ),
    ).toThrow(/signature/);
  });

  test('names the request that caused it, and what changed', async () => {
    const { world, receiver } = await listeningWorld(['customer.updated']);
    const customer = await world.stripe.customers.create({ name: 'Ada' });
    const updated = await world.stripe.customers.update(
      customer.id,
      { name: 'Ada L.' },
      { idempotencyKey: 'rename-1' },
    );
    await world.stripe.customers.update(customer.id, { name: 'Ada L.' });
    await world.local.idle();
    expect(receiver.received.map(({ event }) => event)).toMatchObject([
      {
        request: { id: updated.lastResponse.requestId, idempotency_key: 'rename-1' },
        data: { object: { name: 'Ada L.' }, previous_attributes: { name: 'Ada' } },
      },
    ]);
  });

  test('names within a group only what changed, and null for what is new', async () => {
    const { world, receiver } = await listeningWorld(['customer.updated']);
    const { id } = await world.stripe.customers.create({ metadata: { plan: 'a', tier: '1' } });
    await world.stripe.customers.update(id, {
      invoice_settings: { footer: 'Thanks' },
      metadata: { plan: 'b', seats: '3' },
    });
    await world.local.idle();
    const [told] = receiver.received;
    expect(JSON.parse(told?.body ?? '').data.previous_attributes).toEqual({
      invoice_settings: { footer: null },
      metadata: { plan: 'a', seats: null },
    });
  });

  test('that was not taken is delivered again, later and later, on the clock', async () => {
    const { world, receiver } = await listeningWorld(['customer.created']);
    receiver.answer.status = 500;
    await newCustomer(world, 'Ada');
    const [pending] = (await world.stripe.events.list({ delivery_success: false })).data;
    expect(pending).toMatchObject({ type: 'customer.created', pending_webhooks: 1 });
    expect(receiver.received).toHaveLength(1);

    world.clock.advance(minuteMs);
    await world.local.idle();
    expect(receiver.received).toHaveLength(2);

    world.clock.advance(minuteMs);
    await world.local.idle();
    expect(receiver.received).toHaveLength(2);

    receiver.answer.status = 200;
    world.clock.advance(4 * minuteMs);
    await world.local.idle();
    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1);
    const [delivery] = world.local.control.deliveries.list();
    expect(delivery).toMatchObject({ status: 'delivered' });
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 500, 200]);
    expect((await world.stripe.events.list({ delivery_success: false })).data).toEqual([]);
  });

  test('that nobody takes is given up after three days', async () => {
    const { world, receiver } = await listeningWorld(['customer.created']);
    receiver.answer.status = 503;
    await newCustomer(world, 'Ada');
    for (let halfDay = 0; halfDay < 12; halfDay += 1) {
      world.clock.advance(12 * 60 * minuteMs);
      await world.local.idle();
    }
    expect(world.local.control.deliveries.list()[0]).toMatchObject({
      status: 'given_up',
      nextAttemptAt: null,
    });
  });

  test('for an endpoint that cannot be reached waits for the next try', async () => {
    const world = await openWorld();
    const receiver = await webhookReceiver();
    const url = `${new URL(receiver.url).protocol}//127.0.0.1:1/`;
    world.local.addWebhookEndpoint({ url, enabledEvents: ['*'] });
    await newCustomer(world, 'Ada');
    const [delivery] = world.local.control.deliveries.list();
    expect(delivery).toMatchObject({ status: 'waiting', attempts: [{ status: null }] });
    expect(delivery?.attempts[0]?.error).toBeTruthy();
  });
});

describe('a test decides', () => {
  test('in which order held events arrive', async () => {
    const { world, receiver } = await listeningWorld(['customer.created']);
    const { deliveries } = world.local.control;
    deliveries.hold();
    for (const name of ['Ada', 'Bob', 'Cleo']) await newCustomer(world, name);
    expect(receiver.received).toEqual([]);
    const [ada = '', bob = '', cleo = ''] = deliveries.list().map(({ event }) => event);

    await deliveries.release([cleo, ada]);
    expect(receiver.received.map(({ event }) => event.id)).toEqual([cleo, ada]);

    await deliveries.release('all');
    expect(receiver.received.map(({ event }) => event.id)).toEqual([cleo, ada, bob]);
    await newCustomer(world, 'Dan');
    expect(receiver.received).toHaveLength(4);
    await expect(deliveries.release([ada])).rejects.toThrow(/No held delivery/);
  });

  test('that one arrives twice', async () => {
    const { world, receiver } = await listeningWorld(['customer.created']);
    await newCustomer(world, 'Ada');
    const [event] = world.local.control.events();
    await world.local.control.deliveries.deliverAgain(event?.id ?? '');
    expect(receiver.received.map(({ event: { id } }) => id)).toEqual([event?.id, event?.id]);
  });

  test('that one is lost', async () => {
    const { world, receiver } = await listeningWorld(['customer.created']);
    receiver.answer.status = 500;
    await newCustomer(world, 'Ada');
    const [event] = world.local.control.events();
    world.local.control.deliveries.drop(event?.id ?? '');
    world.clock.advance(24 * 60 * minuteMs);
    await world.local.idle();
    expect(receiver.received).toHaveLength(1);
    expect(world.local.control.deliveries.list()[0]?.status).toBe('dropped');
  });

  test('and watches it happen', async () => {
    const { world } = await listeningWorld(['*']);
    const seen: string[] = [];
    world.local.control.onEvent(({ type }) => seen.push(type));
    const stop = world.local.control.onDelivery(({ status }) => seen.push(status));
    await newCustomer(world, 'Ada');
    expect(seen).toEqual(['customer.created', 'in_flight', 'delivered']);
    stop();
    await newCustomer(world, 'Bob');
    expect(seen).toHaveLength(4);
  });
});

describe('a webhook endpoint', () => {
  test('shows its secret once, can be disabled and deleted', async () => {
    const world = await openWorld();
    const receiver = await webhookReceiver();
    const created = await world.stripe.webhookEndpoints.create({
      url: receiver.url,
      enabled_events: ['customer.created'],
    });
    expect(created.secret).toMatch(/^whsec_/);
    const read = await world.stripe.webhookEndpoints.retrieve(created.id);
    expect(read.secret).toBeUndefined();
    await world.stripe.webhookEndpoints.update(created.id, { disabled: true });
    await newCustomer(world, 'Ada');
    expect(receiver.received).toEqual([]);
    expect(await world.stripe.webhookEndpoints.del(created.id)).toMatchObject({ deleted: true });
    expect((await world.stripe.webhookEndpoints.list()).data).toEqual([]);
    const wrong = await refusalOf(
      world.stripe.webhookEndpoints.create({ url: 'not a url', enabled_events: ['*'] }),
    );
    expect(wrong.param).toBe('url');
  });
});

describe('the control over HTTP', () => {
  async function call(world: World, method: string, path: string, body?: object) {
    const response = await fetch(`${world.local.url}/_local/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    return { status: response.status, answer };
  }

  test('scripts cards, renews, moves the clock and reads the ledger', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    await call(world, 'POST', `cards/${ada.primary}`, { outcomes: ['insufficient_funds'] });
    const renewed = await call(world, 'POST', `subscriptions/${ada.subscription}/renew`);
    expect(renewed).toMatchObject({ status: 200, answer: { status: 'open', attempt_count: 1 } });
    const before = world.clock.now();
    await call(world, 'POST', 'clock/advance', { milliseconds: 5000 });
    expect(world.clock.now() - before).toBeGreaterThanOrEqual(5000);
    const { answer } = await call(world, 'GET', 'charges');
    expect(answer).toMatchObject([{ paid: true }, { failure_code: 'card_declined' }]);
  });

  test('holds and releases deliveries and sets faults', async () => {
    const { world, receiver } = await listeningWorld(['customer.created']);
    await call(world, 'POST', 'deliveries/hold');
    await newCustomer(world, 'Ada');
    expect((await call(world, 'GET', 'deliveries')).answer).toMatchObject([{ status: 'held' }]);
    await call(world, 'POST', 'deliveries/release', {});
    expect(receiver.received).toHaveLength(1);
    const [event] = world.local.control.events();
    await call(world, 'POST', `events/${event?.id}/deliver`);
    expect(receiver.received).toHaveLength(2);
    await call(world, 'POST', 'faults', { method: 'GET', path: '/v1/customers', kind: '429' });
    expect((await refusalOf(world.stripe.customers.list())).statusCode).toBe(429);
    expect((await call(world, 'GET', 'faults')).answer).toEqual([]);
  });

  test('refuses what it cannot do in a sentence', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    const odd = await call(world, 'POST', `cards/${ada.primary}`, { outcomes: ['no_money'] });
    expect(odd.status).toBe(400);
    expect(JSON.stringify(odd.answer)).toContain('cannot be told to answer \\"no_money\\"');
    const unknown = await call(world, 'POST', 'subscriptions/sub_unknown/renew');
    expect(JSON.stringify(unknown.answer)).toContain('There is no subscription sub_unknown.');
    expect((await call(world, 'POST', 'nonsense')).status).toBe(404);
    const fault = await call(world, 'POST', 'faults', { method: 'GET', path: '/v1/x', kind: 'x' });
    expect(fault.status).toBe(400);
  });
});

test('the page shows who paid what, and what became of each event', async () => {
  const { world, receiver } = await listeningWorld(['invoice.payment_failed']);
  receiver.answer.status = 500;
  const ada = await subscriber(world);
  await world.stripe.customers.update(ada.customer, { name: '<b>Ada</b>' });
  world.local.control.setCardOutcomes(ada.primary, ['insufficient_funds']);
  world.local.control.renewNow(ada.subscription);
  await vi.waitUntil(() => receiver.received.length > 0);
  await world.local.idle();

  const response = await fetch(world.local.url);
  const page = await response.text();

  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page).toContain('&lt;b&gt;Ada&lt;/b&gt;');
  expect(page).not.toContain('<b>Ada');
  expect(page).not.toContain('<script');
  expect(page).toContain('insufficient funds (51)');
  expect(page).toContain('past due');
  expect(page).toContain('waiting, 1 try');
});
