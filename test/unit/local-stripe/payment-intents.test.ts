import { describe, expect, test } from 'vitest';
import {
  clientOf,
  dayMs,
  openWorld,
  passRenewal,
  refusalOf,
  subscriber,
  type World,
} from './world.ts';

const types = (world: World) => world.local.control.events().map(({ type }) => type);
const usd = { amount: 2000, currency: 'usd' } as const;

describe('a payment', () => {
  test('is made with one call, and tells in order', async () => {
    const world = await openWorld();
    const paid = await world.stripe.paymentIntents.create({
      ...usd,
      confirm: true,
      description: 'a hat',
      metadata: { order: '7' },
      payment_method: 'pm_card_visa',
      receipt_email: 'ada@example.com',
      expand: ['latest_charge.balance_transaction'],
    });
    expect(paid).toMatchObject({
      status: 'succeeded',
      amount_received: 2000,
      capture_method: 'automatic_async',
      latest_charge: {
        amount_captured: 2000,
        description: 'a hat',
        metadata: { order: '7' },
        outcome: { type: 'authorized', network_status: 'approved_by_network' },
        balance_transaction: { amount: 2000, fee: 88, net: 1912, type: 'charge' },
      },
    });
    expect(types(world)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
    ]);
    const again = await refusalOf(world.stripe.paymentIntents.confirm(paid.id));
    expect(again).toMatchObject({ code: 'payment_intent_unexpected_state', statusCode: 400 });
    expect(again.message).toContain('already succeeded');
    expect(again.payment_intent?.id).toBe(paid.id);
    expect(world.local.control.charges()).toHaveLength(1);
  });

  test('uses up a card that belongs to nobody', async () => {
    const { stripe } = await openWorld();
    const paid = await stripe.paymentIntents.create({
      ...usd,
      confirm: true,
      payment_method: 'pm_card_visa',
    });
    const refusal = await refusalOf(
      stripe.paymentIntents.create({
        ...usd,
        confirm: true,
        payment_method: String(paid.payment_method),
      }),
    );
    expect(refusal.message).toContain('It may not be used again');
  });

  test('saves the card that it is told to save', async () => {
    const { stripe } = await openWorld();
    const { id: customer } = await stripe.customers.create();
    const paid = await stripe.paymentIntents.create({
      ...usd,
      confirm: true,
      customer,
      payment_method: 'pm_card_visa',
      setup_future_usage: 'off_session',
    });
    const [saved] = (await stripe.paymentMethods.list({ customer })).data;
    expect(saved?.id).toBe(paid.payment_method);
  });

  test('that declines is a 402 with everything about it, and can be tried again', async () => {
    const { stripe, local } = await openWorld();
    const intent = await stripe.paymentIntents.create(usd);
    expect(intent.status).toBe('requires_payment_method');
    const refusal = await refusalOf(
      stripe.paymentIntents.confirm(intent.id, {
        payment_method: 'pm_card_visa_chargeDeclinedInsufficientFunds',
      }),
    );
    expect(refusal).toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      advice_code: 'try_again_later',
      network_decline_code: '51',
      payment_intent: { id: intent.id, status: 'requires_payment_method' },
    });
    const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null });
    expect(local.control.charges().map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  });

  test.each([
    [{ amount: 0, currency: 'usd' }, 'parameter_invalid_integer'],
    [{ amount: 49, currency: 'usd' }, 'amount_too_small'],
    [{ amount: 29, currency: 'gbp' }, 'amount_too_small'],
    [{ amount: 100_000_000, currency: 'usd' }, 'amount_too_large'],
  ])('of %j is refused: %s', async (money, code) => {
    const { stripe } = await openWorld();
    const refusal = await refusalOf(stripe.paymentIntents.create(money));
    expect(refusal).toMatchObject({ code, param: 'amount' });
  });

  test('changes until it is under way', async () => {
    const { stripe } = await openWorld();
    const intent = await stripe.paymentIntents.create(usd);
    const changed = await stripe.paymentIntents.update(intent.id, {
      amount: 2500,
      metadata: { order: '8' },
      shipping: { name: 'Ada', address: { line1: '1 Main St' } },
    });
    expect(changed).toMatchObject({
      amount: 2500,
      metadata: { order: '8' },
      shipping: { name: 'Ada', address: { line1: '1 Main St', city: null } },
    });
    await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    const late = await refusalOf(stripe.paymentIntents.update(intent.id, { amount: 1 }));
    expect(late.code).toBe('payment_intent_unexpected_state');
    const undone = await refusalOf(stripe.paymentIntents.cancel(intent.id));
    expect(undone.message).toContain('You cannot cancel this PaymentIntent');
  });

  test('without a method, or with one of another type, is refused', async () => {
    const { stripe } = await openWorld();
    const intent = await stripe.paymentIntents.create({
      ...usd,
      allowed_payment_method_types: ['us_bank_account'],
    });
    const missing = await refusalOf(stripe.paymentIntents.confirm(intent.id));
    expect(missing.message).toContain("it's missing a payment method");
    const wrong = await refusalOf(
      stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }),
    );
    expect(wrong.message).toContain('(card) is not allowed for this PaymentIntent');
  });
});

