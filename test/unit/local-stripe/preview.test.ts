import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { dayMs, openWorld, refusalOf, subscriber } from './world.ts';

const words = (invoice: Stripe.Invoice) =>
  invoice.lines.data.map(({ description, amount }) => [description, amount]);

async function midway() {
  const world = await openWorld({ at: Date.UTC(2026, 1, 1, 12) });
  const ada = await subscriber(world);
  const { items } = await world.stripe.subscriptions.retrieve(ada.subscription);
  world.clock.advance(14 * dayMs);
  return { world, stripe: world.stripe, ...ada, item: items.data[0]?.id ?? '' };
}

describe('a preview', () => {
  test('is the next invoice, and nothing comes of it', async () => {
    const { world, stripe, subscription, customer } = await midway();
    await stripe.invoiceItems.create({ customer, amount: 100, currency: 'usd', description: 'X' });
    const events = world.local.control.events().length;
    const preview = await stripe.invoices.createPreview({ subscription });
    expect(preview.id).toMatch(/^upcoming_in_/);
    expect(preview).toMatchObject({
      object: 'invoice',
      billing_reason: 'upcoming',
      created: Date.UTC(2026, 2, 1, 12) / 1000,
      status: 'draft',
      total: 3000,
      lines: { data: [{ id: expect.stringMatching(/^il_tmp_/) }, {}] },
    });
    expect(words(preview)).toEqual([
      ['X', 100],
      ['1 × Plan (at $29.00 / month)', 2900],
    ]);
    const recurring = await stripe.invoices.createPreview({ customer, preview_mode: 'recurring' });
    expect(recurring.total).toBe(2900);
    expect(world.local.control.events()).toHaveLength(events);
    expect((await stripe.invoices.list()).data).toHaveLength(1);
  });

  test('of a change is what the change then bills', async () => {
    const { world, stripe, subscription, item } = await midway();
    const details = { items: [{ id: item, quantity: 4 }] };
    const next = await stripe.invoices.createPreview({
      subscription,
      subscription_details: details,
    });
    expect(next.total).toBe(4 * 2900 + 3 * 1450);
    const now = await stripe.invoices.createPreview({
      subscription,
      subscription_details: { ...details, proration_behavior: 'always_invoice' },
    });
    const changed = await stripe.subscriptions.update(subscription, {
      ...details,
      proration_behavior: 'always_invoice',
      expand: ['latest_invoice'],
    });
    const invoice = changed.latest_invoice;
    if (typeof invoice !== 'object' || invoice === null) throw new Error('not expanded');
    expect(words(now)).toEqual(words(invoice));
    expect(now.total).toBe(invoice.total);
    expect(world.local.control.charges()).toHaveLength(2);
  });

  test('of a subscription that is not there yet, or of its end', async () => {
    const { stripe, subscription, customer } = await midway();
    const { items } = await stripe.subscriptions.retrieve(subscription);
    const price = items.data[0]?.price.id ?? '';
    const first = await stripe.invoices.createPreview({
      customer,
      subscription_details: { items: [{ price, quantity: 2 }] },
    });
    expect(first.total).toBe(5800);
    expect((await stripe.subscriptions.list({ customer })).data).toHaveLength(1);
    const end = await stripe.invoices.createPreview({
      subscription,
      subscription_details: { cancel_now: true },
    });
    expect(end.total).toBe(-1450);
    expect((await stripe.subscriptions.retrieve(subscription)).status).toBe('active');
  });

  test('with nothing to bill is refused', async () => {
    const { stripe, subscription } = await midway();
    const customer = (await stripe.customers.create()).id;
    const none = await refusalOf(stripe.invoices.createPreview({ customer }));
    expect(none).toMatchObject({ code: 'invoice_upcoming_none' });
    const items = await stripe.invoices.createPreview({
      customer,
      invoice_items: [{ amount: 250, currency: 'usd' }],
    });
    expect(items.total).toBe(250);
    await stripe.subscriptions.update(subscription, { cancel_at_period_end: true });
    const last = await refusalOf(stripe.invoices.createPreview({ subscription }));
    expect(last.code).toBe('invoice_upcoming_none');
  });
});
