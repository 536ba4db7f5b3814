import { describe, expect, test } from 'vitest';
import {
  dayMs,
  hourMs,
  openWorld,
  passRenewal,
  refusalOf,
  subscriber,
  type World,
} from './world.ts';

const typesSince = (world: World, count: number) =>
  world.local.control
    .events()
    .slice(count)
    .map(({ type }) => type);

describe('a renewal', () => {
  test('is drafted when the period ends, and charged an hour later', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    const before = await world.stripe.subscriptions.retrieve(ada.subscription);
    const [item] = before.items.data;
    expect(new Date((item?.current_period_end ?? 0) * 1000).toISOString()).toMatch(
      /^2026-02-28T09:30/,
    );

    world.clock.advance((item?.current_period_end ?? 0) * 1000 - world.clock.now());
    const [draft] = (await world.stripe.invoices.list({ status: 'draft' })).data;
    expect(draft).toMatchObject({
      billing_reason: 'subscription_cycle',
      status: 'draft',
      attempted: false,
      auto_advance: true,
      number: null,
    });

    world.clock.advance(hourMs);
    const paid = await world.stripe.invoices.retrieve(draft?.id ?? '');
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 2900, attempt_count: 1 });
    const after = await world.stripe.subscriptions.retrieve(ada.subscription);
    expect(after.status).toBe('active');
    const nextEnd = (after.items.data[0]?.current_period_end ?? 0) * 1000;
    expect(new Date(nextEnd).toISOString()).toMatch(/^2026-03-31T09:30/);
  });

  test('that fails makes the subscription past due, and Stripe tries again on the clock', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    world.local.control.setCardOutcomes(ada.primary, ['insufficient_funds', 'succeeded']);
    const eventsBefore = world.local.control.events().length;

    const id = await passRenewal(world, ada);

    const failed = await world.stripe.invoices.retrieve(id);
    expect(failed).toMatchObject({ status: 'open', attempted: true, attempt_count: 1 });
    expect(failed.next_payment_attempt).not.toBeNull();
    expect(typesSince(world, eventsBefore)).toEqual([
      'invoice.upcoming',
      'invoice.created',
      'customer.subscription.updated',
      'payment_intent.created',
      'invoice.finalized',
      'invoice.updated',
      'charge.failed',
      'payment_intent.payment_failed',
      'invoice.updated',
      'invoice.payment_failed',
      'customer.subscription.updated',
      'customer.updated',
    ]);
    const pastDue = await world.stripe.subscriptions.retrieve(ada.subscription);
    expect(pastDue.status).toBe('past_due');

    world.clock.advance(3 * dayMs);
    const paid = await world.stripe.invoices.retrieve(id);
    expect(paid).toMatchObject({ status: 'paid', attempt_count: 2, next_payment_attempt: null });
    const active = await world.stripe.subscriptions.retrieve(ada.subscription);
    expect(active.status).toBe('active');
  });

  test('is not tried again by Stripe once auto_advance is off', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    world.local.control.setCardOutcomes(ada.primary, ['insufficient_funds']);
    const id = await passRenewal(world, ada);

    const ours = await world.stripe.invoices.update(id, { auto_advance: false });
    expect(ours.next_payment_attempt).toBeNull();
    const charges = world.local.control.charges().length;

    world.clock.advance(20 * dayMs);
    expect(world.local.control.charges()).toHaveLength(charges);
    const handedBack = await world.stripe.invoices.update(id, { auto_advance: true });
    expect(handedBack.next_payment_attempt).not.toBeNull();
  });

  test('ends the subscription when every retry has failed', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    world.local.control.setCardOutcomes(ada.primary, ['insufficient_funds']);
    const id = await passRenewal(world, ada);

    for (const days of [3, 5, 7]) world.clock.advance(days * dayMs);

    const invoice = await world.stripe.invoices.retrieve(id);
    expect(invoice).toMatchObject({ status: 'open', attempt_count: 4, auto_advance: false });
    const ended = await world.stripe.subscriptions.retrieve(ada.subscription);
    expect(ended).toMatchObject({
      status: 'canceled',
      cancellation_details: { reason: 'payment_failed' },
    });
  });

  test('refused for good is planned again but not charged again', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    world.local.control.setCardOutcomes(ada.primary, ['lost_card']);
    const id = await passRenewal(world, ada);
    const charges = world.local.control.charges().length;

    world.clock.advance(3 * dayMs);

    const invoice = await world.stripe.invoices.retrieve(id);
    expect(invoice).toMatchObject({ status: 'open', attempt_count: 2 });
    expect(world.local.control.charges()).toHaveLength(charges);
  });

  test('can be asked for at once, without moving the clock', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    world.local.control.setCardOutcomes(ada.primary, ['expired_card']);

    const invoice = world.local.control.renewNow(ada.subscription);

    expect(invoice).toMatchObject({
      billing_reason: 'subscription_cycle',
      status: 'open',
      attempt_count: 1,
    });
    const after = await world.stripe.subscriptions.retrieve(ada.subscription);
    expect(after).toMatchObject({ status: 'past_due', latest_invoice: invoice.id });
  });

  test('happens at once for a new billing cycle, as a subscription_update', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    world.local.control.setCardOutcomes(ada.primary, ['do_not_honor']);

    const updated = await world.stripe.subscriptions.update(ada.subscription, {
      billing_cycle_anchor: { type: 'now' },
      proration_behavior: 'none',
      expand: ['latest_invoice'],
    });

    expect(updated).toMatchObject({
      status: 'past_due',
      latest_invoice: { billing_reason: 'subscription_update', status: 'open', attempt_count: 1 },
    });
  });

  test('without any payment method fails without a charge', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    await world.stripe.paymentMethods.detach(ada.primary);
    const charges = world.local.control.charges().length;

    const id = await passRenewal(world, ada);

    expect(await world.stripe.invoices.retrieve(id)).toMatchObject({
      status: 'open',
      attempt_count: 1,
    });
    expect(world.local.control.charges()).toHaveLength(charges);
    const refusal = await refusalOf(world.stripe.invoices.pay(id));
    expect(refusal).toMatchObject({ statusCode: 400, code: 'resource_missing' });
  });

  test('does not come for a subscription that ends with its period', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    await world.stripe.subscriptions.update(ada.subscription, { cancel_at_period_end: true });

    world.clock.advance(29 * dayMs);

    const ended = await world.stripe.subscriptions.retrieve(ada.subscription);
    expect(ended).toMatchObject({
      status: 'canceled',
      cancellation_details: { reason: 'cancellation_requested' },
    });
    expect((await world.stripe.invoices.list({ customer: ada.customer })).data).toHaveLength(1);
  });

  test('charges whole yen where the currency has no smaller unit', async () => {
    const world = await openWorld();
    const usd = await subscriber(world);
    const jpy = await subscriber(world, { currency: 'jpy', amount: 1200 });

    await passRenewal(world, usd);

    const amounts = world.local.control.charges().map(({ amount, currency }) => [amount, currency]);
    expect(amounts).toEqual([
      [2900, 'usd'],
      [1200, 'jpy'],
      [2900, 'usd'],
      [1200, 'jpy'],
    ]);
    const page = await (await fetch(world.local.url)).text();
    expect(page).toContain('¥1,200');
    expect(page).toContain('$29.00');
    expect(jpy.customer).not.toBe(usd.customer);
  });
});

