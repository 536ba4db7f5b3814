import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  clientOf,
  dayMs,
  hourMs,
  latestInvoice,
  openWorld,
  refusalOf,
  startAt,
  subscriber,
  type World,
} from './world.ts';

async function openInvoice(world: World) {
  const ada = await subscriber(world);
  world.local.control.setCardOutcomes(ada.primary, ['insufficient_funds', 'succeeded']);
  const { id: invoice } = world.local.control.renewNow(ada.subscription);
  await world.stripe.invoices.update(invoice, { auto_advance: false });
  return { ...ada, invoice };
}

const pay = (world: World, invoice: string, method: string, key: string) =>
  world.stripe.invoices.pay(invoice, { payment_method: method }, { idempotencyKey: key });

const chargeCount = (world: World) => world.local.control.charges().length;

describe('an idempotency key', () => {
  test('replays the first answer, a decline too', async () => {
    const world = await openWorld();
    const { invoice, secondary } = await openInvoice(world);
    world.local.control.setCardOutcomes(secondary, ['do_not_honor', 'succeeded']);
    const first = await refusalOf(pay(world, invoice, secondary, 'attempt-1'));
    const charges = chargeCount(world);

    const second = await refusalOf(pay(world, invoice, secondary, 'attempt-1'));

    expect(second).toMatchObject({ statusCode: 402, charge: first.charge });
    expect(second.headers?.['idempotent-replayed']).toBe('true');
    expect(second.headers?.['original-request']).toBe(first.requestId);
    expect(second.requestId).not.toBe(first.requestId);
    expect(chargeCount(world)).toBe(charges);

    const third = await pay(world, invoice, secondary, 'attempt-2');
    expect(third.status).toBe('paid');
    expect(third.lastResponse.headers['idempotent-replayed']).toBeUndefined();
  });

  test('refuses other parameters and another endpoint', async () => {
    const world = await openWorld();
    const { invoice, primary, secondary } = await openInvoice(world);
    await pay(world, invoice, secondary, 'attempt-1');
    const changed = await refusalOf(pay(world, invoice, primary, 'attempt-1'));
    expect(changed).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(changed.statusCode).toBe(400);
    const elsewhere = await refusalOf(
      world.stripe.invoices.voidInvoice(invoice, {}, { idempotencyKey: 'attempt-1' }),
    );
    expect(elsewhere.message).toContain('same endpoint');
  });

  test('is forgotten after 24 hours on the clock', async () => {
    const world = await openWorld();
    const key = { idempotencyKey: 'customer-1' };
    const first = await world.stripe.customers.create({ name: 'Ada' }, key);
    world.clock.advance(dayMs - 60_000);
    expect((await world.stripe.customers.create({ name: 'Ada' }, key)).id).toBe(first.id);
    world.clock.advance(61_000);
    expect((await world.stripe.customers.create({ name: 'Ada' }, key)).id).not.toBe(first.id);
  });

  test('in use by a request in progress answers its twin with 409', async () => {
    const world = await openWorld();
    const { invoice, secondary } = await openInvoice(world);
    const { faults } = world.local.control;
    faults.add({ method: 'POST', path: '/v1/invoices/*/pay', kind: 'held' });

    const first = pay(world, invoice, secondary, 'attempt-1');
    await vi.waitUntil(() => faults.heldCount === 1);
    const twin = await refusalOf(pay(world, invoice, secondary, 'attempt-1'));
    expect(twin).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });

    faults.release();
    expect((await first).status).toBe('paid');
    expect((await pay(world, invoice, secondary, 'attempt-1')).status).toBe('paid');
  });

  test('keeps nothing of a request with wrong parameters', async () => {
    const { stripe } = await openWorld();
    const key = { idempotencyKey: 'customer-1' };
    await refusalOf(
      stripe.customers.create(
        { name: 'Ada', cash_balance: { settings: { reconciliation_mode: 'manual' } } },
        key,
      ),
    );
    expect((await stripe.customers.create({ name: 'Ada' }, key)).name).toBe('Ada');
  });
});

