import { describe, expect, test } from 'vitest';
import { dayMs, openWorld, refusalOf, startAt, type World } from './world.ts';

const seconds = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day) / 1000;
const frozen = seconds(2030, 1, 1);

async function subscriberOnClock(world: World) {
  const { stripe } = world;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: frozen, name: 'Years' });
  const customer = await stripe.customers.create({
    name: 'Ada',
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
    test_clock: clock.id,
  });
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 2900,
    recurring: { interval: 'month' },
    product_data: { name: 'Plan' },
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  return { clock: clock.id, customer, price: price.id, subscription };
}

const advance = ({ stripe }: World, clock: string, to: number) =>
  stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });

describe('a test clock', () => {
  test('stands still, and its customers live on its time', async () => {
    const world = await openWorld();
    const { customer, subscription, clock } = await subscriberOnClock(world);
    expect(customer).toMatchObject({ created: frozen, test_clock: clock });
    expect(subscription).toMatchObject({ created: frozen, status: 'active', test_clock: clock });
    world.clock.advance(25 * dayMs);
    await world.local.idle();
    const { data: invoices } = await world.stripe.invoices.list({ customer: customer.id });
    expect(invoices).toHaveLength(1);
    expect(invoices[0]).toMatchObject({ created: frozen, test_clock: clock });
  });

  test('gives its time to a change of a subscription item too', async () => {
    const world = await openWorld();
    const { subscription, customer } = await subscriberOnClock(world);
    const item = subscription.items.data[0]?.id ?? '';
    await world.stripe.subscriptionItems.update(item, { quantity: 2 });
    const { data: items } = await world.stripe.invoiceItems.list({ customer: customer.id });
    expect(items.map(({ date }) => date)).toEqual([frozen, frozen]);
  });

  test('makes due what it passes, when it is advanced', async () => {
    const world = await openWorld();
    const { customer, subscription, clock } = await subscriberOnClock(world);
    const target = seconds(2030, 3, 1);
    const moving = await advance(world, clock, target);
    expect(moving).toMatchObject({
      frozen_time: frozen,
      status: 'advancing',
      status_details: { advancing: { target_frozen_time: target } },
    });
    await world.local.idle();
    const arrived = await world.stripe.testHelpers.testClocks.retrieve(clock);
    expect(arrived).toMatchObject({ frozen_time: target, status: 'ready', status_details: {} });
    const { data } = await world.stripe.invoices.list({ customer: customer.id });
    expect(data.map(({ created, status }) => ({ created, status }))).toEqual([
      { created: target, status: 'draft' },
      { created: seconds(2030, 2, 1), status: 'paid' },
      { created: frozen, status: 'paid' },
    ]);
    const later = await world.stripe.subscriptions.retrieve(subscription.id);
    expect(later.items.data[0]?.current_period_end).toBe(seconds(2030, 4, 1));
  });

  test('tells of its moves in events of the time on the wall', async () => {
    const world = await openWorld();
    const { clock } = await subscriberOnClock(world);
    await advance(world, clock, seconds(2030, 2, 2));
    await world.local.idle();
    const events = world.local.control.events();
    const wall = startAt / 1000;
    for (const { created } of events) expect(created - wall).toBeLessThan(60);
    const types = events.map(({ type }) => type);
    const moves = types.filter((type) => type.startsWith('test_helpers.'));
    expect(moves).toEqual([
      'test_helpers.test_clock.created',
      'test_helpers.test_clock.advancing',
      'test_helpers.test_clock.ready',
    ]);
    const [begin, end] = [types.indexOf(moves[1] ?? ''), types.indexOf(moves[2] ?? '')];
    expect(types.slice(begin, end)).toContain('invoice.paid');
  });

  test('goes forward only, and two intervals at a time', async () => {
    const world = await openWorld();
    const { clock } = await subscriberOnClock(world);
    for (const target of [frozen, frozen - 1, seconds(2030, 3, 2)]) {
      const refused = await refusalOf(advance(world, clock, target));
      expect(refused).toMatchObject({ statusCode: 400, param: 'frozen_time' });
    }
    const empty = await world.stripe.testHelpers.testClocks.create({ frozen_time: frozen });
    const far = await refusalOf(advance(world, empty.id, frozen + 731 * 86_400));
    expect(far.message).toContain('two years');
    await advance(world, empty.id, frozen + 700 * 86_400);
  });

  test('holds three customers with three subscriptions each', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { clock, customer, price } = await subscriberOnClock(world);
    const subscribe = () =>
      stripe.subscriptions.create({ customer: customer.id, items: [{ price }] });
    await subscribe();
    await subscribe();
    expect((await refusalOf(subscribe())).message).toContain('at most 3 subscriptions');
    await stripe.customers.create({ test_clock: clock });
    await stripe.customers.create({ test_clock: clock });
    const fourth = await refusalOf(stripe.customers.create({ test_clock: clock }));
    expect(fourth.message).toContain('at most 3 customers');
  });

  test('keeps its objects out of the lists of everything', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { clock, customer } = await subscriberOnClock(world);
    const other = await stripe.customers.create({ name: 'Bob' });
    const idsOf = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id);
    expect(idsOf(await stripe.customers.list())).toEqual([other.id]);
    expect(idsOf(await stripe.customers.list({ test_clock: clock }))).toEqual([customer.id]);
    expect(idsOf(await stripe.subscriptions.list())).toEqual([]);
    expect(idsOf(await stripe.subscriptions.list({ test_clock: clock }))).toHaveLength(1);
    expect(idsOf(await stripe.invoices.list())).toEqual([]);
    expect(idsOf(await stripe.invoices.list({ customer: customer.id }))).toHaveLength(1);
  });

  test('takes in a customer that is there already', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const customer = await stripe.customers.create({ name: 'Ada' });
    const clock = await stripe.testHelpers.testClocks.create({
      frozen_time: frozen,
      customer: customer.id,
    });
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ test_clock: clock.id });
    const twice = { frozen_time: frozen, customer: customer.id };
    expect((await refusalOf(stripe.testHelpers.testClocks.create(twice))).param).toBe('customer');
  });

  test('takes its customers with it when it is deleted, and ends after 30 days', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { clock, customer, subscription } = await subscriberOnClock(world);
    const { id: second } = await stripe.testHelpers.testClocks.create({ frozen_time: frozen });
    expect(await stripe.testHelpers.testClocks.del(clock)).toMatchObject({ deleted: true });
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled');
    const { data } = await stripe.testHelpers.testClocks.list();
    expect(data.map(({ id }) => id)).toEqual([second]);
    world.clock.advance(31 * dayMs);
    await world.local.idle();
    expect((await refusalOf(stripe.testHelpers.testClocks.retrieve(second))).statusCode).toBe(404);
    const deleted = world.local.control.events().filter((e) => e.type.endsWith('clock.deleted'));
    expect(deleted).toHaveLength(2);
  });
});
