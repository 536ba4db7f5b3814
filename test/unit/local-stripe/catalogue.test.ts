import { describe, expect, test } from 'vitest';
import { openWorld, refusalOf } from './world.ts';

const typesOf = (world: Awaited<ReturnType<typeof openWorld>>) =>
  world.local.control.events().map(({ type }) => type);

describe('products', () => {
  test('take an id of the caller, and come with a default price', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const product = await stripe.products.create({
      id: 'gold',
      name: 'Gold',
      default_price_data: { currency: 'usd', unit_amount: 1500, recurring: { interval: 'month' } },
      images: ['https://example.com/gold.png'],
      package_dimensions: { height: 1.5, length: 2, weight: 3, width: 4 },
    });
    expect(product).toMatchObject({
      id: 'gold',
      images: ['https://example.com/gold.png'],
      package_dimensions: { height: 1.5, length: 2, weight: 3, width: 4 },
    });
    const price = await stripe.prices.retrieve(String(product.default_price));
    expect(price).toMatchObject({ product: 'gold', unit_amount: 1500, type: 'recurring' });
    expect(typesOf(world)).toEqual([
      'product.created',
      'plan.created',
      'price.created',
      'product.updated',
    ]);
    expect((await refusalOf(stripe.products.create({ id: 'gold', name: 'Again' }))).code).toBe(
      'resource_already_exists',
    );
  });

  test('stand in the order of their creation, whatever their ids', async () => {
    const { stripe } = await openWorld();
    for (const id of ['zinc', 'gold', 'iron']) await stripe.products.create({ id, name: id });
    const last = await stripe.products.create({ name: 'tin' });
    const first = await stripe.products.list({ limit: 2 });
    expect(first.data.map(({ id }) => id)).toEqual([last.id, 'iron']);
    const second = await stripe.products.list({ starting_after: 'iron' });
    expect(second.data.map(({ id }) => id)).toEqual(['gold', 'zinc']);
    const chosen = await stripe.products.list({ ids: ['zinc', last.id] });
    expect(chosen.data.map(({ id }) => id)).toEqual([last.id, 'zinc']);
  });

  test('can be deleted only while they have no price', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const product = await stripe.products.create({ name: 'Gold' });
    const plan = await stripe.plans.create({
      currency: 'usd',
      interval: 'month',
      amount: 100,
      product: product.id,
    });
    expect((await refusalOf(stripe.products.del(product.id))).message).toContain('prices');
    await stripe.plans.del(plan.id);
    expect(await stripe.products.del(product.id)).toMatchObject({ deleted: true });
    expect(typesOf(world).slice(-3)).toEqual(['plan.deleted', 'price.deleted', 'product.deleted']);
    expect((await refusalOf(stripe.products.retrieve(product.id))).code).toBe('resource_missing');
  });

  test('are changed, and forget what is unset', async () => {
    const { stripe } = await openWorld();
    const { id } = await stripe.products.create({
      name: 'Gold',
      description: 'Fine',
      url: 'https://e.com',
    });
    const other = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 1,
      product_data: { name: 'Other' },
    });
    expect(await stripe.products.update(id, { name: 'Silver', description: '' })).toMatchObject({
      name: 'Silver',
      description: null,
      url: 'https://e.com',
    });
    const foreign = await refusalOf(stripe.products.update(id, { default_price: other.id }));
    expect(foreign.message).toContain('does not belong');
  });
});

describe('prices', () => {
  test('can have decimals, and no whole amount then', async () => {
    const { stripe } = await openWorld();
    const { data } = await stripe.prices.list();
    expect(data).toEqual([]);
    const price = await stripe.prices.create({
      currency: 'EUR',
      unit_amount: 250,
      nickname: 'once',
      product_data: { name: 'Gold' },
    });
    expect(price).toMatchObject({ currency: 'eur', recurring: null, type: 'one_time' });
    expect(price.unit_amount_decimal?.toString()).toBe('250');
    const both = await refusalOf(
      stripe.prices.create({ currency: 'eur', product_data: { name: 'Gold' } }),
    );
    expect(both).toMatchObject({ code: 'parameter_missing', param: 'unit_amount' });
  });

  test('hand their lookup key on, when asked to', async () => {
    const { stripe } = await openWorld();
    const details = { currency: 'usd', unit_amount: 100, lookup_key: 'standard' };
    const first = await stripe.prices.create({ ...details, product_data: { name: 'Gold' } });
    const product = String(first.product);
    const refused = await refusalOf(stripe.prices.create({ ...details, product }));
    expect(refused.code).toBe('resource_already_exists');
    const second = await stripe.prices.create({ ...details, product, transfer_lookup_key: true });
    const found = await stripe.prices.list({ lookup_keys: ['standard'] });
    expect(found.data.map(({ id }) => id)).toEqual([second.id]);
    expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
  });

  test('are filtered', async () => {
    const { stripe } = await openWorld();
    const once = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 1,
      product_data: { name: 'A' },
    });
    const yearly = await stripe.prices.create({
      currency: 'eur',
      unit_amount: 2,
      recurring: { interval: 'year', trial_period_days: 14 },
      product_data: { name: 'B' },
    });
    const idsOf = async (filter: Parameters<typeof stripe.prices.list>[0]) =>
      (await stripe.prices.list(filter)).data.map(({ id }) => id);
    expect(await idsOf({ type: 'one_time' })).toEqual([once.id]);
    expect(await idsOf({ recurring: { interval: 'year' } })).toEqual([yearly.id]);
    expect(await idsOf({ recurring: { interval: 'month' } })).toEqual([]);
    expect(await idsOf({ currency: 'eur' })).toEqual([yearly.id]);
    await stripe.prices.update(once.id, { active: false, tax_behavior: 'inclusive' });
    expect(await idsOf({ active: false })).toEqual([once.id]);
    const again = await refusalOf(stripe.prices.update(once.id, { tax_behavior: 'exclusive' }));
    expect(again.param).toBe('tax_behavior');
  });
});

