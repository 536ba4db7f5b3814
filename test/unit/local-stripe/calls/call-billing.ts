import { hourMs, refusalOf, type World } from '../world.ts';

/** Subscriptions, their items, invoices and what is on them, for a customer with a card. */
export async function callBilling(world: World, customer: string): Promise<void> {
  const price = await world.stripe.prices.create({
    currency: 'usd',
    unit_amount: 2900,
    recurring: { interval: 'month' },
    product_data: { name: 'Plan' },
  });
  await callSubscriptions(world, customer, price.id);
  await callSubscriptionItems(world, customer, price.id);
  await callInvoiceItems(world, customer);
  await callInvoices(world, customer);
  await endInvoices(world, customer);
}

async function callSubscriptions(world: World, customer: string, price: string): Promise<void> {
  const { stripe } = world;
  const { subscriptions } = stripe;
  const { id } = await subscriptions.create({
    customer,
    description: 'For good',
    items: [{ price }],
    payment_settings: { save_default_payment_method: 'on_subscription' },
  });
  await subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  await subscriptions.update(id, { metadata: { kind: 'real' } });
  await subscriptions.list({ customer });
  await subscriptions.search({ query: "status:'active'" });
  const trial = await subscriptions.create({
    customer,
    items: [{ price, quantity: 2 }],
    trial_period_days: 10,
    trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
  });
  await subscriptions.pause(id, { type: 'subscription' });
  await subscriptions.resume(id);
  await subscriptions.update(trial.id, {
    pause_collection: { behavior: 'void', resumes_at: Math.floor(world.clock.now() / 1000) + 5000 },
  });
  const spare = await subscriptions.create({ customer, items: [{ price }] });
  await subscriptions.cancel(spare.id, { cancellation_details: { comment: 'Enough' } });
}

async function callSubscriptionItems(
  { stripe }: World,
  customer: string,
  price: string,
): Promise<void> {
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price }] });
  const other = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 500,
    recurring: { interval: 'month' },
    product_data: { name: 'Extra' },
  });
  const item = await stripe.subscriptionItems.create({
    subscription: subscription.id,
    price: other.id,
    quantity: 2,
  });
  await stripe.subscriptionItems.retrieve(item.id);
  await stripe.subscriptionItems.update(item.id, { quantity: 3 });
  await stripe.subscriptionItems.list({ subscription: subscription.id });
  await stripe.subscriptionItems.del(item.id);
}

async function callInvoiceItems({ stripe }: World, customer: string): Promise<void> {
  const item = await stripe.invoiceItems.create({
    customer,
    amount: 1200,
    currency: 'usd',
    description: 'By hand',
  });
  await stripe.invoiceItems.retrieve(item.id);
  await stripe.invoiceItems.update(item.id, { amount: 1300 });
  await stripe.invoiceItems.list({ customer });
  const spare = await stripe.invoiceItems.create({ customer, amount: 1, currency: 'usd' });
  await stripe.invoiceItems.del(spare.id);
}

async function callInvoices({ stripe, local }: World, customer: string): Promise<void> {
  const { invoices } = stripe;
  await invoices.createPreview({ customer });
  const { id } = await invoices.create({ customer, pending_invoice_items_behavior: 'include' });
  await invoices.retrieve(id);
  await invoices.update(id, { description: 'For the work', footer: 'Thank you' });
  await invoices.list({ customer });
  await invoices.search({ query: `customer:'${customer}'` });
  await invoices.addLines(id, { lines: [{ amount: 700, description: 'More' }] });
  const { data: lines } = await invoices.listLineItems(id);
  const [line] = lines;
  await invoices.updateLineItem(id, line?.id ?? '', { description: 'Something else' });
  await invoices.updateLines(id, { lines: [{ id: line?.id ?? '', description: 'Else' }] });
  const { data: now } = await invoices.listLineItems(id);
  await invoices.removeLines(id, { lines: [{ id: now.at(-1)?.id ?? '', behavior: 'delete' }] });
  await invoices.finalizeInvoice(id, { auto_advance: false });
  const declining = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await refusalOf(invoices.pay(id, { payment_method: declining.id }));
  await invoices.pay(id);
  const { data } = await stripe.invoicePayments.list({ invoice: id });
  await stripe.invoicePayments.retrieve(data[0]?.id ?? '');
  await local.idle();
}

/** The other ways in which an invoice can end. */
async function endInvoices({ stripe, clock, local }: World, customer: string): Promise<void> {
  const { invoices } = stripe;
  const open = async () => {
    const { id } = await invoices.create({
      customer,
      collection_method: 'send_invoice',
      days_until_due: 30,
    });
    await stripe.invoiceItems.create({ customer, invoice: id, amount: 900, currency: 'usd' });
    await invoices.sendInvoice(id);
    return id;
  };
  await invoices.voidInvoice(await open());
  await invoices.markUncollectible(await open());
  const draft = await invoices.create({ customer });
  await invoices.del(draft.id);
  await invoices.create({ customer, auto_advance: false, description: 'Stays a draft' });
  clock.advance(2 * hourMs);
  await local.idle();
}
