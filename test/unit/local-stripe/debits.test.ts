import { describe, expect, test } from 'vitest';
import { dayMs, openWorld, refusalOf, startAt, subscriber, type World } from './world.ts';

const types = (world: World) => world.local.control.events().map(({ type }) => type);
const mandate_data = { customer_acceptance: { type: 'offline' as const } };

async function pass(world: World, days: number) {
  world.clock.advance(days * dayMs);
  await world.local.idle();
}

/** A SEPA debit of ten euros that is under way. */
async function sepa(world: World, payment_method: string) {
  const intent = await world.stripe.paymentIntents.create({
    amount: 1000,
    currency: 'eur',
    confirm: true,
    mandate_data,
    payment_method,
  });
  expect(intent.status).toBe('processing');
  return intent;
}

/** A customer with a verified American account and a mandate. */
async function withAccount(world: World, name = 'pm_usBankAccount_success') {
  const ada = await subscriber(world);
  const setup = await world.stripe.setupIntents.create({
    customer: ada.customer,
    payment_method: name,
    mandate_data,
    confirm: true,
  });
  const done = await world.stripe.setupIntents.verifyMicrodeposits(setup.id, {
    amounts: [32, 45],
  });
  const account = String(done.payment_method);
  await world.stripe.customers.update(ada.customer, {
    invoice_settings: { default_payment_method: account },
  });
  return { ...ada, account, mandate: String(done.mandate) };
}

describe('a SEPA debit', () => {
  test('settles five banking days later', async () => {
    const world = await openWorld();
    const { id } = await sepa(world, 'pm_sepaDebit_success_de');
    expect(types(world)).toEqual([
      'payment_intent.created',
      'charge.pending',
      'payment_intent.processing',
    ]);
    // It began on a Saturday: the fifth banking day is the Friday after.
    expect(new Date(startAt).getUTCDay()).toBe(6);
    await pass(world, 5);
    expect((await world.stripe.paymentIntents.retrieve(id)).status).toBe('processing');
    await pass(world, 1);
    const settled = await world.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
    expect(settled).toMatchObject({
      status: 'succeeded',
      amount_received: 1000,
      latest_charge: { paid: true, status: 'succeeded' },
    });
    expect(types(world).slice(-2)).toEqual(['charge.succeeded', 'payment_intent.succeeded']);
  });

  test.each([
    ['pm_sepaDebit_failed_at', 'refer_to_customer', 'MS03'],
    ['pm_sepaDebit_insufficientFunds_fr', 'insufficient_funds', 'AM04'],
    ['pm_sepaDebit_exceedsWeeklyVolumeLimit_be', 'charge_exceeds_source_limit', null],
  ])('%s comes back: %s', async (name, code, networkCode) => {
    const world = await openWorld();
    const { id } = await sepa(world, name);
    await pass(world, 8);
    const failed = await world.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
    expect(failed).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code },
      latest_charge: {
        status: 'failed',
        failure_code: code,
        outcome: { network_decline_code: networkCode },
      },
    });
    expect(types(world).slice(-2)).toEqual(['charge.failed', 'payment_intent.payment_failed']);
  });

  test('can be disputed once it settled', async () => {
    const world = await openWorld();
    const { id } = await sepa(world, 'pm_sepaDebit_disputed_ie');
    await pass(world, 8);
    const [dispute] = (await world.stripe.disputes.list({ payment_intent: id })).data;
    expect(dispute).toMatchObject({ status: 'lost', amount: 1000, is_charge_refundable: false });
    expect(types(world)).toEqual(
      expect.arrayContaining(['charge.dispute.funds_withdrawn', 'charge.dispute.closed']),
    );
  });

  test('needs a mandate and euros', async () => {
    const { stripe } = await openWorld();
    const missing = await refusalOf(
      stripe.paymentIntents.create({
        amount: 1000,
        currency: 'eur',
        confirm: true,
        payment_method: 'pm_sepaDebit_success_de',
      }),
    );
    expect(missing.message).toContain('This PaymentIntent requires a mandate');
    const dollars = await refusalOf(
      stripe.paymentIntents.create({
        allowed_payment_method_types: ['sepa_debit'],
        amount: 1000,
        currency: 'usd',
        confirm: true,
        mandate_data,
        payment_method: 'pm_sepaDebit_success_de',
      }),
    );
    expect(dollars.code).toBe('payment_method_currency_mismatch');
  });
});