describe('plans', () => {
  test('are recurring prices in their older shape', async () => {
    const { stripe } = await openWorld();
    const plan = await stripe.plans.create({
      id: 'gold-monthly',
      currency: 'usd',
      interval: 'month',
      amount: 1500,
      product: { name: 'Gold' },
    });
    expect(plan).toMatchObject({ id: 'gold-monthly', object: 'plan', amount: 1500 });
    const price = await stripe.prices.retrieve('gold-monthly');
    expect(price).toMatchObject({ unit_amount: 1500, recurring: { interval: 'month' } });
    await stripe.plans.update('gold-monthly', { nickname: 'Gold', trial_period_days: 7 });
    const listed = await stripe.plans.list({ product: String(plan.product) });
    expect(listed.data).toMatchObject([{ nickname: 'Gold', trial_period_days: 7 }]);
    expect((await stripe.prices.retrieve(plan.id)).recurring?.trial_period_days).toBe(7);
    const once = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 1,
      product: String(plan.product),
    });
    expect((await refusalOf(stripe.plans.retrieve(once.id))).message).toBe(
      `No such plan: '${once.id}'`,
    );
  });
});

describe('payment method domains', () => {
  test('say of each wallet whether it can be used there', async () => {
    const { stripe } = await openWorld();
    const domain = await stripe.paymentMethodDomains.create({ domain_name: 'Pay.Example.com' });
    expect(domain).toMatchObject({
      domain_name: 'pay.example.com',
      enabled: true,
      apple_pay: { status: 'active' },
      link: { status: 'active' },
    });
    const local = await stripe.paymentMethodDomains.create({ domain_name: 'localhost' });
    expect(local.apple_pay.status_details?.error_message).toContain('localhost');
    await stripe.paymentMethodDomains.update(domain.id, { enabled: false });
    const enabled = await stripe.paymentMethodDomains.list({ enabled: true });
    expect(enabled.data.map(({ id }) => id)).toEqual([local.id]);
    expect(await stripe.paymentMethodDomains.validate(domain.id)).toMatchObject({ enabled: false });
    const twice = await refusalOf(
      stripe.paymentMethodDomains.create({ domain_name: 'pay.example.com' }),
    );
    expect(twice.code).toBe('resource_already_exists');
    const withScheme = await refusalOf(
      stripe.paymentMethodDomains.create({ domain_name: 'https://example.com' }),
    );
    expect(withScheme.param).toBe('domain_name');
  });
});

describe('events', () => {
  test('are found by a type, by types, and by the beginning of a type', async () => {
    const { stripe } = await openWorld();
    const { id } = await stripe.customers.create({ name: 'Ada' });
    await stripe.customers.update(id, { name: 'Ada L.' });
    await stripe.products.create({ name: 'Gold' });
    const typesFor = async (filter: Parameters<typeof stripe.events.list>[0]) =>
      (await stripe.events.list(filter)).data.map(({ type }) => type);
    expect(await typesFor({ type: 'customer.updated' })).toEqual(['customer.updated']);
    expect(await typesFor({ types: ['customer.created', 'product.created'] })).toEqual([
      'product.created',
      'customer.created',
    ]);
    expect(await typesFor({ type: 'customer.*' })).toEqual([
      'customer.updated',
      'customer.created',
    ]);
    const both = { type: 'customer.created', types: ['customer.updated'] };
    expect((await refusalOf(stripe.events.list(both))).param).toBe('types');
  });
});

describe('webhook endpoints', () => {
  test('show their secret once', async () => {
    const { stripe } = await openWorld();
    const created = await stripe.webhookEndpoints.create({
      url: 'http://127.0.0.1:9/hooks',
      enabled_events: ['*'],
      api_version: '2026-10-28.endive',
    });
    expect(created.secret).toMatch(/^whsec_/);
    const seen = await stripe.webhookEndpoints.retrieve(created.id);
    expect(seen.secret).toBeUndefined();
    expect(seen.api_version).toBe('2026-10-28.endive');
    const off = await stripe.webhookEndpoints.update(created.id, { disabled: true });
    expect(off.status).toBe('disabled');
  });
});
