import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { dayMs, hourMs, openWorld, refusalOf, type World } from './world.ts';

async function withDraft(
  world: World,
  {
    amount = 2000,
    card = true,
    ...rest
  }: { amount?: number; card?: boolean } & Stripe.InvoiceCreateParams = {},
) {
  const { stripe } = world;
  const customer = await stripe.customers.create({ email: 'ada@example.com' });
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  if (card) {
    await stripe.customers.update(customer.id, {
      invoice_settings: { default_payment_method: method.id },
    });
  }
  const item = { customer: customer.id, amount, currency: 'usd', description: 'Setup' };
  await stripe.invoiceItems.create(item);
  const draft = await stripe.invoices.create({
    customer: customer.id,
    pending_invoice_items_behavior: 'include',
    ...rest,
  });
  return { customer: customer.id, method: method.id, draft };
}

const eventTypes = (world: World, from = 0) =>
  world.local.control
    .events()
    .slice(from)
    .map(({ type }) => type);

describe('an invoice made by hand', () => {
  test('is a draft that waits for its maker', async () => {
    const world = await openWorld();
    const { draft, customer } = await withDraft(world, { metadata: { a: '1' }, footer: 'Thanks' });
    expect(draft).toMatchObject({
      status: 'draft',
      auto_advance: false,
      automatically_finalizes_at: null,
      billing_reason: 'manual',
      collection_method: 'charge_automatically',
      customer,
      footer: 'Thanks',
      metadata: { a: '1' },
      number: null,
      parent: null,
      period_end: draft.created,
      total: 2000,
    });
    world.clock.advance(3 * dayMs);
    expect((await world.stripe.invoices.retrieve(draft.id)).status).toBe('draft');
    const excluded = await world.stripe.invoices.create({ customer });
    expect(excluded).toMatchObject({ total: 0, lines: { data: [] } });
  });

  test('with auto_advance is finalised and charged an hour later', async () => {
    const world = await openWorld();
    const { draft } = await withDraft(world, { auto_advance: true });
    expect(draft.automatically_finalizes_at).toBe(draft.created + 3600);
    expect(draft.next_payment_attempt).toBe(draft.created + 3600);
    const before = world.local.control.events().length;

    world.clock.advance(hourMs);

    const paid = await world.stripe.invoices.retrieve(draft.id);
    expect(paid).toMatchObject({ status: 'paid', attempt_count: 1, amount_paid: 2000 });
    expect(paid.number).toMatch(/-0001$/);
    expect(paid.effective_at).toBe(draft.created + 3600);
    expect(eventTypes(world, before)).toEqual([
      'payment_intent.created',
      'invoice.finalized',
      'invoice.updated',
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice_payment.paid',
      'invoice.updated',
      'invoice.paid',
      'invoice.payment_succeeded',
    ]);
  });

  test('is tried again by the schedule when its card fails', async () => {
    const world = await openWorld();
    const { draft, method } = await withDraft(world, { auto_advance: true });
    world.local.control.setCardOutcomes(method, ['insufficient_funds', 'succeeded']);
    world.clock.advance(hourMs);
    const failed = await world.stripe.invoices.retrieve(draft.id);
    expect(failed).toMatchObject({ status: 'open', attempt_count: 1 });
    expect(failed.next_payment_attempt).toBe(draft.created + 3600 + 3 * 86_400);
    world.clock.advance(3 * dayMs);
    expect((await world.stripe.invoices.retrieve(draft.id)).status).toBe('paid');
  });

  test('can be changed as a draft, and hardly when it is finalised', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { draft } = await withDraft(world);
    const changed = await stripe.invoices.update(draft.id, {
      description: 'March',
      custom_fields: [{ name: 'PO', value: '7' }],
      number: 'A-7',
    });
    expect(changed).toMatchObject({
      description: 'March',
      custom_fields: [{ name: 'PO', value: '7' }],
    });
    const open = await stripe.invoices.finalizeInvoice(draft.id);
    expect(open).toMatchObject({ status: 'open', number: 'A-7', attempted: false });
    const refused = await refusalOf(stripe.invoices.update(draft.id, { description: 'April' }));
    expect(refused).toMatchObject({
      message: "Finalized invoices can't be updated in this way",
      param: 'description',
    });
    const marked = await stripe.invoices.update(draft.id, { metadata: { b: '2' } });
    expect(marked.metadata).toEqual({ b: '2' });
    const again = await refusalOf(stripe.invoices.finalizeInvoice(draft.id));
    expect(again.message).toMatch(/^This invoice is already finalized/);
  });

  test('is deleted as a draft only', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { draft } = await withDraft(world);
    expect(await stripe.invoices.del(draft.id)).toMatchObject({ id: draft.id, deleted: true });
    expect(eventTypes(world).at(-1)).toBe('invoice.deleted');
    expect((await refusalOf(stripe.invoices.retrieve(draft.id))).statusCode).toBe(404);
    const { draft: other } = await withDraft(world);
    await stripe.invoices.finalizeInvoice(other.id);
    const refused = await refusalOf(stripe.invoices.del(other.id));
    expect(refused.message).toBe('You can only delete draft invoices.');
  });

  test('is paid from draft in one call, by method or outside of Stripe', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { draft, method } = await withDraft(world, { card: false });
    const none = await refusalOf(stripe.invoices.pay(draft.id));
    expect(none.message).toMatch(/no attached payment source or default payment method/);
    const paid = await stripe.invoices.pay(draft.id, { payment_method: method, forgive: false });
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 2000, attempt_count: 1 });
    const { draft: other } = await withDraft(world);
    const outside = await stripe.invoices.pay(other.id, { paid_out_of_band: true });
    expect(outside).toMatchObject({ status: 'paid', attempted: false });
  });

  test('given up as uncollectible can be paid all the same', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { draft } = await withDraft(world);
    await stripe.invoices.finalizeInvoice(draft.id);
    const lost = await stripe.invoices.markUncollectible(draft.id);
    expect(lost.status).toBe('uncollectible');
    const twice = await refusalOf(stripe.invoices.markUncollectible(draft.id));
    expect(twice.message).toBe('This invoice has already been marked uncollectible.');
    expect((await stripe.invoices.pay(draft.id)).status).toBe('paid');
    const paid = await refusalOf(stripe.invoices.voidInvoice(draft.id));
    expect(paid.message).toBe('Invoices with `paid` payments cannot be voided.');
  });

  test('is found by its filters and by search', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { draft, customer } = await withDraft(world, { metadata: { order: '7' } });
    await withDraft(world);
    expect((await stripe.invoices.list({ customer, status: 'draft' })).data).toHaveLength(1);
    expect((await stripe.invoices.list({ status: 'open' })).data).toEqual([]);
    const found = await stripe.invoices.search({ query: "metadata['order']:'7'" });
    expect(found.data.map(({ id }) => id)).toEqual([draft.id]);
  });
});

