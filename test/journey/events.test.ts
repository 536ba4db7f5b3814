import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handledEventTypes } from '../../functions/domain/stripe/stripe-events.ts';
import type { Delivery } from '../../local/stripe/webhooks/deliveries.ts';
import { attemptsOf, minute, openWorld, type TestCustomer, type World } from './world.ts';

// The endpoint takes every event, also those that the webhook only counts: none may do harm.
let world: World;
beforeAll(async () => {
  world = await openWorld({ enabledEvents: ['*'] });
});
afterAll(() => world.stop());

const withBackup = () => world.customer({ primary: ['generic_decline'], secondary: ['succeeded'] });

/** Deliveries that are held back now, in the order in which their events happened. */
const held = (): readonly Delivery[] =>
  world.stripe.control.deliveries.list().filter(({ status }) => status === 'held');

const release = async (deliveries: readonly Delivery[]) => {
  for (const { event } of deliveries) {
    await world.stripe.control.deliveries.release([event]);
    await world.settle();
  }
};

/**
 * A renewal whose events arrive one by one in an order that `arrange` chooses, then the sweep's
 * minute, then whatever our own charges made Stripe send, arranged in the same way.
 */
async function renewWith(
  arrange: (deliveries: readonly Delivery[]) => readonly Delivery[],
): Promise<{ customer: TestCustomer; invoice: string }> {
  const customer = await withBackup();
  await world.settle();
  world.stripe.control.deliveries.hold();
  const invoice = world.renew(customer);
  for (let rounds = 0; held().length > 0; rounds += 1) {
    if (rounds > 5) throw new Error('Events make events without an end.');
    await release(arrange(held()));
    await world.later(2 * minute);
  }
  await world.stripe.control.deliveries.release('all');
  await world.settle();
  return { customer, invoice };
}

async function expectPaidOnce(customer: TestCustomer, invoice: string): Promise<void> {
  expect(attemptsOf(await world.history(customer, invoice))).toEqual([
    'primary declined generic_decline',
    'secondary succeeded',
  ]);
  const charges = await world.charges(invoice);
  expect(charges.map(({ status }) => status)).toEqual(['failed', 'failed', 'succeeded']);
  expect((await world.case(customer, invoice)).passCount).toBe(1);
  expect(world.mails(customer)).toHaveLength(1);
}

describe('whatever order events arrive in', () => {
  it('one after the other: paid once, one pass, one mail', async () => {
    const { customer, invoice } = await renewWith((events) => events);
    await expectPaidOnce(customer, invoice);
  });

  it('backwards', async () => {
    const { customer, invoice } = await renewWith((events) => events.toReversed());
    await expectPaidOnce(customer, invoice);
  });

  it('each delivered twice in a row', async () => {
    const customer = await withBackup();
    await world.settle();
    world.stripe.control.deliveries.hold();
    const invoice = world.renew(customer);
    for (let rounds = 0; held().length > 0 && rounds < 5; rounds += 1) {
      for (const { event } of held()) {
        await world.stripe.control.deliveries.release([event]);
        await world.stripe.control.deliveries.deliverAgain(event);
        await world.settle();
      }
      await world.later(2 * minute);
    }
    await world.stripe.control.deliveries.release('all');
    await expectPaidOnce(customer, invoice);
  });

  // Every second pair at once: no event is in two of them.
  it.each([0, 1])('each pair of neighbours swapped, from event %i on', async (from) => {
    const { customer, invoice } = await renewWith((events) => swapPairs(events, from));
    await expectPaidOnce(customer, invoice);
  });

  // The others are counted only, whenever they come.
  it('each that the webhook handles arriving last of all', async () => {
    for (const type of await handledOfRenewal()) {
      const { customer, invoice } = await renewWith((events) => last(events, type));
      await expectPaidOnce(customer, invoice);
    }
  });

  it('all of them delivered again a day later', async () => {
    const { customer, invoice } = await renewWith((events) => events);
    await world.later(24 * 60 * minute);
    const about = world.stripe.control.events().filter(({ data }) => mentions(data, invoice));
    expect(about.length).toBeGreaterThan(5);
    for (const { id } of about) await world.stripe.control.deliveries.deliverAgain(id);
    await world.settle();
    await expectPaidOnce(customer, invoice);
  });
});

const typeOf = ({ event }: Delivery): string =>
  world.stripe.control.events().find(({ id }) => id === event)?.type ?? '';

/** What the webhook handles of what Stripe sends for a renewal and for our own charges after it. */
async function handledOfRenewal(): Promise<readonly string[]> {
  const types = new Set<string>();
  await renewWith((events) => {
    for (const event of events) types.add(typeOf(event));
    return events;
  });
  const handled = [...types].filter((type) => handledEventTypes.includes(type));
  expect(handled.length).toBeGreaterThan(3);
  return handled;
}

const swapPairs = (events: readonly Delivery[], from: number): readonly Delivery[] =>
  events.map((event, at) => events[(at - from) % 2 === 0 ? at + 1 : at - 1] ?? event);

const last = (events: readonly Delivery[], type: string): readonly Delivery[] =>
  events.toSorted((a, b) => Number(typeOf(a) === type) - Number(typeOf(b) === type));

const mentions = (data: unknown, invoice: string) => JSON.stringify(data).includes(invoice);
