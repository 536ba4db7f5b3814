import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { openWorld, passRenewal, refusalOf, subscriber, type World } from './world.ts';

async function failedRenewal(
  world: World,
  options: Parameters<typeof subscriber>[1] & { reason?: 'insufficient_funds' | 'lost_card' } = {},
) {
  const { reason = 'insufficient_funds', ...rest } = options;
  const ada = await subscriber(world, rest);
  world.local.control.setCardOutcomes(ada.primary, [reason]);
  const invoice = await passRenewal(world, ada);
  await world.stripe.invoices.update(invoice, { auto_advance: false });
  return { ...ada, invoice };
}

describe('paying an open invoice', () => {
  test('with another card pays it, once', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { invoice, secondary, subscription } = await failedRenewal(world);

    const paid = await stripe.invoices.pay(invoice, {
      payment_method: secondary,
      off_session: true,
      expand: ['payments.data.payment.payment_intent'],
    });

    expect(paid).toMatchObject({
      status: 'paid',
      amount_paid: 2900,
      amount_remaining: 0,
      // A manual payment after the first attempt is not one of Stripe's own.
      attempt_count: 1,
      payments: {
        data: [
          {
            status: 'paid',
            amount_paid: 2900,
            payment: { payment_intent: { status: 'succeeded', payment_method: secondary } },
          },
        ],
      },
    });
    expect((await stripe.subscriptions.retrieve(subscription)).status).toBe('active');

    const again = await refusalOf(stripe.invoices.pay(invoice, { payment_method: secondary }));
    expect(again).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(again.message).toBe('Invoice is already paid');
    const succeeded = world.local.control.charges().filter(({ paid: isPaid }) => isPaid);
    expect(succeeded).toHaveLength(2);
  });

  test('declined says so in the error, the PaymentIntent and the charge alike', async () => {
    const world = await openWorld();
    const { stripe, local } = world;
    const { invoice, secondary } = await failedRenewal(world);
    local.control.setCardOutcomes(secondary, ['lost_card']);

    const refusal = await refusalOf(
      stripe.invoices.pay(invoice, { payment_method: secondary, off_session: true }),
    );

    expect(refusal).toBeInstanceOf(Stripe.errors.StripeCardError);
    const words = {
      code: 'card_declined',
      decline_code: 'lost_card',
      advice_code: 'do_not_try_again',
      network_advice_code: '03',
      network_decline_code: '41',
      doc_url: 'https://docs.stripe.com/error-codes/card-declined',
    };
    expect(refusal).toMatchObject({ statusCode: 402, ...words });
    expect(refusal.payment_method?.id).toBe(secondary);
    const charge = await stripe.charges.retrieve(refusal.charge ?? '');
    expect(charge).toMatchObject({
      status: 'failed',
      paid: false,
      failure_code: 'card_declined',
      payment_method: secondary,
      outcome: {
        type: 'issuer_declined',
        reason: 'lost_card',
        network_decline_code: '41',
        network_advice_code: '03',
        advice_code: 'do_not_try_again',
      },
    });
    const intent = await stripe.paymentIntents.retrieve(refusal.payment_intent?.id ?? '');
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      latest_charge: charge.id,
      payment_method: null,
      last_payment_error: { ...words, charge: charge.id, payment_method: { id: secondary } },
    });
  });

  test('makes a new charge for each attempt, all on the one PaymentIntent', async () => {
    const world = await openWorld();
    const { stripe, local } = world;
    const { invoice, primary, secondary } = await failedRenewal(world);
    local.control.setCardOutcomes(primary, ['insufficient_funds', 'try_again_later']);

    await refusalOf(stripe.invoices.pay(invoice, { payment_method: primary }));
    await refusalOf(stripe.invoices.pay(invoice, { payment_method: primary }));
    await stripe.invoices.pay(invoice, { payment_method: secondary });

    const { data: payments } = await stripe.invoicePayments.list({ invoice });
    expect(payments).toHaveLength(1);
    const intent = payments[0]?.payment.payment_intent;
    if (typeof intent !== 'string') throw new Error('expected an id');
    const { data: charges } = await stripe.charges.list({ payment_intent: intent });
    expect(charges.map(({ status, outcome }) => [status, outcome?.reason])).toEqual([
      ['succeeded', null],
      ['failed', 'try_again_later'],
      ['failed', 'insufficient_funds'],
      ['failed', 'insufficient_funds'],
    ]);
    const back = await stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: intent },
    });
    expect(back.data[0]?.invoice).toBe(invoice);
  });

  test('promotes whatever paid where the subscription saves it', async () => {
    const world = await openWorld();
    const saving = await failedRenewal(world, { saves: 'on_subscription' });
    await world.stripe.invoices.pay(saving.invoice, { payment_method: saving.secondary });
    const promoted = await world.stripe.subscriptions.retrieve(saving.subscription);
    expect(promoted.default_payment_method).toBe(saving.secondary);

    const plain = await failedRenewal(world);
    await world.stripe.invoices.pay(plain.invoice, { payment_method: plain.secondary });
    const kept = await world.stripe.subscriptions.retrieve(plain.subscription);
    expect(kept.default_payment_method).toBeNull();
  });

  test("refuses another customer's card, and charges nothing", async () => {
    const world = await openWorld();
    const { invoice } = await failedRenewal(world);
    const other = await subscriber(world);
    const charges = world.local.control.charges().length;

    const refusal = await refusalOf(
      world.stripe.invoices.pay(invoice, { payment_method: other.secondary }),
    );

    expect(refusal).toMatchObject({ statusCode: 400, param: 'payment_method' });
    expect(refusal.message).toContain(
      `does not have a payment method with the ID ${other.secondary}`,
    );
    expect(world.local.control.charges()).toHaveLength(charges);
  });

  test('that was voided is refused', async () => {
    const world = await openWorld();
    const { invoice, secondary, subscription } = await failedRenewal(world);
    const voided = await world.stripe.invoices.voidInvoice(invoice, { expand: ['payments'] });
    expect(voided).toMatchObject({ status: 'void', payments: { data: [{ status: 'canceled' }] } });
    const refusal = await refusalOf(
      world.stripe.invoices.pay(invoice, { payment_method: secondary }),
    );
    expect(refusal.statusCode).toBe(400);
    const after = await world.stripe.subscriptions.retrieve(subscription);
    expect(after.status).toBe('active');
    const twice = await refusalOf(world.stripe.invoices.voidInvoice(invoice));
    expect(twice.message).toBe("You can only pass in open invoices. This invoice isn't open.");
  });

  test('that was given up as uncollectible still takes a payment', async () => {
    const world = await openWorld();
    const { invoice, secondary } = await failedRenewal(world);
    const lost = await world.stripe.invoices.markUncollectible(invoice);
    expect(lost).toMatchObject({ status: 'uncollectible', next_payment_attempt: null });
    const paid = await world.stripe.invoices.pay(invoice, { payment_method: secondary });
    expect(paid.status).toBe('paid');
  });

  test('elsewhere closes it without a charge', async () => {
    const world = await openWorld();
    const { invoice } = await failedRenewal(world);
    const charges = world.local.control.charges().length;
    const paid = await world.stripe.invoices.pay(invoice, { paid_out_of_band: true });
    expect(paid).toMatchObject({ status: 'paid', amount_paid_off_stripe: 2900 });
    expect(world.local.control.charges()).toHaveLength(charges);
  });

  test('that is still a draft finalises it first', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    const before = await world.stripe.subscriptions.retrieve(ada.subscription);
    const end = (before.items.data[0]?.current_period_end ?? 0) * 1000;
    world.clock.advance(end - world.clock.now() + 1000);
    const [draft] = (await world.stripe.invoices.list({ status: 'draft' })).data;
    const paid = await world.stripe.invoices.pay(draft?.id ?? '');
    expect(paid).toMatchObject({ status: 'paid', attempt_count: 1 });
    expect(paid.number).toMatch(/-0002$/);
  });

  test('asks for the customer where the bank wants authentication', async () => {
    const world = await openWorld();
    const { stripe, local } = world;
    const { invoice, secondary } = await failedRenewal(world);
    local.control.setCardOutcomes(secondary, ['authentication_required']);

    const offSession = await refusalOf(stripe.invoices.pay(invoice, { payment_method: secondary }));
    expect(offSession).toMatchObject({
      code: 'authentication_required',
      payment_intent: { status: 'requires_payment_method' },
    });
    const types = local.control.events().map(({ type }) => type);
    expect(types).toContain('invoice.payment_action_required');

    const onSession = await refusalOf(
      stripe.invoices.pay(invoice, { payment_method: secondary, off_session: false }),
    );
    expect(onSession).toMatchObject({
      code: 'invoice_payment_intent_requires_action',
      payment_intent: { status: 'requires_action', last_payment_error: null },
    });
  });

  test('with a card past its month is declined as expired', async () => {
    const world = await openWorld();
    const { invoice, secondary } = await failedRenewal(world);
    await world.stripe.paymentMethods.update(secondary, { card: { exp_month: 1, exp_year: 2026 } });
    const refusal = await refusalOf(
      world.stripe.invoices.pay(invoice, { payment_method: secondary }),
    );
    expect(refusal).toMatchObject({ code: 'expired_card', decline_code: 'expired_card' });
    await world.stripe.paymentMethods.update(secondary, { card: { exp_month: 3, exp_year: 2026 } });
    const paid = await world.stripe.invoices.pay(invoice, { payment_method: secondary });
    expect(paid.status).toBe('paid');
  });
});

