import { describe, expect, test } from 'vitest';
import { openWorld, pastDue, refusalOf, type World } from './world.ts';

const types = (world: World) => world.local.control.events().map(({ type }) => type);

async function standing(
  { stripe }: World,
  { customer, subscription }: Awaited<ReturnType<typeof pastDue>>,
) {
  const owner = await stripe.customers.retrieve(customer);
  return {
    status: (await stripe.subscriptions.retrieve(subscription)).status,
    isDelinquent: 'delinquent' in owner ? owner.delinquent : undefined,
  };
}

describe('a past-due subscription', () => {
  test('is active again once its latest invoice is given up as uncollectible', async () => {
    const world = await openWorld();
    const ada = await pastDue(world);
    expect(await standing(world, ada)).toEqual({ status: 'past_due', isDelinquent: true });
    await world.stripe.invoices.markUncollectible(ada.invoice);
    expect(await standing(world, ada)).toEqual({ status: 'active', isDelinquent: false });
  });

  test('is active again once its latest invoice is void and the one before it is paid', async () => {
    const world = await openWorld();
    const ada = await pastDue(world);
    await world.stripe.invoices.voidInvoice(ada.invoice);
    expect((await standing(world, ada)).status).toBe('active');
  });

  test('stays past due where the invoice before the void one is not paid either', async () => {
    const world = await openWorld();
    const ada = await pastDue(world);
    const { id: second } = world.local.control.renewNow(ada.subscription);
    await world.stripe.invoices.voidInvoice(second);
    expect((await standing(world, ada)).status).toBe('past_due');
  });

  test('is not revived by paying an older invoice than its latest', async () => {
    const world = await openWorld();
    const ada = await pastDue(world);
    world.local.control.renewNow(ada.subscription);
    await world.stripe.invoices.pay(ada.invoice, { payment_method: ada.secondary });
    // The customer's last change of any invoice was a payment, and that is all that counts there.
    expect(await standing(world, ada)).toEqual({ status: 'past_due', isDelinquent: false });
  });
});

describe('a customer', () => {
  test('is not delinquent for a payment that the business tried itself', async () => {
    const world = await openWorld();
    const ada = await pastDue(world);
    await world.stripe.invoices.pay(ada.invoice, { payment_method: ada.secondary });
    const draft = await world.stripe.invoices.create({ customer: ada.customer });
    await world.stripe.invoiceItems.create({
      customer: ada.customer,
      invoice: draft.id,
      amount: 700,
      currency: 'usd',
    });
    await refusalOf(world.stripe.invoices.pay(draft.id, { payment_method: ada.primary }));
    expect((await standing(world, ada)).isDelinquent).toBe(false);
  });
});

test('a sign-up that is cancelled before it was paid expires, and its invoice is void', async () => {
  const world = await openWorld();
  const { stripe } = world;
  const customer = await stripe.customers.create();
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 500,
    recurring: { interval: 'month' },
    product_data: { name: 'Plan' },
  });
  const { id, latest_invoice: invoice } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    payment_behavior: 'default_incomplete',
  });
  const ended = await stripe.subscriptions.cancel(id);
  expect(ended).toMatchObject({
    canceled_at: expect.any(Number),
    cancellation_details: { reason: 'cancellation_requested' },
    status: 'incomplete_expired',
  });
  expect((await stripe.invoices.retrieve(String(invoice))).status).toBe('void');
  expect(types(world)).not.toContain('customer.subscription.deleted');
});

test('a subscription to be charged at once needs something to charge', async () => {
  const world = await openWorld();
  const { stripe } = world;
  const customer = await stripe.customers.create();
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 500,
    recurring: { interval: 'month' },
    product_data: { name: 'Plan' },
  });
  const terms = { customer: customer.id, items: [{ price: price.id }] };
  const refusal = await refusalOf(stripe.subscriptions.create(terms));
  expect(refusal).toMatchObject({ code: 'resource_missing', statusCode: 400 });
  expect((await stripe.subscriptions.list({ status: 'all' })).data).toEqual([]);
  const onTrial = await stripe.subscriptions.create({ ...terms, trial_period_days: 7 });
  expect(onTrial.status).toBe('trialing');
});
