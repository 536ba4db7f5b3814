import type { World } from '../world.ts';

/** Products, prices, plans, payment method domains, webhook endpoints, events, test clocks. */
export async function callCatalogue(world: World): Promise<void> {
  await callProducts(world);
  await callPlans(world);
  await callDomains(world);
  await callWebhookEndpoints(world);
  await callTestClocks(world);
}

async function callProducts({ stripe }: World): Promise<void> {
  const product = await stripe.products.create({
    name: 'Gold',
    default_price_data: { currency: 'usd', unit_amount: 1500, recurring: { interval: 'month' } },
    description: 'All that glitters',
    marketing_features: [{ name: 'Shines' }],
    package_dimensions: { height: 1, length: 2, weight: 3, width: 4 },
    shippable: true,
    unit_label: 'bar',
  });
  await stripe.products.retrieve(product.id);
  await stripe.products.update(product.id, { tax_code: 'txcd_99999999' });
  await stripe.products.list({ active: true, ids: [product.id] });
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 250,
    lookup_key: 'nugget',
    nickname: 'Nugget',
    product: product.id,
    transform_quantity: { divide_by: 10, round: 'up' },
  });
  await stripe.prices.retrieve(price.id, { expand: ['product'] });
  await stripe.prices.update(price.id, { metadata: { cut: 'rough' } });
  await stripe.prices.list({ lookup_keys: ['nugget'] });
  const spare = await stripe.products.create({ name: 'Lead' });
  await stripe.products.del(spare.id);
}

async function callPlans({ stripe }: World): Promise<void> {
  const plan = await stripe.plans.create({
    currency: 'usd',
    interval: 'year',
    amount: 12_000,
    nickname: 'Yearly',
    product: { name: 'Silver' },
  });
  await stripe.plans.retrieve(plan.id);
  await stripe.plans.update(plan.id, { trial_period_days: 7 });
  await stripe.plans.list();
  const spare = await stripe.plans.create({
    currency: 'usd',
    interval: 'day',
    amount: 1,
    product: { name: 'Tin' },
  });
  await stripe.plans.del(spare.id);
}

async function callDomains({ stripe }: World): Promise<void> {
  const { id } = await stripe.paymentMethodDomains.create({ domain_name: 'pay.example.com' });
  await stripe.paymentMethodDomains.retrieve(id);
  await stripe.paymentMethodDomains.update(id, { enabled: false });
  await stripe.paymentMethodDomains.validate(id);
  await stripe.paymentMethodDomains.list();
}

async function callWebhookEndpoints({ stripe }: World): Promise<void> {
  const { id } = await stripe.webhookEndpoints.create({
    url: 'http://127.0.0.1:9/hooks',
    enabled_events: ['coupon.created'],
    description: 'Hears of nothing that happens here',
  });
  await stripe.webhookEndpoints.retrieve(id);
  await stripe.webhookEndpoints.update(id, { metadata: { of: 'a test' } });
  await stripe.webhookEndpoints.list();
  const spare = await stripe.webhookEndpoints.create({
    url: 'http://127.0.0.1:9/spare',
    enabled_events: ['coupon.created'],
  });
  await stripe.webhookEndpoints.del(spare.id);
  const { data } = await stripe.events.list({ limit: 1 });
  await stripe.events.retrieve(data[0]?.id ?? '');
}

async function callTestClocks({ stripe, local }: World): Promise<void> {
  const { testClocks } = stripe.testHelpers;
  const { id } = await testClocks.create({ frozen_time: 1_893_456_000, name: 'The future' });
  await testClocks.retrieve(id);
  await testClocks.advance(id, { frozen_time: 1_893_460_000 });
  await local.idle();
  await testClocks.list();
  const spare = await testClocks.create({ frozen_time: 1_893_456_000 });
  await testClocks.del(spare.id);
}