describe('a payment method', () => {
  test('of a test token is a new one at each attach, with one fingerprint per card number', async () => {
    const { stripe } = await openWorld();
    const customer = await stripe.customers.create();
    const attach = (token: string) =>
      stripe.paymentMethods.attach(token, { customer: customer.id });
    const first = await attach('pm_card_visa');
    const second = await attach('pm_card_visa');
    const other = await attach('pm_card_mastercard');
    expect(first.id).not.toBe(second.id);
    expect(first.card?.fingerprint).toBe(second.card?.fingerprint);
    expect(other.card?.fingerprint).not.toBe(first.card?.fingerprint);
    const { data } = await stripe.paymentMethods.list({ customer: customer.id, type: 'card' });
    expect(data.map(({ id }) => id)).toEqual([other.id, second.id, first.id]);
  });

  test('of a card that declines refuses to be attached', async () => {
    const { stripe } = await openWorld();
    const customer = await stripe.customers.create();
    const refusal = await refusalOf(
      stripe.paymentMethods.attach('pm_card_visa_chargeDeclinedInsufficientFunds', {
        customer: customer.id,
      }),
    );
    expect(refusal).toMatchObject({ statusCode: 402, decline_code: 'insufficient_funds' });
    const created = await stripe.paymentMethods.create({
      type: 'card',
      card: { token: 'tok_visa_chargeDeclinedLostCard' },
    });
    const lost = await refusalOf(
      stripe.paymentMethods.attach(created.id, { customer: customer.id }),
    );
    expect(lost.decline_code).toBe('lost_card');
  });

  test('is gone for good once detached', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    await world.stripe.paymentMethods.detach(ada.primary);
    const customer = await world.stripe.customers.retrieve(ada.customer);
    expect(customer).toMatchObject({ invoice_settings: { default_payment_method: null } });
    const refusal = await refusalOf(
      world.stripe.paymentMethods.attach(ada.primary, { customer: ada.customer }),
    );
    expect(refusal.message).toContain('may not be used again');
  });

  test('cannot become the default of a customer that it is not attached to', async () => {
    const world = await openWorld();
    const ada = await subscriber(world);
    const bob = await subscriber(world);
    const refusal = await refusalOf(
      world.stripe.customers.update(ada.customer, {
        invoice_settings: { default_payment_method: bob.primary },
      }),
    );
    expect(refusal.statusCode).toBe(400);
  });
});

test('a deleted customer keeps an id and loses everything else', async () => {
  const world = await openWorld();
  const ada = await subscriber(world);
  await world.stripe.customers.del(ada.customer);
  expect(await world.stripe.customers.retrieve(ada.customer)).toMatchObject({ deleted: true });
  expect((await world.stripe.subscriptions.retrieve(ada.subscription)).status).toBe('canceled');
  const refusal = await refusalOf(world.stripe.customers.update(ada.customer, { name: 'x' }));
  expect(refusal).toMatchObject({ statusCode: 404, code: 'resource_missing' });
});
