import * as fc from 'fast-check';
import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { amountOf, proratedAmount } from '../../../local/stripe/engine/objects/price-amount.ts';
import { dayMs, openWorld, refusalOf, subscriber, type World } from './world.ts';

const words = (lines: readonly { description: string | null; amount: number }[]) =>
  lines.map(({ description, amount }) => [description, amount]);

async function price(
  { stripe }: World,
  name: string,
  amount: number,
  interval: 'month' | 'year' = 'month',
) {
  const created = await stripe.prices.create({
    currency: 'usd',
    unit_amount: amount,
    recurring: { interval },
    product_data: { name },
  });
  return created.id;
}

/** A subscriber in the middle of February: 14 of 28 days are left. */
async function midway() {
  const world = await openWorld({ at: Date.UTC(2026, 1, 1, 12) });
  const ada = await subscriber(world);
  const { items } = await world.stripe.subscriptions.retrieve(ada.subscription);
  world.clock.advance(14 * dayMs);
  return { world, stripe: world.stripe, ...ada, item: items.data[0]?.id ?? '' };
}

const latest = (subscription: Stripe.Subscription): Stripe.Invoice => {
  const { latest_invoice: invoice } = subscription;
  if (typeof invoice !== 'object' || invoice === null) throw new Error('not expanded');
  return invoice;
};

const pendingOf = async (stripe: Stripe) =>
  (await stripe.invoiceItems.list({ pending: true })).data.reverse();

describe('a change within a period', () => {
  test('credits what is not used and debits what is, with the next invoice', async () => {
    const { world, stripe, subscription, item } = await midway();
    const gold = await price(world, 'Gold', 5801);
    const changed = await stripe.subscriptions.update(subscription, {
      items: [{ id: item, price: gold, quantity: 2 }],
    });
    expect(changed.items.data).toMatchObject([{ id: item, quantity: 2, price: { id: gold } }]);
    const pending = await pendingOf(stripe);
    expect(words(pending)).toEqual([
      ['Unused time on Plan after 15 Feb 2026', -1450],
      ['Remaining time on 2 × Gold after 15 Feb 2026', 5801],
    ]);
    expect(pending[0]).toMatchObject({
      proration: true,
      discountable: false,
      parent: { subscription_details: { subscription, subscription_item: item } },
      period: { start: Date.UTC(2026, 1, 15, 12) / 1000, end: Date.UTC(2026, 2, 1, 12) / 1000 },
    });
    world.clock.advance(15 * dayMs);
    const after = await stripe.subscriptions.retrieve(subscription, { expand: ['latest_invoice'] });
    const invoice = latest(after);
    expect(invoice).toMatchObject({ status: 'paid', total: 11_602 + 5801 - 1450 });
    expect(invoice.lines.data.map(({ parent }) => parent?.type)).toEqual([
      'subscription_item_details',
      'subscription_item_details',
      'subscription_item_details',
    ]);
    expect(
      invoice.lines.data.map(({ parent }) => parent?.subscription_item_details?.proration),
    ).toEqual([true, true, false]);
  });

  test('is invoiced at once on request, or not billed at all', async () => {
    const { world, stripe, subscription, item } = await midway();
    const invoiced = await stripe.subscriptions.update(subscription, {
      items: [{ id: item, quantity: 3 }],
      proration_behavior: 'always_invoice',
      expand: ['latest_invoice'],
    });
    expect(latest(invoiced)).toMatchObject({
      billing_reason: 'subscription_update',
      status: 'paid',
      total: 2900,
    });
    const before = world.local.control.charges().length;
    await stripe.subscriptions.update(subscription, {
      items: [{ id: item, quantity: 1 }],
      proration_behavior: 'none',
    });
    expect(await pendingOf(stripe)).toEqual([]);
    expect(world.local.control.charges()).toHaveLength(before);
  });

  test('can be counted from another time of the period', async () => {
    const { stripe, subscription, item } = await midway();
    await stripe.subscriptions.update(subscription, {
      items: [{ id: item, quantity: 2 }],
      proration_date: Date.UTC(2026, 1, 8, 12) / 1000,
    });
    expect(words(await pendingOf(stripe))).toEqual([
      ['Unused time on Plan after 08 Feb 2026', -2175],
      ['Remaining time on 2 × Plan after 08 Feb 2026', 4350],
    ]);
    const outside = await refusalOf(
      stripe.subscriptions.update(subscription, {
        items: [{ id: item, quantity: 5 }],
        proration_date: 1,
      }),
    );
    expect(outside.param).toBe('proration_date');
  });

  test('to another interval begins a new cycle and is invoiced at once', async () => {
    const { world, stripe, subscription, item } = await midway();
    const yearly = await price(world, 'Year', 30_000, 'year');
    const changed = await stripe.subscriptions.update(subscription, {
      items: [{ id: item, price: yearly }],
      expand: ['latest_invoice'],
    });
    expect(changed.billing_cycle_anchor).toBe(Date.UTC(2026, 1, 15, 12) / 1000);
    expect(changed.items.data[0]?.current_period_end).toBe(Date.UTC(2027, 1, 15, 12) / 1000);
    expect(words(latest(changed).lines.data)).toEqual([
      ['Unused time on Plan after 15 Feb 2026', -1450],
      ['1 × Year (at $300.00 / year)', 30_000],
    ]);
    expect(latest(changed)).toMatchObject({ status: 'paid', amount_paid: 28_550 });
  });

  test('that is to be paid and is not makes it past due, or does not happen', async () => {
    const { world, stripe, subscription, item, primary } = await midway();
    world.local.control.setCardOutcomes(primary, ['do_not_honor']);
    const change = {
      items: [{ id: item, quantity: 2 }],
      proration_behavior: 'always_invoice' as const,
    };
    const refused = await refusalOf(
      stripe.subscriptions.update(subscription, {
        ...change,
        payment_behavior: 'error_if_incomplete',
      }),
    );
    expect(refused).toMatchObject({ statusCode: 402, code: 'card_declined' });
    const kept = await stripe.subscriptions.retrieve(subscription);
    expect(kept).toMatchObject({ status: 'active', items: { data: [{ quantity: 1 }] } });
    const changed = await stripe.subscriptions.update(subscription, change);
    expect(changed).toMatchObject({ status: 'past_due', items: { data: [{ quantity: 2 }] } });
  });

  test('adds, changes and removes single items', async () => {
    const { world, stripe, subscription, item } = await midway();
    const seats = await price(world, 'Seats', 1000);
    const added = await stripe.subscriptionItems.create({
      subscription,
      price: seats,
      quantity: 4,
    });
    expect(added).toMatchObject({ object: 'subscription_item', quantity: 4, subscription });
    expect(words(await pendingOf(stripe))).toEqual([
      ['Remaining time on 4 × Seats after 15 Feb 2026', 2000],
    ]);
    const fewer = await stripe.subscriptionItems.update(added.id, {
      quantity: 3,
      metadata: { team: 'a' },
    });
    expect(fewer).toMatchObject({ id: added.id, quantity: 3, metadata: { team: 'a' } });
    expect((await stripe.subscriptionItems.list({ subscription })).data).toHaveLength(2);
    expect(await stripe.subscriptionItems.retrieve(item)).toMatchObject({ id: item });
    await stripe.subscriptionItems.del(added.id, { proration_behavior: 'none' });
    expect((await stripe.subscriptionItems.list({ subscription })).data).toMatchObject([
      { id: item },
    ]);
    const last = await refusalOf(stripe.subscriptionItems.del(item));
    expect(last.message).toMatch(/^A subscription must have at least one active plan/);
  });

  test('ends with a credit on request, and without one its prorations are dropped', async () => {
    const { stripe, subscription, item, customer } = await midway();
    await stripe.subscriptions.update(subscription, { items: [{ id: item, quantity: 2 }] });
    const ended = await stripe.subscriptions.cancel(subscription, {
      invoice_now: true,
      prorate: true,
      cancellation_details: { comment: 'Too much', feedback: 'too_expensive' },
      expand: ['latest_invoice'],
    });
    expect(ended).toMatchObject({
      status: 'canceled',
      cancellation_details: {
        comment: 'Too much',
        feedback: 'too_expensive',
        reason: 'cancellation_requested',
      },
    });
    expect(words(latest(ended).lines.data)).toEqual([
      ['Unused time on 2 × Plan after 15 Feb 2026', -2900],
      ['Remaining time on 2 × Plan after 15 Feb 2026', 2900],
      ['Unused time on Plan after 15 Feb 2026', -1450],
    ]);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1450 });

    const other = await midway();
    await other.stripe.subscriptions.update(other.subscription, {
      items: [{ id: other.item, quantity: 2 }],
    });
    await other.stripe.subscriptions.cancel(other.subscription);
    expect(await pendingOf(other.stripe)).toEqual([]);
  });
});