describe('a sign-up', () => {
  test('that is declined stays incomplete, is not retried, and expires after 23 hours', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const customer = await stripe.customers.create({
      payment_method: 'pm_card_chargeCustomerFail',
      invoice_settings: { default_payment_method: 'pm_card_chargeCustomerFail' },
    });
    const price = await stripe.prices.create({
      currency: 'eur',
      unit_amount: 500,
      recurring: { interval: 'year' },
      product_data: { name: 'Plan' },
    });

    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id, quantity: 2 }],
      expand: ['latest_invoice'],
    });

    expect(subscription).toMatchObject({
      status: 'incomplete',
      latest_invoice: {
        billing_reason: 'subscription_create',
        status: 'open',
        amount_due: 1000,
        next_payment_attempt: null,
      },
    });
    world.clock.advance(23 * hourMs);
    const expired = await stripe.subscriptions.retrieve(subscription.id);
    expect(expired.status).toBe('incomplete_expired');
    expect(world.local.control.charges()).toHaveLength(1);
  });

  test('with error_if_incomplete leaves the charge and nothing else', async () => {
    const { stripe, local } = await openWorld();
    const customer = await stripe.customers.create({
      payment_method: 'pm_card_chargeCustomerFail',
      invoice_settings: { default_payment_method: 'pm_card_chargeCustomerFail' },
    });
    const price = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 500,
      recurring: { interval: 'month' },
      product_data: { name: 'Plan' },
    });

    const refusal = await refusalOf(
      stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        payment_behavior: 'error_if_incomplete',
      }),
    );

    expect(refusal).toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      advice_code: 'try_again_later',
      network_decline_code: '05',
    });
    expect((await stripe.subscriptions.list({ status: 'all' })).data).toEqual([]);
    expect((await stripe.invoices.list()).data).toEqual([]);
    expect(local.control.charges()).toMatchObject([{ status: 'failed', amount: 500 }]);
  });

  test('with default_incomplete waits for its payment', async () => {
    const { stripe, local } = await openWorld();
    const customer = await stripe.customers.create();
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const price = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 500,
      recurring: { interval: 'month' },
      product_data: { name: 'Plan' },
    });

    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      payment_behavior: 'default_incomplete',
      expand: ['latest_invoice.confirmation_secret'],
    });

    expect(local.control.charges()).toEqual([]);
    const invoice = subscription.latest_invoice;
    if (typeof invoice !== 'object' || invoice === null) throw new Error('not expanded');
    expect(invoice.confirmation_secret?.client_secret).toMatch(/^pi_.*_secret_/);
    await stripe.invoices.pay(invoice.id, { payment_method: method.id });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });
});
