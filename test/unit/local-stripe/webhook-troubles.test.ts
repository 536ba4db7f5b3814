import { describe, expect, test, vi } from 'vitest';
import { openWorld, type World, webhookReceiver } from './world.ts';

async function listeningWorld() {
  const world = await openWorld();
  const receiver = await webhookReceiver();
  const endpoint = world.local.addWebhookEndpoint({
    url: receiver.url,
    enabledEvents: ['customer.created'],
  });
  const names = () =>
    receiver.received.map(({ body }) => {
      const event: { data: { object: { name: string } } } = JSON.parse(body);
      return event.data.object.name;
    });
  const ids = () => receiver.received.map(({ event }) => event.id);
  return {
    world,
    receiver,
    endpoint,
    names,
    ids,
    troubles: world.local.control.deliveries.troubles,
  };
}

const newCustomer = async (world: World, name: string) => {
  await world.stripe.customers.create({ name });
  await world.local.idle();
};

describe('an event that meets trouble', () => {
  test('duplicated: arrives twice under one id, and counts as taken once', async () => {
    const { world, ids, troubles } = await listeningWorld();
    troubles.add({ type: 'customer.created', kind: 'duplicated' });
    await newCustomer(world, 'Ada');
    const [event] = world.local.control.events();
    expect(ids()).toEqual([event?.id, event?.id]);
    expect(world.local.control.events()[0]?.pending_webhooks).toBe(0);
    await newCustomer(world, 'Bob');
    expect(ids()).toHaveLength(3);
    expect(troubles.list()).toEqual([]);
  });

  test('delayed: arrives when the clock has moved on', async () => {
    const { world, names, troubles } = await listeningWorld();
    troubles.add({ type: '*', kind: 'delayed', seconds: 90 });
    await newCustomer(world, 'Ada');
    expect(names()).toEqual([]);
    const { data } = await world.stripe.events.list({ delivery_success: false });
    expect(data).toHaveLength(1);
    world.clock.advance(89_000);
    await world.local.idle();
    expect(names()).toEqual([]);
    world.clock.advance(1000);
    await vi.waitUntil(() => names().length === 1);
  });

  test('reordered: arrives after a later one', async () => {
    const { world, names, troubles } = await listeningWorld();
    troubles.add({ type: 'customer.*', kind: 'reordered' });
    await newCustomer(world, 'Ada');
    expect(names()).toEqual([]);
    await newCustomer(world, 'Bob');
    expect(names()).toEqual(['Bob', 'Ada']);
    world.clock.advance(120_000);
    await world.local.idle();
    expect(names()).toHaveLength(2);
  });

  test('reordered, with none after it: arrives within a minute', async () => {
    const { world, names, troubles } = await listeningWorld();
    troubles.add({ type: 'customer.created', kind: 'reordered' });
    await newCustomer(world, 'Ada');
    world.clock.advance(60_000);
    await vi.waitUntil(() => names().length === 1);
  });

  test('dropped: never arrives, and stays pending', async () => {
    const { world, names, troubles } = await listeningWorld();
    troubles.add({ type: 'customer.created', kind: 'dropped' });
    await newCustomer(world, 'Ada');
    world.clock.advance(86_400_000);
    await world.local.idle();
    expect(names()).toEqual([]);
    expect(world.local.control.events()[0]?.pending_webhooks).toBe(1);
    expect(world.local.control.deliveries.list()).toMatchObject([{ status: 'dropped' }]);
  });

  test('two_events: two ids for one fact, both delivered and both listed', async () => {
    const { world, ids, troubles } = await listeningWorld();
    troubles.add({ type: 'customer.created', kind: 'two_events', probability: 1, seed: 'a' });
    await newCustomer(world, 'Ada');
    const { data } = await world.stripe.events.list({ type: 'customer.created' });
    expect(data).toHaveLength(2);
    const [second, first] = data;
    expect(second?.id).not.toBe(first?.id);
    expect({ ...second, id: '' }).toEqual({ ...first, id: '' });
    expect(new Set(ids())).toEqual(new Set(data.map(({ id }) => id)));
    expect(ids()).toHaveLength(2);
  });

  test('by probability: the same events for the same seed', async () => {
    const arrived = async (seed: string) => {
      const { world, names, troubles } = await listeningWorld();
      troubles.add({ type: 'customer.created', kind: 'dropped', probability: 0.5, seed });
      for (let count = 0; count < 16; count += 1) await newCustomer(world, `${count}`);
      return names();
    };
    const first = await arrived('a');
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(16);
    expect(await arrived('a')).toEqual(first);
    expect(await arrived('b')).not.toEqual(first);
  });
});

