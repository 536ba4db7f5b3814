import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { dayMs, hourMs, openWorld, refusalOf, subscriber, type World } from './world.ts';

const startAt = Date.UTC(2026, 0, 10, 12);
const seconds = (ms: number) => ms / 1000;

async function signing(options: { card?: boolean } = {}) {
  const world = await openWorld({ at: startAt });
  const { stripe } = world;
  const customer = (await stripe.customers.create({ email: 'ada@example.com' })).id;
  const method = (await stripe.paymentMethods.attach('pm_card_visa', { customer })).id;
  if (options.card ?? true) {
    await stripe.customers.update(customer, {
      invoice_settings: { default_payment_method: method },
    });
  }
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 3100,
    recurring: { interval: 'month' },
    product_data: { name: 'Plan' },
  });
  return { world, stripe, customer, method, price: price.id };
}

const types = (world: World) => world.local.control.events().map(({ type }) => type);

const latest = (subscription: Stripe.Subscription): Stripe.Invoice => {
  const { latest_invoice: invoice } = subscription;
  if (typeof invoice !== 'object' || invoice === null) throw new Error('not expanded');
  return invoice;
};

describe('a trial', () => {
  test('costs nothing, is announced, and then is paid for', async () => {
    const { world, stripe, customer, price } = await signing();
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      trial_period_days: 14,
      expand: ['latest_invoice'],
    });
    const end = seconds(startAt + 14 * dayMs);
    expect(subscription).toMatchObject({
      status: 'trialing',
      trial_start: seconds(startAt),
      trial_end: end,
      billing_cycle_anchor: end,
      items: { data: [{ current_period_end: end }] },
    });
    expect(latest(subscription)).toMatchObject({
      status: 'paid',
      total: 0,
      lines: { data: [{ description: 'Trial period for Plan', amount: 0 }] },
    });
    expect(types(world)).not.toContain('customer.subscription.trial_will_end');
    world.clock.advance(12 * dayMs);
    expect(types(world)).toContain('customer.subscription.trial_will_end');
    world.clock.advance(2 * dayMs + hourMs);
    const after = await stripe.subscriptions.retrieve(subscription.id, {
      expand: ['latest_invoice'],
    });
    expect(after.status).toBe('active');
    expect(latest(after)).toMatchObject({
      billing_reason: 'subscription_cycle',
      status: 'paid',
      amount_paid: 3100,
    });
  });

  test('of a day is announced at once', async () => {
    const { world, stripe, customer, price } = await signing();
    await stripe.subscriptions.create({ customer, items: [{ price }], trial_period_days: 1 });
    expect(types(world)).toContain('customer.subscription.trial_will_end');
  });

  test.each([
    ['cancel', 'canceled', 'customer.subscription.deleted'],
    ['pause', 'paused', 'customer.subscription.paused'],
    ['create_invoice', 'past_due', 'invoice.payment_failed'],
  ] as const)('without a method at its end: %s', async (missing, status, event) => {
    const { world, stripe, customer, price } = await signing({ card: false });
    const { id } = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      trial_end: seconds(startAt + 7 * dayMs),
      trial_settings: { end_behavior: { missing_payment_method: missing } },
    });
    world.clock.advance(7 * dayMs + hourMs);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe(status);
    expect(types(world)).toContain(event);
  });

  test('can be ended now, begun later and made longer', async () => {
    const { stripe, customer, price } = await signing();
    const { id } = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      trial_period_days: 14,
    });
    const longer = await stripe.subscriptions.update(id, {
      trial_end: seconds(startAt + 20 * dayMs),
    });
    expect(longer).toMatchObject({ status: 'trialing', trial_start: seconds(startAt) });
    const ended = await stripe.subscriptions.update(id, {
      trial_end: 'now',
      expand: ['latest_invoice'],
    });
    expect(ended.status).toBe('active');
    expect(latest(ended)).toMatchObject({ status: 'paid', total: 3100 });
    const past = await refusalOf(stripe.subscriptions.update(id, { trial_end: 1 }));
    expect(past.param).toBe('trial_end');
  });
});

