import { describe, expect, test } from 'vitest';
import { createStripeReminders } from '../../../functions/adapters/stripe-reminders.ts';
import { stripeSdk } from '../../../functions/adapters/stripe-sdk.ts';
import { customerId } from '../../../functions/domain/ids.ts';
import { dayMs, openWorld, startAt, subscriber, type World } from '../local-stripe/world.ts';

const nextBillingDate = ({ local }: World, customer: string) =>
  createStripeReminders({
    apiKey: { value: async () => local.apiKey, forget: () => undefined },
    connect: stripeSdk({ livemode: false, apiBase: `http://127.0.0.1:${local.port}` }),
  }).nextBillingDate(customerId(customer));

const inAMonth = Date.UTC(2026, 1, 28, 9, 30);
const seconds = (at: number) => Math.floor(at / 1000);

describe('the next billing date', () => {
  test('is the first end of a period', async () => {
    const world = await openWorld();
    const { customer, subscription } = await subscriber(world);
    expect(await nextBillingDate(world, customer)).toBe(inAMonth);
    const [item] = (await world.stripe.subscriptions.retrieve(subscription)).items.data;
    const trialEnd = startAt + 9 * dayMs;
    await world.stripe.subscriptions.create({
      customer,
      items: [{ price: item?.price.id ?? '' }],
      trial_end: seconds(trialEnd),
    });
    expect(await nextBillingDate(world, customer)).toBe(trialEnd);
  });

  test.each([
    ['ends with its period', { cancel_at_period_end: true }],
    ['ends before', { cancel_at: seconds(startAt + 3 * dayMs) }],
    ['is not collected', { pause_collection: { behavior: 'void' } }],
    ['is sent as a bill', { collection_method: 'send_invoice', days_until_due: 30 }],
  ] as const)('is none where the subscription %s', async (_, change) => {
    const world = await openWorld();
    const { customer, subscription } = await subscriber(world);
    await world.stripe.subscriptions.update(subscription, change);
    expect(await nextBillingDate(world, customer)).toBeNull();
  });

  test('is none once it was canceled, and of a customer whom Stripe does not know', async () => {
    const world = await openWorld();
    const { customer, subscription } = await subscriber(world);
    await world.stripe.subscriptions.cancel(subscription);
    expect(await nextBillingDate(world, customer)).toBeNull();
    expect(await nextBillingDate(world, 'cus_nobody')).toBeNull();
  });
});
