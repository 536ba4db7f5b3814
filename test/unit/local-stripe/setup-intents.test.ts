import { describe, expect, test } from 'vitest';
import { clientOf, openWorld, refusalOf, type World } from './world.ts';

const types = (world: World) => world.local.control.events().map(({ type }) => type);

describe('setting up a card', () => {
  test('attaches it and makes it ready', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { id: customer } = await stripe.customers.create();
    const intent = await stripe.setupIntents.create({
      customer,
      payment_method: 'pm_card_visa',
      confirm: true,
      expand: ['latest_attempt', 'payment_method'],
    });
    expect(intent).toMatchObject({
      status: 'succeeded',
      usage: 'off_session',
      mandate: null,
      latest_attempt: { status: 'succeeded' },
      payment_method: { customer },
    });
    expect(types(world)).toEqual([
      'customer.created',
      'setup_intent.created',
      'payment_method.attached',
      'setup_intent.succeeded',
    ]);
    const again = await refusalOf(stripe.setupIntents.confirm(intent.id));
    expect(again).toMatchObject({ code: 'setup_intent_unexpected_state', statusCode: 400 });
    expect(again.setup_intent?.id).toBe(intent.id);
  });

  test('that declines says so, and leaves the intent open for another', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { id: customer } = await stripe.customers.create();
    const intent = await stripe.setupIntents.create({ customer });
    const refusal = await refusalOf(
      stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_chargeDeclined' }),
    );
    expect(refusal).toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'generic_decline',
      setup_intent: { status: 'requires_payment_method', payment_method: null },
    });
    const after = await stripe.setupIntents.retrieve(intent.id);
    expect(after.last_setup_error).toMatchObject({ code: 'card_declined', type: 'card_error' });
    const attempts = await stripe.setupAttempts.list({ setup_intent: intent.id });
    expect(attempts.data.map(({ status }) => status)).toEqual(['failed']);
    expect(types(world)).toContain('setup_intent.setup_failed');

    const saved = await stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    expect(saved).toMatchObject({ status: 'succeeded', last_setup_error: null });
  });

  test('asks the cardholder, who answers in the page', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const page = clientOf(world.local, world.local.publishableKey);
    const { id: customer } = await stripe.customers.create();
    const intent = await stripe.setupIntents.create({ customer });
    const method = await page.paymentMethods.create({
      type: 'card',
      card: { number: '4000002500003155', exp_month: 1, exp_year: 2031, cvc: '123' },
    });
    // The types leave `client_secret` to Stripe's browser library, which is who sends it.
    const params = { client_secret: intent.client_secret, payment_method: method.id };
    const asked = await page.setupIntents.confirm(intent.id, {
      ...params,
      return_url: 'http://127.0.0.1:1/back',
    });
    expect(asked).toMatchObject({
      status: 'requires_action',
      next_action: {
        type: 'redirect_to_url',
        redirect_to_url: { return_url: 'http://127.0.0.1:1/back' },
      },
    });
    expect(asked).not.toHaveProperty('metadata');
    world.local.control.finishAuthentication(intent.id, false);
    const failed = await stripe.setupIntents.retrieve(intent.id);
    expect(failed).toMatchObject({
      status: 'requires_payment_method',
      last_setup_error: { code: 'setup_intent_authentication_failure' },
    });

    await page.setupIntents.confirm(intent.id, params);
    world.local.control.finishAuthentication(intent.id, true);
    const done = await stripe.setupIntents.retrieve(intent.id, { expand: ['latest_attempt'] });
    expect(done).toMatchObject({
      status: 'succeeded',
      payment_method: method.id,
      latest_attempt: {
        payment_method_details: { card: { three_d_secure: { result: 'authenticated' } } },
      },
    });
    const paid = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      customer,
      payment_method: method.id,
      off_session: true,
      confirm: true,
    });
    expect(paid.status).toBe('succeeded');
    expect(() => world.local.control.finishAuthentication(intent.id, true)).toThrow(
      /waits for no cardholder/,
    );
  });

  test('is cancelled once', async () => {
    const { stripe } = await openWorld();
    const intent = await stripe.setupIntents.create();
    const canceled = await stripe.setupIntents.cancel(intent.id, {
      cancellation_reason: 'requested_by_customer',
    });
    expect(canceled).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'requested_by_customer',
    });
    const twice = await refusalOf(stripe.setupIntents.cancel(intent.id));
    expect(twice.message).toContain('already canceled');
    const late = await refusalOf(
      stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }),
    );
    expect(late.code).toBe('setup_intent_unexpected_state');
  });

  test("refuses another customer's card", async () => {
    const { stripe } = await openWorld();
    const { id: ada } = await stripe.customers.create();
    const { id: bob } = await stripe.customers.create();
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: ada });
    const wrong = await refusalOf(
      stripe.setupIntents.create({ customer: bob, payment_method: card.id }),
    );
    expect(wrong.message).toContain('does not belong to the Customer you supplied');
    const nobody = await refusalOf(stripe.setupIntents.create({ payment_method: card.id }));
    expect(nobody.message).toContain(`belongs to the Customer ${ada}`);
  });
});