describe('once, on request', () => {
  test('a second event of an update has the same previous attributes', async () => {
    const { world } = await listeningWorld();
    const { id } = await world.stripe.customers.create({ name: 'Ada' });
    await world.stripe.customers.update(id, { name: 'Ada L.' });
    const updated = world.local.control.events().at(-1);
    world.local.control.deliveries.makeSecond(updated?.id ?? '');
    const second = world.local.control.events().at(-1);
    expect(second?.id).not.toBe(updated?.id);
    expect(second).toEqual({ ...updated, id: second?.id });
    expect(() => world.local.control.deliveries.makeSecond('evt_none')).toThrow(
      /There is no event/,
    );
  });

  test('held events are released in an order that the seed decides', async () => {
    const { world, names } = await listeningWorld();
    const { deliveries } = world.local.control;
    const made = ['a', 'b', 'c', 'd', 'e', 'f'];
    deliveries.hold();
    for (const name of made) await newCustomer(world, name);
    await deliveries.release({ shuffledBy: 'seed' });
    const order = names();
    expect(order).not.toEqual(made);
    expect([...order].sort()).toEqual(made);
    deliveries.hold();
    for (const name of made) await newCustomer(world, name);
    await deliveries.release({ shuffledBy: 'seed' });
    expect(names().slice(made.length)).toEqual(order);
    expect(deliveries.isHolding).toBe(false);
  });

  test('what waits is put off, what arrived is not', async () => {
    const { world, receiver } = await listeningWorld();
    const { deliveries } = world.local.control;
    receiver.answer.status = 500;
    await newCustomer(world, 'Ada');
    const [event] = world.local.control.events();
    deliveries.delay(event?.id ?? '', 3600);
    receiver.answer.status = 200;
    world.clock.advance(3_599_000);
    await world.local.idle();
    expect(receiver.received).toHaveLength(1);
    world.clock.advance(1000);
    await vi.waitUntil(() => receiver.received.length === 2);
    await world.local.idle();
    expect(() => deliveries.delay(event?.id ?? '', 60)).toThrow(/Nothing of the event/);
  });
});

describe('an endpoint', () => {
  test('that was disabled gets nothing more, not even what waited', async () => {
    const { world, receiver, endpoint } = await listeningWorld();
    receiver.answer.status = 500;
    await newCustomer(world, 'Ada');
    await world.stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
    world.clock.advance(86_400_000);
    await world.local.idle();
    expect(receiver.received).toHaveLength(1);
    expect(world.local.control.deliveries.list()).toMatchObject([{ status: 'given_up' }]);
  });

  test('that moved gets what waited at its new address', async () => {
    const { world, receiver, endpoint } = await listeningWorld();
    const moved = await webhookReceiver();
    receiver.answer.status = 500;
    await newCustomer(world, 'Ada');
    await world.stripe.webhookEndpoints.update(endpoint.id, { url: moved.url });
    world.clock.advance(60_000);
    await vi.waitUntil(() => moved.received.length === 1);
    await world.local.idle();
    expect(receiver.received).toHaveLength(1);
  });

  test('with an API version of its own is told it in every event', async () => {
    const world = await openWorld();
    const receiver = await webhookReceiver();
    await world.stripe.webhookEndpoints.create({
      url: receiver.url,
      enabled_events: ['customer.created'],
      api_version: '2025-03-31.basil',
    });
    await newCustomer(world, 'Ada');
    expect(receiver.received).toMatchObject([{ event: { api_version: '2025-03-31.basil' } }]);
  });
});
