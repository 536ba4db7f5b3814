import { describe, expect, test } from 'vitest';
import { openWorld, startAt, subscriber } from './world.ts';

describe('a saved card', () => {
  test('expires: its last month is the one before the clock’s, and charges fail', async () => {
    const world = await openWorld({ at: Date.UTC(2026, 0, 15) });
    const ada = await subscriber(world);
    const events = world.local.control.events().length;
    world.local.control.expireCard(ada.primary);
    const { card } = await world.stripe.paymentMethods.retrieve(ada.primary);
    expect(card).toMatchObject({ exp_month: 12, exp_year: 2025 });
    expect(world.local.control.events()).toHaveLength(events);
    world.local.control.renewNow(ada.subscription);
    expect(world.local.control.charges().at(-1)).toMatchObject({ failure_code: 'expired_card' });
  });

  test('gets a new expiry from its network, and pays again', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    const before = await world.stripe.paymentMethods.retrieve(ada.primary);
    world.local.control.expireCard(ada.primary);
    world.local.control.setCardOutcomes(ada.primary, ['expired_card']);
    world.local.control.updateCardByNetwork(ada.primary, 'expiry');
    const after = await world.stripe.paymentMethods.retrieve(ada.primary);
    expect(after.card).toMatchObject({
      exp_year: new Date(startAt).getUTCFullYear() + 4,
      fingerprint: before.card?.fingerprint,
      last4: '4242',
    });
    const event = world.local.control.events().at(-1);
    expect(event).toMatchObject({
      type: 'payment_method.automatically_updated',
      data: { object: { id: ada.primary }, previous_attributes: { card: { exp_month: 12 } } },
    });
    expect(world.local.control.renewNow(ada.subscription).status).toBe('paid');
  });

  test('gets a new number from its network: other digits, another fingerprint', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    const before = await world.stripe.paymentMethods.retrieve(ada.primary);
    world.local.control.setCardOutcomes(ada.primary, ['lost_card']);
    world.local.control.updateCardByNetwork(ada.primary, 'number');
    const after = await world.stripe.paymentMethods.retrieve(ada.primary);
    expect(after.card?.last4).not.toBe(before.card?.last4);
    expect(after.card?.fingerprint).not.toBe(before.card?.fingerprint);
    expect(world.local.control.renewNow(ada.subscription).status).toBe('paid');
  });

  test('goes on failing for reasons that no update removes', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    world.local.control.setCardOutcomes(ada.primary, ['insufficient_funds']);
    world.local.control.updateCardByNetwork(ada.primary, 'number');
    expect(world.local.control.renewNow(ada.subscription).status).toBe('open');
  });

  test('must be there', async () => {
    const { local } = await openWorld();
    expect(() => local.control.expireCard('pm_none')).toThrow('There is no PaymentMethod pm_none.');
    expect(() => local.control.updateCardByNetwork('pm_none', 'number')).toThrow(RangeError);
  });
});

describe('the clock', () => {
  test('goes to what is next due, and does it', async () => {
    const world = await openWorld();
    expect(() => world.local.control.moveToNextDue()).toThrow(/Nothing is due/);
    const ada = await subscriber(world);
    const { current_period_end: end } = (
      await world.stripe.subscriptions.retrieve(ada.subscription)
    ).items.data[0] ?? { current_period_end: 0 };
    let steps = 0;
    while (world.clock.now() < end * 1000 && steps < 20) {
      world.local.control.moveToNextDue();
      steps += 1;
    }
    expect(world.local.control.state().tables.invoices).toHaveLength(2);
    expect(world.clock.now()).toBeLessThan(end * 1000 + 5000);
  });
});

test('the same over HTTP', async () => {
  const world = await openWorld();
  const ada = await subscriber(world);
  const post = async (path: string, body: object = {}) => {
    const response = await fetch(`${world.local.url}/_local/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return response.status;
  };
  expect(await post(`cards/${ada.primary}/expire`)).toBe(200);
  expect(await post(`cards/${ada.primary}/network-update`, { update: 'number' })).toBe(200);
  expect(await post(`cards/${ada.primary}/network-update`, { update: 'colour' })).toBe(400);
  expect(await post('cards/pm_none/expire')).toBe(400);
  expect(await post('clock/next-due')).toBe(200);
  expect(await post('webhook-troubles', { type: '*', kind: 'dropped', count: 2 })).toBe(200);
  expect(await post('webhook-troubles', { type: '*', kind: 'delayed' })).toBe(400);
  expect(world.local.control.deliveries.troubles.list()).toMatchObject([{ count: 2 }]);
  const [event] = world.local.control.events();
  expect(await post(`events/${event?.id}/second`)).toBe(200);
  expect(await post('events/evt_none/second')).toBe(400);
  expect(await post('cards/%zz/expire')).toBe(400);
});