describe('a paused subscription', () => {
  async function paused() {
    const signed = await signing({ card: false });
    const { world, stripe, customer, price } = signed;
    const { id } = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      trial_period_days: 7,
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
    });
    world.clock.advance(8 * dayMs);
    return { ...signed, id };
  }

  test('is resumed by paying for a new period', async () => {
    const { world, stripe, customer, method, id } = await paused();
    await stripe.customers.update(customer, {
      invoice_settings: { default_payment_method: method },
    });
    const resumed = await stripe.subscriptions.resume(id, { expand: ['latest_invoice'] });
    expect(resumed).toMatchObject({
      status: 'active',
      billing_cycle_anchor: seconds(startAt + 8 * dayMs),
    });
    expect(resumed.status_details).toBeUndefined();
    expect(latest(resumed)).toMatchObject({ status: 'paid', total: 3100 });
    expect(types(world)).toContain('customer.subscription.resumed');
    const again = await refusalOf(stripe.subscriptions.resume(id));
    expect(again.message).toMatch(/cannot be resumed because its status is active/);
  });

  test('stays paused when nobody tries to pay within 23 hours', async () => {
    const { world, stripe, method, id } = await paused();
    const waiting = await stripe.subscriptions.resume(id, { expand: ['latest_invoice'] });
    expect(waiting.status).toBe('paused');
    const invoice = latest(waiting);
    expect(invoice.status).toBe('open');
    world.clock.advance(23 * hourMs);
    expect((await stripe.invoices.retrieve(invoice.id)).status).toBe('void');
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('paused');

    const second = latest(await stripe.subscriptions.resume(id, { expand: ['latest_invoice'] }));
    await stripe.invoices.pay(second.id, { payment_method: method });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      status: 'active',
      items: { data: [{ current_period_start: second.created }] },
    });
  });

  test('on request has no invoices until it is resumed', async () => {
    const world = await openWorld({ at: startAt });
    const { stripe } = world;
    const { subscription } = await subscriber(world);
    const held = await stripe.subscriptions.pause(subscription);
    expect(held).toMatchObject({
      status: 'paused',
      status_details: { paused: { subscription: { type: 'pause_requested' } } },
    });
    world.clock.advance(40 * dayMs);
    expect((await stripe.invoices.list({ subscription })).data).toHaveLength(1);
    const resumed = await stripe.subscriptions.resume(subscription, {
      billing_cycle_anchor: { type: 'unchanged' },
      expand: ['latest_invoice'],
    });
    expect(resumed).toMatchObject({ status: 'active', billing_cycle_anchor: seconds(startAt) });
    // 19 Feb to 10 Mar is 19 of 28 days.
    expect(latest(resumed)).toMatchObject({ status: 'paid', total: 1968 });
  });
});

describe('paused collection', () => {
  test.each([
    ['keep_as_draft', 'draft'],
    ['mark_uncollectible', 'uncollectible'],
    ['void', 'void'],
  ] as const)('%s', async (behavior, status) => {
    const world = await openWorld({ at: startAt });
    const { stripe } = world;
    const { subscription } = await subscriber(world);
    const resumes = seconds(startAt + 40 * dayMs);
    const held = await stripe.subscriptions.update(subscription, {
      pause_collection: { behavior, resumes_at: resumes },
    });
    expect(held).toMatchObject({ status: 'active', pause_collection: { behavior } });
    world.clock.advance(33 * dayMs);
    const renewed = await stripe.subscriptions.retrieve(subscription, {
      expand: ['latest_invoice'],
    });
    expect(renewed.status).toBe('active');
    expect(latest(renewed).status).toBe(status);
    expect(world.local.control.charges()).toHaveLength(1);
    world.clock.advance(30 * dayMs);
    const going = await stripe.subscriptions.retrieve(subscription, { expand: ['latest_invoice'] });
    expect(going.pause_collection).toBeNull();
    expect(latest(going).status).toBe('paid');
  });

  test('does not stop the retries of an invoice that is open', async () => {
    const world = await openWorld({ at: startAt });
    const { stripe } = world;
    const { subscription, primary } = await subscriber(world);
    world.local.control.setCardOutcomes(primary, ['insufficient_funds', 'succeeded']);
    world.clock.advance(32 * dayMs);
    await stripe.subscriptions.update(subscription, { pause_collection: { behavior: 'void' } });
    world.clock.advance(3 * dayMs);
    const after = await stripe.subscriptions.retrieve(subscription, { expand: ['latest_invoice'] });
    expect(latest(after)).toMatchObject({ status: 'paid', attempt_count: 2 });
    expect(await stripe.subscriptions.update(subscription, { pause_collection: '' })).toMatchObject(
      {
        pause_collection: null,
      },
    );
  });
});