describe('an invoice that is sent', () => {
  test('has a due date, is mailed and falls overdue', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { draft } = await withDraft(world, {
      collection_method: 'send_invoice',
      days_until_due: 7,
    });
    expect(draft.due_date).toBe(draft.created + 7 * 86_400);
    const sent = await stripe.invoices.sendInvoice(draft.id);
    expect(sent).toMatchObject({ status: 'open', next_payment_attempt: null });
    expect(eventTypes(world).at(-1)).toBe('invoice.sent');
    world.clock.advance(8 * dayMs);
    expect(eventTypes(world).slice(-3)).toEqual([
      'invoice.will_be_due',
      'invoice.overdue',
      'customer.updated',
    ]);
    const due = await stripe.invoices.list({ due_date: { lte: draft.created + 7 * 86_400 } });
    expect(due.data.map(({ id }) => id)).toEqual([draft.id]);
  });

  test('needs a due date, and its customer an address', async () => {
    const { stripe } = await openWorld();
    const customer = (await stripe.customers.create()).id;
    const undue = await refusalOf(
      stripe.invoices.create({ customer, collection_method: 'send_invoice' }),
    );
    expect(undue.message).toBe(
      "If invoice collection method is 'send_invoice', you must specify 'due_date' or 'days_until_due'.",
    );
    const charged = await refusalOf(stripe.invoices.create({ customer, days_until_due: 3 }));
    expect(charged.message).toMatch(/^You can only specify 'due_date' or 'days_until_due'/);
    const draft = await stripe.invoices.create({ customer });
    const unsendable = await refusalOf(stripe.invoices.sendInvoice(draft.id));
    expect(unsendable.message).toMatch(/^Missing email\./);
  });
});