describe('a fault', () => {
  const path = '/v1/invoices/*/pay';

  test('lost_answer: the charge happens and the caller does not know; the key tells', async () => {
    const world = await openWorld();
    const { invoice, secondary } = await openInvoice(world);
    // The SDK repeats a connection that was closed on it once by itself: both must be lost.
    world.local.control.faults.add({ method: 'POST', path, kind: 'lost_answer', count: 2 });
    const paidBefore = world.local.control.charges().filter(({ paid }) => paid).length;

    const lost = await refusalOf(pay(world, invoice, secondary, 'attempt-1'));
    expect(lost).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    world.local.control.faults.clear();

    const retried = await pay(world, invoice, secondary, 'attempt-1');
    expect(retried.status).toBe('paid');
    expect(retried.lastResponse.headers['idempotent-replayed']).toBe('true');
    const paidAfter = world.local.control.charges().filter(({ paid }) => paid).length;
    expect(paidAfter - paidBefore).toBe(1);
  });

  test('cut_before: nothing happened', async () => {
    const world = await openWorld();
    const { invoice, secondary } = await openInvoice(world);
    const charges = chargeCount(world);
    world.local.control.faults.add({ method: 'POST', path, kind: 'cut_before', count: 2 });
    const cut = await refusalOf(pay(world, invoice, secondary, 'attempt-1'));
    expect(cut).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(chargeCount(world)).toBe(charges);
    expect(world.local.control.requests().at(-1)).toMatchObject({
      fault: 'cut_before',
      status: null,
      requestId: null,
    });
  });

  test('500_after: the charge happened, and the key replays the 500 for ever', async () => {
    const world = await openWorld();
    const { invoice, secondary } = await openInvoice(world);
    world.local.control.faults.add({ method: 'POST', path, kind: '500_after' });
    const failed = await refusalOf(pay(world, invoice, secondary, 'attempt-1'));
    expect(failed).toBeInstanceOf(Stripe.errors.StripeAPIError);
    expect((await world.stripe.invoices.retrieve(invoice)).status).toBe('paid');
    const again = await refusalOf(pay(world, invoice, secondary, 'attempt-1'));
    expect(again.statusCode).toBe(500);
  });

  test('500_before: nothing happened, and the key replays the 500 all the same', async () => {
    const world = await openWorld();
    const { invoice, secondary } = await openInvoice(world);
    world.local.control.faults.add({ method: 'POST', path, kind: '500_before' });
    await refusalOf(pay(world, invoice, secondary, 'attempt-1'));
    expect((await world.stripe.invoices.retrieve(invoice)).status).toBe('open');
    const again = await refusalOf(pay(world, invoice, secondary, 'attempt-1'));
    expect(again.statusCode).toBe(500);
    expect((await pay(world, invoice, secondary, 'attempt-2')).status).toBe('paid');
  });

  test.each([
    ['429', 'rate_limit'],
    ['lock_timeout', 'lock_timeout'],
  ] as const)('%s: not carried out and kept under no key', async (kind, code) => {
    const world = await openWorld();
    const { invoice, secondary } = await openInvoice(world);
    world.local.control.faults.add({ method: 'POST', path, kind });
    const limited = await refusalOf(pay(world, invoice, secondary, 'attempt-1'));
    expect(limited).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
    expect(limited).toMatchObject({ statusCode: 429, code });
    expect((await pay(world, invoice, secondary, 'attempt-1')).status).toBe('paid');
  });
});

describe('what is not modelled is refused by name', () => {
  test('a parameter', async () => {
    const { stripe } = await openWorld();
    const refusal = await refusalOf(
      stripe.customers.create({ cash_balance: { settings: { reconciliation_mode: 'manual' } } }),
    );
    expect(refusal).toMatchObject({
      statusCode: 400,
      code: 'parameter_unknown',
      param: 'cash_balance',
    });
    const nested = await refusalOf(
      stripe.prices.create({
        currency: 'usd',
        product: 'prod_1',
        recurring: { interval: 'month', meter: 'mtr_1', usage_type: 'metered' },
      }),
    );
    expect(nested).toMatchObject({ code: 'parameter_unknown', param: 'recurring[meter]' });
  });

  test('an endpoint', async () => {
    const { stripe } = await openWorld();
    const refusal = await refusalOf(stripe.coupons.create({ percent_off: 10 }));
    expect(refusal.statusCode).toBe(404);
    expect(refusal.message).toContain('Unrecognized request URL (POST: /v1/coupons)');
    expect(refusal.message).toContain('not modelled by the local Stripe');
  });

  test('a missing or malformed value', async () => {
    const { stripe } = await openWorld();
    const customer = await stripe.customers.create();
    const missing = await refusalOf(stripe.subscriptions.create({ customer: customer.id }));
    expect(missing).toMatchObject({ code: 'parameter_missing', param: 'items' });
    const empty = await refusalOf(
      stripe.subscriptions.create({ customer: '', items: [{ price: 'price_1' }] }),
    );
    expect(empty.code).toBe('parameter_invalid_empty');
    const unknown = await refusalOf(stripe.invoices.retrieve('in_unknown'));
    expect(unknown).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });

  test('a foreign key, version or host', async () => {
    const { local } = await openWorld();
    const stranger = clientOf(local, 'sk_test_another');
    const refusal = await refusalOf(stranger.customers.list());
    expect(refusal).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    const authorization = `Bearer ${local.apiKey}`;
    const wrong = await fetch(`${local.url}/v1/customers`, {
      headers: { authorization, 'stripe-version': '2022-08-02' },
    });
    expect([wrong.status, await wrong.text()]).toEqual([
      400,
      expect.stringContaining('Invalid Stripe API version: 2022-08-02.'),
    ]);
    expect(await statusWith(local.port, { host: 'evil.example', authorization })).toBe(403);
    expect(await statusWith(local.port, { host: `127.0.0.1:${local.port}`, authorization })).toBe(
      200,
    );
    const origin = 'https://evil.example';
    expect(
      await statusWith(local.port, { host: `localhost:${local.port}`, authorization, origin }),
    ).toBe(403);
  });
});