describe('signing up', () => {
  test('bills what is added once along with the first period', async () => {
    const { stripe, customer, price } = await signing();
    const setup = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 900,
      product_data: { name: 'Setup' },
    });
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price, quantity: 2, metadata: { team: 'a' } }],
      add_invoice_items: [{ price: setup.id }],
      expand: ['latest_invoice'],
    });
    expect(subscription.items.data).toMatchObject([{ quantity: 2, metadata: { team: 'a' } }]);
    const lines = latest(subscription).lines.data;
    expect(lines.map(({ description, amount }) => [description, amount])).toEqual([
      ['Setup', 900],
      ['2 × Plan (at $31.00 / month)', 6200],
    ]);
    const once = await refusalOf(
      stripe.subscriptions.create({ customer, items: [{ price: setup.id }] }),
    );
    expect(once.param).toBe('items[0][price]');
  });

  test('to a day of the month bills the days until then', async () => {
    const { world, stripe, customer, price } = await signing();
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      billing_cycle_anchor_config: { day_of_month: 20, hour: 12, minute: 0, second: 0 },
      expand: ['latest_invoice'],
    });
    const anchor = seconds(startAt + 10 * dayMs);
    expect(subscription).toMatchObject({
      billing_cycle_anchor: anchor,
      items: { data: [{ current_period_end: anchor }] },
    });
    // 10 of the 31 days from 20 December.
    expect(latest(subscription)).toMatchObject({ status: 'paid', total: 1000 });
    world.clock.advance(10 * dayMs + hourMs);
    const next = await stripe.subscriptions.retrieve(subscription.id, {
      expand: ['latest_invoice'],
    });
    expect(latest(next).total).toBe(3100);
    const free = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      billing_cycle_anchor: anchor + 20 * 86_400,
      proration_behavior: 'none',
      expand: ['latest_invoice'],
    });
    expect(latest(free)).toMatchObject({ status: 'paid', total: 0 });
    const late = await refusalOf(
      stripe.subscriptions.create({
        customer,
        items: [{ price }],
        billing_cycle_anchor: anchor + 200 * 86_400,
      }),
    );
    expect(late.message).toMatch(/^billing_cycle_anchor cannot be later than next natural/);
  });

  test('with invoices that are sent is active, and past due when one is not paid', async () => {
    const { world, stripe, customer, price } = await signing();
    const missing = await refusalOf(
      stripe.subscriptions.create({
        customer,
        items: [{ price }],
        collection_method: 'send_invoice',
      }),
    );
    expect(missing.param).toBe('days_until_due');
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      collection_method: 'send_invoice',
      days_until_due: 5,
      expand: ['latest_invoice'],
    });
    expect(subscription).toMatchObject({ status: 'active', days_until_due: 5 });
    expect(latest(subscription).status).toBe('draft');
    world.clock.advance(hourMs);
    const sent = await stripe.invoices.retrieve(latest(subscription).id);
    expect(sent).toMatchObject({ status: 'open', due_date: seconds(startAt + 5 * dayMs) });
    expect(types(world)).toContain('invoice.sent');
    world.clock.advance(5 * dayMs);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('past_due');
    await stripe.invoices.pay(sent.id, { paid_out_of_band: true });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });

  test('keeps what it is told', async () => {
    const { stripe, customer, method, price } = await signing();
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price }],
      default_payment_method: method,
      description: 'Gold',
      metadata: { a: '1' },
      payment_settings: {
        payment_method_types: ['card'],
        save_default_payment_method: 'on_subscription',
        payment_method_options: { card: { request_three_d_secure: 'any' } },
      },
      expand: ['default_payment_method', 'items.data.price.product'],
    });
    expect(subscription).toMatchObject({
      billing_mode: { type: 'flexible' },
      default_payment_method: { id: method },
      items: { data: [{ price: { product: { name: 'Plan' } } }] },
      description: 'Gold',
      metadata: { a: '1' },
      payment_settings: {
        payment_method_types: ['card'],
        payment_method_options: { card: { request_three_d_secure: 'any' } },
      },
    });
    const found = await stripe.subscriptions.search({ query: "metadata['a']:'1'" });
    expect(found.data).toHaveLength(1);
    expect((await stripe.subscriptions.list({ status: 'trialing' })).data).toEqual([]);
    const ending = { lte: seconds(startAt + 31 * dayMs) };
    expect((await stripe.subscriptions.list({ current_period_end: ending })).data).toHaveLength(1);
  });
});