describe('a held amount', () => {
  const hold = (world: World) =>
    world.stripe.paymentIntents.create({
      ...usd,
      capture_method: 'manual',
      confirm: true,
      payment_method: 'pm_card_visa',
    });

  test('is captured in part, once', async () => {
    const world = await openWorld();
    const held = await hold(world);
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 2000 });
    const tooMuch = await refusalOf(
      world.stripe.paymentIntents.capture(held.id, { amount_to_capture: 2001 }),
    );
    expect(tooMuch.code).toBe('amount_too_large');
    const taken = await world.stripe.paymentIntents.capture(held.id, { amount_to_capture: 1500 });
    expect(taken).toMatchObject({
      status: 'succeeded',
      amount_capturable: 0,
      amount_received: 1500,
    });
    expect(types(world)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.amount_capturable_updated',
      'charge.captured',
      'payment_intent.succeeded',
    ]);
    const twice = await refusalOf(world.stripe.paymentIntents.capture(held.id));
    expect(twice.message).toContain('already been captured');
  });

  test('goes back after seven days', async () => {
    const world = await openWorld();
    const held = await hold(world);
    world.clock.advance(7 * dayMs);
    await world.local.idle();
    const after = await world.stripe.paymentIntents.retrieve(held.id);
    expect(after).toMatchObject({ status: 'canceled', cancellation_reason: 'automatic' });
    expect(types(world)).toContain('charge.expired');
  });
});

describe('3-D Secure', () => {
  test('is answered in the page, and the charge tells how it went', async () => {
    const world = await openWorld();
    const asked = await world.stripe.paymentIntents.create({
      ...usd,
      confirm: true,
      payment_method: 'pm_card_authenticationRequired',
    });
    expect(asked).toMatchObject({
      status: 'requires_action',
      latest_charge: null,
      next_action: { type: 'use_stripe_sdk' },
    });
    world.local.control.finishAuthentication(asked.id, true);
    const paid = await world.stripe.paymentIntents.retrieve(asked.id, {
      expand: ['latest_charge'],
    });
    expect(paid).toMatchObject({
      status: 'succeeded',
      next_action: null,
      latest_charge: {
        payment_method_details: {
          card: { three_d_secure: { result: 'authenticated', version: '2.2.0' } },
        },
      },
    });
  });

  test('that fails leaves the payment without a method', async () => {
    const world = await openWorld();
    const asked = await world.stripe.paymentIntents.create({
      ...usd,
      confirm: true,
      payment_method: 'pm_card_threeDSecure2Required',
      return_url: 'http://127.0.0.1:1/back',
    });
    expect(asked.next_action?.redirect_to_url?.return_url).toBe('http://127.0.0.1:1/back');
    world.local.control.finishAuthentication(asked.id, false);
    const failed = await world.stripe.paymentIntents.retrieve(asked.id);
    expect(failed).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
    expect(types(world)).toContain('payment_intent.payment_failed');
    expect(world.local.control.charges()).toEqual([]);
  });

  test('can be followed by a decline', async () => {
    const world = await openWorld();
    const asked = await world.stripe.paymentIntents.create({
      ...usd,
      confirm: true,
      payment_method: 'pm_card_threeDSecureRequiredChargeDeclined',
    });
    world.local.control.finishAuthentication(asked.id, true);
    const failed = await world.stripe.paymentIntents.retrieve(asked.id);
    expect(failed.last_payment_error).toMatchObject({ code: 'card_declined' });
  });

  test.each([
    // [card, set up before, off-session outcome]
    ['pm_card_authenticationRequired', true, 'authentication_required'],
    ['pm_card_authenticationRequiredOnSetup', false, 'authentication_required'],
    ['pm_card_authenticationRequiredOnSetup', true, 'succeeded'],
    ['pm_card_authenticationRequiredSetupForOffSession', false, 'succeeded'],
    ['pm_card_threeDSecureOptional', false, 'succeeded'],
  ])('%s, set up: %s, off-session: %s', async (name, isSetUp, outcome) => {
    const world = await openWorld();
    const { stripe } = world;
    const { id: customer } = await stripe.customers.create();
    const { id: method } = await stripe.paymentMethods.attach(name, { customer });
    if (isSetUp) {
      const setup = await stripe.setupIntents.create({
        customer,
        payment_method: method,
        confirm: true,
      });
      world.local.control.finishAuthentication(setup.id, true);
    }
    const call = stripe.paymentIntents.create({
      ...usd,
      customer,
      payment_method: method,
      confirm: true,
      off_session: true,
    });
    if (outcome === 'succeeded') expect((await call).status).toBe('succeeded');
    else expect(await refusalOf(call)).toMatchObject({ statusCode: 402, code: outcome });
  });

  test('is refused where the business cannot wait for it', async () => {
    const { stripe } = await openWorld();
    const refusal = await refusalOf(
      stripe.paymentIntents.create({
        ...usd,
        confirm: true,
        error_on_requires_action: true,
        payment_method: 'pm_card_authenticationRequired',
      }),
    );
    expect(refusal).toMatchObject({
      statusCode: 402,
      code: 'authentication_required',
      payment_intent: { status: 'requires_payment_method' },
    });
  });
});