describe("a customer's balance", () => {
  test('is taken off, and what is left stays', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { draft, customer } = await withDraft(world);
    await stripe.customers.update(customer, { balance: -500 });
    const open = await stripe.invoices.finalizeInvoice(draft.id);
    expect(open).toMatchObject({
      total: 2000,
      amount_due: 1500,
      starting_balance: -500,
      ending_balance: 0,
    });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({
      balance: 0,
    });
    const voided = await stripe.invoices.voidInvoice(draft.id);
    expect(voided.status).toBe('void');
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -500 });
  });

  test('takes a credit, and what is too little to be charged', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { draft, customer } = await withDraft(world, { amount: -700 });
    const credited = await stripe.invoices.finalizeInvoice(draft.id);
    expect(credited).toMatchObject({ status: 'paid', amount_due: 0, ending_balance: -700 });
    await stripe.customers.update(customer, { balance: 0 });
    await stripe.invoiceItems.create({ customer, amount: 30, currency: 'usd' });
    const small = await stripe.invoices.create({
      customer,
      pending_invoice_items_behavior: 'include',
    });
    expect(await stripe.invoices.finalizeInvoice(small.id)).toMatchObject({
      status: 'paid',
      amount_due: 0,
      attempted: true,
      attempt_count: 0,
    });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 30 });
  });
});

describe('the lines of a draft', () => {
  test('are added, changed, listed and removed', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { draft, customer } = await withDraft(world);
    const pending = await stripe.invoiceItems.create({ customer, amount: 40, currency: 'usd' });
    const more = await stripe.invoices.addLines(draft.id, {
      lines: [{ amount: 300, description: 'Extra' }, { invoice_item: pending.id }],
      invoice_metadata: { touched: 'yes' },
    });
    expect(more).toMatchObject({ total: 2340, metadata: { touched: 'yes' } });
    const [, extra] = more.lines.data;
    const changed = await stripe.invoices.updateLines(draft.id, {
      lines: [{ id: extra?.id ?? '', amount: 500 }],
    });
    expect(changed.total).toBe(2540);
    const line = await stripe.invoices.updateLineItem(draft.id, extra?.id ?? '', {
      description: 'Extra work',
    });
    expect(line).toMatchObject({ id: extra?.id, amount: 500, description: 'Extra work' });
    const [assigned] = more.lines.data;
    const fewer = await stripe.invoices.removeLines(draft.id, {
      lines: [
        { id: assigned?.id ?? '', behavior: 'unassign' },
        { id: extra?.id ?? '', behavior: 'delete' },
      ],
    });
    expect(fewer.total).toBe(2000);
    expect((await stripe.invoiceItems.list({ pending: true })).data).toMatchObject([
      { id: pending.id },
    ]);
    const listed = await stripe.invoices.listLineItems(draft.id, { limit: 1 });
    expect(listed.data).toMatchObject([{ description: 'Setup', amount: 2000 }]);
  });

  test('stay as they are once it is finalised', async () => {
    const world = await openWorld();
    const { draft } = await withDraft(world);
    await world.stripe.invoices.finalizeInvoice(draft.id);
    const refused = await refusalOf(
      world.stripe.invoices.addLines(draft.id, { lines: [{ amount: 1 }] }),
    );
    expect(refused).toMatchObject({
      code: 'invoice_not_editable',
      message: 'Invalid invoice: This invoice is no longer editable',
    });
  });
});