describe('setting up an American bank account', () => {
  const mandate_data = { customer_acceptance: { type: 'offline' as const } };

  async function waiting(world: World, payment_method = 'pm_usBankAccount_success') {
    const { id: customer } = await world.stripe.customers.create();
    const intent = await world.stripe.setupIntents.create({
      customer,
      payment_method,
      payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
      mandate_data,
      confirm: true,
    });
    return { customer, intent };
  }

  test('needs a mandate, and two small deposits', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { id: customer } = await stripe.customers.create();
    const missing = await refusalOf(
      stripe.setupIntents.create({
        customer,
        payment_method: 'pm_usBankAccount_success',
        confirm: true,
      }),
    );
    expect(missing.message).toContain('requires a mandate');

    const { intent } = await waiting(world);
    expect(intent).toMatchObject({
      status: 'requires_action',
      next_action: {
        type: 'verify_with_microdeposits',
        verify_with_microdeposits: { microdeposit_type: 'descriptor_code' },
      },
    });
    const pending = await stripe.mandates.retrieve(String(intent.mandate));
    expect(pending).toMatchObject({ status: 'pending', type: 'multi_use' });

    const wrong = await refusalOf(
      stripe.setupIntents.verifyMicrodeposits(intent.id, { amounts: [1, 2] }),
    );
    expect(wrong.code).toBe('payment_method_microdeposit_verification_amounts_mismatch');
    const done = await stripe.setupIntents.verifyMicrodeposits(intent.id, {
      descriptor_code: 'SM11AA',
    });
    expect(done.status).toBe('succeeded');
    expect(await stripe.mandates.retrieve(String(intent.mandate))).toMatchObject({
      status: 'active',
      payment_method: intent.payment_method,
    });
    expect(types(world)).toEqual(
      expect.arrayContaining(['mandate.updated', 'payment_method.attached']),
    );
  });

  test('ends after ten wrong answers', async () => {
    const world = await openWorld();
    const { intent } = await waiting(world);
    const codes: (string | undefined)[] = [];
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const refusal = await refusalOf(
        world.stripe.setupIntents.verifyMicrodeposits(intent.id, { descriptor_code: 'SMXXXX' }),
      );
      codes.push(refusal.code);
    }
    const prefix = 'payment_method_microdeposit_verification';
    expect(codes.slice(0, 9)).toEqual(Array(9).fill(`${prefix}_descriptor_code_mismatch`));
    expect(codes[9]).toBe(`${prefix}_attempts_exceeded`);
    const after = await world.stripe.setupIntents.retrieve(intent.id);
    expect(after.status).toBe('requires_payment_method');
    const late = await refusalOf(
      world.stripe.setupIntents.verifyMicrodeposits(intent.id, { amounts: [32, 45] }),
    );
    expect(late.code).toBe('intent_invalid_state');
  });

  test('fails where the deposits do not arrive', async () => {
    const world = await openWorld();
    const { intent } = await waiting(world, 'pm_usBankAccount_failMicrodeposits');
    const refusal = await refusalOf(
      world.stripe.setupIntents.verifyMicrodeposits(intent.id, { amounts: [32, 45] }),
    );
    expect(refusal.code).toBe('payment_method_microdeposit_failed');
  });
});