describe("an invoice's PaymentIntent", () => {
  async function unpaid(world: World) {
    const ada = await subscriber(world);
    world.local.control.setCardOutcomes(ada.primary, ['authentication_required']);
    const invoice = await passRenewal(world, ada);
    await world.stripe.invoices.update(invoice, { auto_advance: false });
    const [payment] = (await world.stripe.invoicePayments.list({ invoice })).data;
    return { ...ada, invoice, intent: String(payment?.payment.payment_intent) };
  }

  test('is confirmed on-session by the page, and pays the invoice', async () => {
    const world = await openWorld();
    const { invoice, intent, primary, subscription } = await unpaid(world);
    const { stripe } = world;
    expect((await stripe.subscriptions.retrieve(subscription)).status).toBe('past_due');
    const { client_secret } = await stripe.paymentIntents.retrieve(intent);
    const page = clientOf(world.local, world.local.publishableKey);
    const params = { client_secret, payment_method: primary };
    const asked = await page.paymentIntents.confirm(intent, params);
    expect(asked).toMatchObject({ status: 'requires_action' });
    expect((await stripe.invoices.retrieve(invoice)).status).toBe('open');

    world.local.control.finishAuthentication(intent, true);
    expect(await stripe.invoices.retrieve(invoice, { expand: ['payments'] })).toMatchObject({
      status: 'paid',
      payments: { data: [{ status: 'paid' }] },
    });
    expect((await stripe.subscriptions.retrieve(subscription)).status).toBe('active');
    const paid = world.local.control
      .charges()
      .filter((charge) => charge.payment_intent === intent && charge.paid);
    expect(paid).toHaveLength(1);
  });

  test('fails with its authentication, and cannot be cancelled by itself', async () => {
    const world = await openWorld();
    const { invoice, intent, primary } = await unpaid(world);
    await world.stripe.paymentIntents.confirm(intent, { payment_method: primary });
    const before = types(world).filter((type) => type === 'invoice.payment_failed').length;
    world.local.control.finishAuthentication(intent, false);
    const failures = types(world).filter((type) => type === 'invoice.payment_failed');
    expect(failures).toHaveLength(before + 1);
    expect((await world.stripe.invoices.retrieve(invoice)).status).toBe('open');
    const refusal = await refusalOf(world.stripe.paymentIntents.cancel(intent));
    expect(refusal.message).toContain('Void the invoice');
    const amount = await refusalOf(world.stripe.paymentIntents.update(intent, { amount: 1 }));
    expect(amount).toMatchObject({ param: 'amount', code: 'payment_intent_invalid_parameter' });
  });
});