describe('the end of a subscription', () => {
  test('comes at the time that was set', async () => {
    const world = await openWorld({ at: startAt });
    const { stripe } = world;
    const { subscription } = await subscriber(world);
    const at = seconds(startAt + 5 * dayMs);
    expect(await stripe.subscriptions.update(subscription, { cancel_at: at })).toMatchObject({
      cancel_at: at,
      cancel_at_period_end: false,
      canceled_at: seconds(startAt),
      status: 'active',
    });
    world.clock.advance(5 * dayMs);
    const ended = await stripe.subscriptions.retrieve(subscription);
    expect(ended).toMatchObject({ status: 'canceled', ended_at: at });
    const late = await refusalOf(stripe.subscriptions.update(subscription, { description: 'x' }));
    expect(late.message).toMatch(/^A canceled subscription can only update/);
    const explained = await stripe.subscriptions.update(subscription, {
      cancellation_details: { feedback: 'unused' },
    });
    expect(explained.cancellation_details?.feedback).toBe('unused');
  });

  test('can be taken back, and is billed for what is pending', async () => {
    const world = await openWorld({ at: startAt });
    const { stripe } = world;
    const { subscription, customer } = await subscriber(world);
    await stripe.subscriptions.update(subscription, { cancel_at_period_end: true });
    const back = await stripe.subscriptions.update(subscription, { cancel_at_period_end: false });
    expect(back).toMatchObject({ cancel_at: null, canceled_at: null });
    await stripe.subscriptions.update(subscription, { cancel_at_period_end: true });
    await stripe.invoiceItems.create({ customer, subscription, amount: 700, currency: 'usd' });
    world.clock.advance(32 * dayMs);
    const ended = await stripe.subscriptions.retrieve(subscription, { expand: ['latest_invoice'] });
    expect(ended.status).toBe('canceled');
    expect(latest(ended)).toMatchObject({ status: 'paid', total: 700 });
  });
});

test('a renewal is told of seven days before', async () => {
  const world = await openWorld({ at: startAt });
  const { subscription } = await subscriber(world);
  world.clock.advance(23 * dayMs);
  expect(types(world)).not.toContain('invoice.upcoming');
  world.clock.advance(2 * dayMs);
  const told = world.local.control.events().find(({ type }) => type === 'invoice.upcoming');
  expect(told?.data.object).toMatchObject({
    object: 'invoice',
    billing_reason: 'upcoming',
    total: 2900,
    parent: { subscription_details: { subscription } },
  });
  expect(told?.data.object).not.toHaveProperty('id');
});

test('a sign-up asks the customer who is there to authenticate', async () => {
  const { world, stripe, customer, method, price } = await signing();
  world.local.control.setCardOutcomes(method, ['authentication_required']);
  const terms = { customer, items: [{ price }] };
  const refused = await refusalOf(
    stripe.subscriptions.create({ ...terms, payment_behavior: 'error_if_incomplete' }),
  );
  expect(refused).toMatchObject({
    statusCode: 402,
    code: 'subscription_payment_intent_requires_action',
  });
  const asked = await stripe.subscriptions.create({
    ...terms,
    expand: ['latest_invoice.confirmation_secret'],
  });
  expect(asked.status).toBe('incomplete');
  expect(latest(asked).confirmation_secret?.client_secret).toMatch(/_secret_/);
  expect(types(world)).toContain('payment_intent.requires_action');
  const alone = await stripe.subscriptions.create({ ...terms, off_session: true });
  expect(alone.status).toBe('incomplete');
  expect(world.local.control.charges().map(({ status }) => status)).toEqual(['failed']);
});

describe('terms that could never be billed', () => {
  test.for([
    ['no interval at all', { interval: 'month', interval_count: 0 }],
    ['more than three years', { interval: 'month', interval_count: 37 }],
  ] as const)('%s is refused', async ([, recurring]) => {
    const { stripe, customer } = await signing();
    const product = (await stripe.products.create({ name: 'Plan' })).id;
    const refusal = await refusalOf(
      stripe.subscriptions.create({
        customer,
        items: [{ price_data: { currency: 'usd', unit_amount: 1, product, recurring } }],
      }),
    );
    expect(refusal).toMatchObject({
      statusCode: 400,
      code: 'parameter_invalid_integer',
      param: 'items[0][price_data][recurring][interval_count]',
    });
  });

  test.for([
    [
      'billing_cycle_anchor_config[month]',
      { billing_cycle_anchor_config: anchorOf({ month: 13 }) },
    ],
    ['billing_cycle_anchor_config[hour]', { billing_cycle_anchor_config: anchorOf({ hour: -25 }) }],
    ['trial_period_days', { trial_period_days: 731 }],
    ['trial_period_days', { trial_period_days: -1 }],
    ['trial_end', { trial_end: seconds(startAt + 731 * dayMs) }],
  ] as const)('%s is refused outside of its bounds', async ([param, terms]) => {
    const { stripe, customer, price } = await signing();
    const refusal = await refusalOf(
      stripe.subscriptions.create({ customer, items: [{ price }], ...terms }),
    );
    expect(refusal).toMatchObject({ statusCode: 400, param });
  });
});

function anchorOf(other: { readonly month?: number; readonly hour?: number }) {
  return { day_of_month: 1, ...other };
}