describe('an invoice paid by ACH debit', () => {
  test('stays open until the debit settles, and nothing else can be charged', async () => {
    const world = await openWorld();
    const { stripe, local } = world;
    const ada = await withAccount(world);
    const { id: invoice } = local.control.renewNow(ada.subscription);
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({
      status: 'open',
      attempted: true,
      attempt_count: 1,
      next_payment_attempt: null,
    });
    const charges = local.control.charges().length;
    const refusal = await refusalOf(
      stripe.invoices.pay(invoice, { payment_method: ada.secondary }),
    );
    expect(refusal).toMatchObject({ code: 'payment_intent_unexpected_state', statusCode: 400 });
    expect(refusal.message).toContain('processing');
    expect(local.control.charges()).toHaveLength(charges);

    await pass(world, 6);
    expect((await stripe.invoices.retrieve(invoice)).status).toBe('paid');
    const charge = local.control.charges().at(-1);
    expect(charge?.payment_method_details).toMatchObject({
      us_bank_account: {
        mandate: ada.mandate,
        payment_reference: expect.stringMatching(/^\d{15}$/),
      },
    });
    expect((await stripe.subscriptions.retrieve(ada.subscription)).status).toBe('active');
  });

  test('fails when the debit comes back, and Stripe plans its retries on from there', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const ada = await withAccount(world, 'pm_usBankAccount_insufficientFunds');
    const { id: invoice } = world.local.control.renewNow(ada.subscription);
    await pass(world, 6);
    const open = await stripe.invoices.retrieve(invoice);
    expect(open).toMatchObject({ status: 'open', attempt_count: 1 });
    expect(open.next_payment_attempt).not.toBeNull();
    expect((await stripe.subscriptions.retrieve(ada.subscription)).status).toBe('past_due');
    expect(types(world)).toContain('invoice.payment_failed');
    expect((await stripe.mandates.retrieve(ada.mandate)).status).toBe('active');

    const paid = await stripe.invoices.pay(invoice, { payment_method: ada.secondary });
    expect(paid.status).toBe('paid');
  });

  test('cannot go on with an account that is closed', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const ada = await withAccount(world, 'pm_usBankAccount_accountClosed');
    const { id: invoice } = world.local.control.renewNow(ada.subscription);
    await pass(world, 6);
    expect((await stripe.mandates.retrieve(ada.mandate)).status).toBe('inactive');
    const account = await stripe.paymentMethods.retrieve(ada.account);
    expect(account.us_bank_account?.status_details?.blocked).toEqual({
      network_code: 'R02',
      reason: 'bank_account_closed',
    });
    const refusal = await refusalOf(stripe.invoices.pay(invoice, { payment_method: ada.account }));
    expect(refusal.code).toBe('payment_method_bank_account_blocked');
    // Stripe's own retries go on without a charge and without stopping the clock.
    const charges = world.local.control.charges().length;
    await pass(world, 30);
    expect(world.local.control.charges()).toHaveLength(charges);
  });

  test('needs a mandate that is in force', async () => {
    const world = await openWorld();
    const ada = await withAccount(world);
    world.local.control.deactivateMandate(ada.mandate);
    world.local.control.setCardOutcomes(ada.primary, ['lost_card']);
    const { id: invoice } = world.local.control.renewNow(ada.subscription);
    const refusal = await refusalOf(
      world.stripe.invoices.pay(invoice, { payment_method: ada.account }),
    );
    expect(refusal.message).toContain('requires a mandate');
  });
});

test('a debit on its way to the bank cannot be cancelled', async () => {
  const world = await openWorld();
  const intent = await sepa(world, 'pm_sepaDebit_success_de');
  const refusal = await refusalOf(world.stripe.paymentIntents.cancel(intent.id));
  expect(refusal).toMatchObject({
    code: 'payment_intent_unexpected_state',
    payment_intent: { id: intent.id, status: 'processing' },
    statusCode: 400,
  });
  await pass(world, 10);
  expect((await world.stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
});

test('a debit without any agreement is refused, and its PaymentIntent stays', async () => {
  const { stripe } = await openWorld();
  const refusal = await refusalOf(
    stripe.paymentIntents.create({
      amount: 1000,
      currency: 'eur',
      confirm: true,
      payment_method: 'pm_sepaDebit_success_de',
    }),
  );
  const { payment_intent: refused } = refusal;
  const kept = await stripe.paymentIntents.retrieve(refused?.id ?? '');
  expect(kept).toMatchObject({ status: 'requires_confirmation', latest_charge: null });
  const confirmed = await stripe.paymentIntents.confirm(kept.id, { mandate_data });
  expect(confirmed.status).toBe('processing');
});

test("a debit takes no other account's agreement", async () => {
  const world = await openWorld();
  const { stripe } = world;
  const ada = await withAccount(world);
  const bob = await withAccount(world);
  const debit = (mandate: string) =>
    stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      customer: ada.customer,
      payment_method: ada.account,
      mandate,
      off_session: 'recurring',
      confirm: true,
    });
  expect((await refusalOf(debit(bob.mandate))).param).toBe('mandate');
  expect((await debit(ada.mandate)).status).toBe('processing');
});

test("Stripe's test account whose debits stay under way lets them be cancelled", async () => {
  const world = await openWorld();
  const ada = await withAccount(world, 'pm_usBankAccount_processing');
  const intent = await world.stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    customer: ada.customer,
    payment_method: ada.account,
    confirm: true,
  });
  await pass(world, 30);
  expect((await world.stripe.paymentIntents.retrieve(intent.id)).status).toBe('processing');
  const canceled = await world.stripe.paymentIntents.cancel(intent.id);
  expect(canceled.status).toBe('canceled');
  const charge = await world.stripe.charges.retrieve(String(canceled.latest_charge));
  expect(charge).toMatchObject({ status: 'failed', paid: false, amount_captured: 0 });
});

test('a debit that settled is given back days later', async () => {
  const world = await openWorld();
  const { id } = await sepa(world, 'pm_sepaDebit_success_de');
  const early = await refusalOf(world.stripe.refunds.create({ payment_intent: id }));
  expect(early.message).toContain('does not have a successful charge to refund');
  await pass(world, 8);
  const refund = await world.stripe.refunds.create({ payment_intent: id });
  expect(refund).toMatchObject({
    status: 'pending',
    pending_reason: 'processing',
    destination_details: { type: 'eu_bank_transfer' },
  });
  await pass(world, 8);
  const arrived = await world.stripe.refunds.retrieve(refund.id);
  expect(arrived.status).toBe('succeeded');
  expect(arrived).not.toHaveProperty('pending_reason');
});