function statusWith(port: number, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/v1/customers', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('reading', () => {
  test('expands up to four levels', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    const subscription = await world.stripe.subscriptions.retrieve(ada.subscription, {
      expand: ['latest_invoice.payments', 'customer', 'items.data.price.product'],
    });
    expect(subscription).toMatchObject({
      customer: { name: 'Ada' },
      items: { data: [{ price: { product: { name: 'Plan' } } }] },
      latest_invoice: { payments: { data: [{ payment: { type: 'payment_intent' } }] } },
    });
    const invoice = await latestInvoice(world, ada.subscription);
    const deep = await world.stripe.invoices.retrieve(invoice, {
      expand: ['payments.data.payment.payment_intent', 'parent.subscription_details.subscription'],
    });
    expect(deep).toMatchObject({
      parent: { subscription_details: { subscription: { id: ada.subscription } } },
      payments: { data: [{ payment: { payment_intent: { status: 'succeeded' } } }] },
    });
    expect((await world.stripe.invoices.retrieve(invoice)).payments).toBeUndefined();
    const tooDeep = await refusalOf(
      world.stripe.invoices.list({ expand: ['data.payments.data.payment.payment_intent'] }),
    );
    expect(tooDeep.message).toContain('more than 4 levels');
    const wrong = await refusalOf(
      world.stripe.invoices.retrieve(invoice, { expand: ['currency'] }),
    );
    expect(wrong.message).toBe('This property cannot be expanded (currency).');
  });

  test('lists pages newest first, by cursors in both directions', async () => {
    const { stripe } = await openWorld();
    const ids: string[] = [];
    for (let count = 0; count < 25; count += 1) {
      const { id } = await stripe.customers.create({ name: `Customer ${count}` });
      ids.unshift(id);
    }
    const first = await stripe.customers.list();
    expect(first).toMatchObject({ has_more: true, url: '/v1/customers' });
    expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 10));
    const second = await stripe.customers.list({ starting_after: ids[9] ?? '', limit: 20 });
    expect(second.has_more).toBe(false);
    expect(second.data.map(({ id }) => id)).toEqual(ids.slice(10));
    const back = await stripe.customers.list({ ending_before: ids[9] ?? '', limit: 3 });
    expect(back.data.map(({ id }) => id)).toEqual(ids.slice(6, 9));
    const all = await stripe.customers.list({ limit: 7 }).autoPagingToArray({ limit: 100 });
    expect(all.map(({ id }) => id)).toEqual(ids);
    const wrong = await refusalOf(stripe.customers.list({ starting_after: 'cus_unknown' }));
    expect(wrong.param).toBe('starting_after');
    expect((await refusalOf(stripe.customers.list({ limit: 101 }))).param).toBe('limit');
  });

  test('filters by time, status and customer', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    world.clock.advance(hourMs);
    await subscriber(world);
    const since = Math.floor((startAt + hourMs) / 1000);
    const { data } = await world.stripe.invoices.list({ created: { gte: since } });
    expect(data).toHaveLength(1);
    expect((await world.stripe.invoices.list({ customer: ada.customer })).data).toHaveLength(1);
    expect((await world.stripe.invoices.list({ status: 'open' })).data).toEqual([]);
    const events = await world.stripe.events.list({ types: ['invoice.paid'] });
    expect(events.data).toHaveLength(2);
  });
});

describe('kept in a file', () => {
  test('everything is there again after a restart', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'local-stripe-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const data = join(directory, 'stripe.json');
    const before = await openWorld({ data });
    const { invoice, secondary } = await openInvoice(before);
    await pay(before, invoice, secondary, 'attempt-1');
    const state = before.local.control.state();
    await before.local.stop();

    const after = await openWorld({ data });
    // Its hosted pages move along with it; those of invoices that are there keep their address.
    const settings = { ...state.settings, hostedUrl: after.local.url };
    expect(after.local.control.state()).toEqual({ ...state, settings });
    const replayed = await pay(after, invoice, secondary, 'attempt-1');
    expect(replayed.lastResponse.headers['idempotent-replayed']).toBe('true');
    await after.stripe.customers.create({ name: 'Bob' });
  });

  test('an older version’s file has what it lacked', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'local-stripe-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const data = join(directory, 'stripe.json');
    const before = await openWorld({ data });
    await before.stripe.customers.create({ name: 'Ada' });
    await before.local.stop();
    type Part = Record<string, unknown>;
    const saved: { account: { tables: Part; settings: Part } } = JSON.parse(
      await readFile(data, 'utf8'),
    );
    delete saved.account.tables.setup_intents;
    delete saved.account.settings.afterRetries;
    await writeFile(data, JSON.stringify(saved));

    const { local, stripe } = await openWorld({ data });
    expect((await stripe.customers.list()).data).toMatchObject([{ name: 'Ada' }]);
    expect((await stripe.setupIntents.list()).data).toEqual([]);
    expect((await fetch(local.url)).status).toBe(200);
  });

  test('another file is refused with a sentence', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'local-stripe-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const data = join(directory, 'notes.json');
    await writeFile(data, '{"notes":[]}');
    await expect(openWorld({ data })).rejects.toThrow(/is not a file that this version/);
  });
});
