import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { openWorld, passRenewal, refusalOf, subscriber } from './world.ts';

async function withCustomer() {
  const world = await openWorld();
  const customer = await world.stripe.customers.create({ email: 'ada@example.com' });
  return { ...world, world, customer: customer.id };
}

const lineWords = (invoice: Stripe.Invoice) =>
  invoice.lines.data.map(({ description, amount }) => [description, amount]);

describe('an invoice item', () => {
  test('of an amount is pending, with a price made for it', async () => {
    const { stripe, local, customer } = await withCustomer();
    const item = await stripe.invoiceItems.create({
      customer,
      amount: 2000,
      currency: 'usd',
      description: 'Setup',
      metadata: { a: '1' },
    });

    expect(item).toMatchObject({
      object: 'invoiceitem',
      amount: 2000,
      currency: 'usd',
      customer,
      description: 'Setup',
      discountable: true,
      invoice: null,
      metadata: { a: '1' },
      parent: null,
      pricing: { type: 'price_details' },
      proration: false,
      quantity: 1,
    });
    expect(String(item.pricing?.unit_amount_decimal)).toBe('2000');
    expect(local.control.events().at(-1)?.type).toBe('invoiceitem.created');
    const price = await stripe.prices.retrieve(String(item.pricing?.price_details?.price));
    expect(price).toMatchObject({ active: false, type: 'one_time', unit_amount: 2000 });
  });

  test('takes a price of the catalogue, one made for it, or a decimal and a quantity', async () => {
    const { stripe, customer } = await withCustomer();
    const price = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 700,
      product_data: { name: 'Hour' },
    });
    const ofPrice = await stripe.invoiceItems.create({
      customer,
      pricing: { price: price.id },
      quantity: 3,
    });
    expect(ofPrice).toMatchObject({ amount: 2100, quantity: 3, description: 'Hour' });
    const product = String(price.product);
    const inline = await stripe.invoiceItems.create({
      customer,
      price_data: { currency: 'usd', product, unit_amount: 50 },
      quantity: 2,
    });
    expect(inline.amount).toBe(100);
    const exact = await stripe.invoiceItems.create({
      customer,
      currency: 'usd',
      unit_amount_decimal: Stripe.Decimal.from('0.15'),
      quantity_decimal: Stripe.Decimal.from('30.5'),
    });
    expect(exact).toMatchObject({ amount: 5, quantity: 30 });
    expect(String(exact.quantity_decimal)).toBe('30.5');
  });

  test('in a currency without minor units counts whole units', async () => {
    const { stripe, customer } = await withCustomer();
    await stripe.invoiceItems.create({ customer, amount: 500, currency: 'JPY' });
    const invoice = await stripe.invoices.create({
      customer,
      pending_invoice_items_behavior: 'include',
    });
    expect(invoice).toMatchObject({ currency: 'jpy', total: 500, amount_due: 500 });
  });

  test('is refused without a price, with two, or with one that recurs', async () => {
    const { stripe, customer } = await withCustomer();
    const none = await refusalOf(stripe.invoiceItems.create({ customer, currency: 'usd' }));
    expect(none).toMatchObject({ statusCode: 400, code: 'parameter_missing', param: 'amount' });
    const both = await refusalOf(
      stripe.invoiceItems.create({ customer, amount: 1, quantity: 2, currency: 'usd' }),
    );
    expect(both.message).toBe('You may only specify one of these parameters: amount, quantity.');
    const monthly = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 700,
      recurring: { interval: 'month' },
      product_data: { name: 'Plan' },
    });
    const recurring = await refusalOf(
      stripe.invoiceItems.create({ customer, pricing: { price: monthly.id } }),
    );
    expect(recurring.param).toBe('pricing[price]');
  });

  test('is changed, listed and deleted while it is pending', async () => {
    const { stripe, customer, local } = await withCustomer();
    const item = await stripe.invoiceItems.create({ customer, amount: 100, currency: 'usd' });
    const changed = await stripe.invoiceItems.update(item.id, {
      amount: 250,
      description: 'More',
      metadata: { b: '2' },
    });
    expect(changed).toMatchObject({ amount: 250, description: 'More', metadata: { b: '2' } });
    expect((await stripe.invoiceItems.list({ pending: true, customer })).data).toHaveLength(1);
    expect((await stripe.invoiceItems.list({ pending: false })).data).toEqual([]);

    const deleted = await stripe.invoiceItems.del(item.id);
    expect(deleted).toEqual({ id: item.id, object: 'invoiceitem', deleted: true });
    expect(local.control.events().at(-1)?.type).toBe('invoiceitem.deleted');
    const gone = await refusalOf(stripe.invoiceItems.retrieve(item.id));
    expect(gone.message).toBe(`No such Invoice Item: '${item.id}'`);
  });

  test('stays as it is once it was billed', async () => {
    const { stripe, customer } = await withCustomer();
    const item = await stripe.invoiceItems.create({ customer, amount: 100, currency: 'usd' });
    const draft = await stripe.invoices.create({
      customer,
      pending_invoice_items_behavior: 'include',
    });
    await stripe.invoiceItems.update(item.id, { amount: 300 });
    expect((await stripe.invoices.retrieve(draft.id)).total).toBe(300);
    await stripe.invoices.finalizeInvoice(draft.id);

    const refused = await refusalOf(stripe.invoiceItems.del(item.id));
    expect(refused.message).toBe(
      "Can't delete an invoice item that is attached to an invoice that is no longer editable",
    );
    const onClosed = await refusalOf(
      stripe.invoiceItems.create({ customer, amount: 1, currency: 'usd', invoice: draft.id }),
    );
    expect(onClosed.code).toBe('invoice_not_editable');
  });

  test('goes with the next renewal: of its subscription, or of any', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const ada = await subscriber(world);
    const other = await stripe.subscriptions.create({
      customer: ada.customer,
      items: [
        {
          price_data: {
            currency: 'usd',
            product: (await stripe.products.create({ name: 'Other' })).id,
            recurring: { interval: 'year' },
            unit_amount: 900,
          },
        },
      ],
    });
    const { customer, subscription } = ada;
    const terms = { customer, currency: 'usd' };
    await stripe.invoiceItems.create({ ...terms, amount: 500, description: 'Any' });
    await stripe.invoiceItems.create({ ...terms, amount: -200, subscription, description: 'Its' });
    await stripe.invoiceItems.create({ ...terms, amount: 800, subscription: other.id });

    const invoice = await stripe.invoices.retrieve(await passRenewal(world, ada));

    expect(lineWords(invoice)).toEqual([
      ['Its', -200],
      ['Any', 500],
      ['1 × Plan (at $29.00 / month)', 2900],
    ]);
    expect(invoice).toMatchObject({ status: 'paid', total: 3200, amount_paid: 3200 });
    expect((await stripe.invoiceItems.list({ pending: true })).data).toMatchObject([
      { amount: 800 },
    ]);
  });
});