describe('what a price comes to', () => {
  const cents = fc.integer({ min: 0, max: 10_000_000 });

  test('is exact for decimals, and rounded once for the whole', () => {
    expect(amountOf({ unit_amount_decimal: '0.1' }, '3')).toBe(0);
    expect(amountOf({ unit_amount_decimal: '0.5' }, '1')).toBe(1);
    expect(amountOf({ unit_amount_decimal: '-0.5' }, '1')).toBe(-1);
    expect(amountOf({ unit_amount_decimal: '1.005' }, '1000')).toBe(1005);
    const packages = { divide_by: 10, round: 'up' };
    expect(amountOf({ unit_amount_decimal: '500', transform_quantity: packages }, '11')).toBe(1000);
  });

  test('for a part of a period rounds halves down, debits and credits alike', () => {
    const half = { seconds: 1, of: 2 };
    expect(proratedAmount({ unit_amount_decimal: '5' }, 1, half, -1)).toBe(-3);
    expect(proratedAmount({ unit_amount_decimal: '9' }, 1, half)).toBe(4);
  });

  test('for a part of a period is within one unit of its share', async () => {
    await fc.assert(
      fc.property(
        cents,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 2_678_400 }),
        (unit, quantity, seconds) => {
          const share = { seconds, of: 2_678_400 };
          const amount = proratedAmount({ unit_amount_decimal: String(unit) }, quantity, share);
          const exact = (unit * quantity * seconds) / share.of;
          expect(Math.abs(amount - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
        },
      ),
    );
  });
});
