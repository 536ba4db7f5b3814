import { describe, expect, test } from 'vitest';
import { readOutcomes } from '../../../local/stripe/engine/local-operations/cards.ts';
import {
  dayMs,
  openWorld,
  passRenewal,
  pastDue,
  refusalOf,
  subscriber,
  type World,
} from './world.ts';

const types = (world: World, from = 0) =>
  world.local.control
    .events()
    .slice(from)
    .map(({ type }) => type);

describe('an invoice with its own default method', () => {
  test('is not charged to it once it was detached', async () => {
    const world = await openWorld();
    const { stripe, local } = world;
    const ada = await pastDue(world);
    await stripe.invoices.update(ada.invoice, { default_payment_method: ada.secondary });
    await stripe.paymentMethods.detach(ada.secondary);
    const charges = local.control.charges().length;

    await refusalOf(stripe.invoices.pay(ada.invoice));
    world.clock.advance(3 * dayMs);
    await local.idle();

    expect(local.control.charges()).toHaveLength(charges);
    expect(await stripe.invoices.retrieve(ada.invoice)).toMatchObject({
      attempt_count: 2,
      status: 'open',
    });
  });
});

test('a card refused for good is not tried again by Stripe, whatever else was tried since', async () => {
  const world = await openWorld();
  const { stripe, local } = world;
  const ada = await subscriber(world);
  local.control.setCardOutcomes(ada.primary, ['lost_card']);
  local.control.setCardOutcomes(ada.secondary, ['insufficient_funds']);
  const invoice = await passRenewal(world, ada);
  await refusalOf(stripe.invoices.pay(invoice, { payment_method: ada.secondary }));
  const charges = local.control.charges().length;
  world.clock.advance(3 * dayMs);
  await local.idle();
  expect(local.control.charges()).toHaveLength(charges);
  expect((await stripe.invoices.retrieve(invoice)).attempt_count).toBe(2);
});

test('Stripe plans no try of its own while a debit is on its way, and goes on when it came back', async () => {
  const world = await openWorld();
  const { stripe, local } = world;
  const ada = await pastDue(world);
  const setup = await stripe.setupIntents.create({
    customer: ada.customer,
    payment_method: 'pm_usBankAccount_insufficientFunds',
    mandate_data: { customer_acceptance: { type: 'offline' } },
    confirm: true,
  });
  const verified = await stripe.setupIntents.verifyMicrodeposits(setup.id, { amounts: [32, 45] });
  expect((await stripe.invoices.retrieve(ada.invoice)).next_payment_attempt).not.toBeNull();

  const account = String(verified.payment_method);
  await stripe.invoices.pay(ada.invoice, { payment_method: account, off_session: true });
  const charges = local.control.charges().length;
  await stripe.invoices.update(ada.invoice, { auto_advance: false });
  const switchedOn = await stripe.invoices.update(ada.invoice, { auto_advance: true });
  expect(switchedOn.next_payment_attempt).toBeNull();
  world.clock.advance(3 * dayMs);
  await local.idle();
  expect(local.control.charges()).toHaveLength(charges);

  const debit = local.control.charges().at(-1);
  while (local.control.charges().find(({ id }) => id === debit?.id)?.status === 'pending') {
    world.clock.advance(dayMs);
    await local.idle();
  }
  expect(await stripe.invoices.retrieve(ada.invoice)).toMatchObject({
    status: 'open',
    next_payment_attempt: expect.any(Number),
  });
});

test('nothing is tried any more for a customer who was deleted', async () => {
  const world = await openWorld();
  const { stripe, local } = world;
  const ada = await pastDue(world);
  const charges = local.control.charges().length;
  await stripe.customers.del(ada.customer);
  await stripe.invoices.update(ada.invoice, { auto_advance: false });
  await stripe.invoices.update(ada.invoice, { auto_advance: true });
  world.clock.advance(30 * dayMs);
  await local.idle();
  expect(local.control.charges()).toHaveLength(charges);
});

test('a payment outside of Stripe is paid, and no payment of Stripe succeeded', async () => {
  const world = await openWorld();
  const ada = await pastDue(world);
  const before = types(world).length;
  await world.stripe.invoices.pay(ada.invoice, { paid_out_of_band: true });
  const after = types(world, before);
  expect(after).toContain('invoice.paid');
  expect(after).not.toContain('invoice.payment_succeeded');
});

describe('a new source of a customer who is past due', () => {
  /** The subscription is charged to the customer's source, which has failed. */
  async function onSource(world: World) {
    const ada = await subscriber(world);
    const source = await world.stripe.customers.createSource(ada.customer, { source: 'tok_visa' });
    await world.stripe.customers.update(ada.customer, {
      invoice_settings: { default_payment_method: '' },
    });
    world.local.control.setCardOutcomes(source.id, ['insufficient_funds']);
    const invoice = await passRenewal(world, ada);
    return { ...ada, invoice };
  }

  test('is charged at once for the open invoice, beside the schedule', async () => {
    const world = await openWorld();
    const ada = await onSource(world);
    await world.stripe.customers.update(ada.customer, { source: 'tok_mastercard' });
    expect(await world.stripe.invoices.retrieve(ada.invoice)).toMatchObject({
      attempt_count: 1,
      status: 'paid',
    });
    expect((await world.stripe.subscriptions.retrieve(ada.subscription)).status).toBe('active');
  });

  test('is not charged where the invoice is no longer collected by Stripe', async () => {
    const world = await openWorld();
    const ada = await onSource(world);
    await world.stripe.invoices.update(ada.invoice, { auto_advance: false });
    await world.stripe.customers.update(ada.customer, { source: 'tok_mastercard' });
    expect((await world.stripe.invoices.retrieve(ada.invoice)).status).toBe('open');
  });
});

test('a PaymentMethod is no source, wherever a source is asked for', async () => {
  const world = await openWorld();
  const { stripe } = world;
  const ada = await pastDue(world);
  const refusals = [
    stripe.customers.update(ada.customer, { default_source: ada.secondary }),
    stripe.subscriptions.update(ada.subscription, { default_source: ada.secondary }),
    stripe.invoices.update(ada.invoice, { default_source: ada.secondary }),
    stripe.invoices.pay(ada.invoice, { source: ada.secondary }),
  ].map(refusalOf);
  for (const refusal of await Promise.all(refusals)) {
    expect(refusal.message).toBe(`No such source: '${ada.secondary}'`);
  }
  expect((await stripe.invoices.retrieve(ada.invoice)).status).toBe('open');
});

test('only the payment for a subscription saves the card for later ones', async () => {
  const world = await openWorld();
  const { stripe, local } = world;
  const ada = await pastDue(world);
  const draft = await stripe.invoices.create({ customer: ada.customer });
  const terms = { customer: ada.customer, amount: 700, currency: 'usd' };
  await stripe.invoiceItems.create({ ...terms, invoice: draft.id });
  await stripe.invoices.pay(draft.id, { payment_method: ada.secondary });
  const paymentsOf = async (invoice: string) => {
    const { data } = await stripe.invoicePayments.list({
      invoice,
      expand: ['data.payment.payment_intent'],
    });
    return data.map(({ payment }) => payment.payment_intent);
  };
  expect(await paymentsOf(draft.id)).toMatchObject([
    { description: 'Payment for Invoice', setup_future_usage: null },
  ]);
  expect(await paymentsOf(ada.invoice)).toMatchObject([
    { description: 'Subscription update', setup_future_usage: 'off_session' },
  ]);
  expect(local.control.charges().at(-1)?.description).toBe('Payment for Invoice');
});

describe('the payment settings of a subscription', () => {
  test('say of what type its payments may be', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const ada = await subscriber(world);
    const setup = await stripe.setupIntents.create({
      customer: ada.customer,
      payment_method: 'pm_usBankAccount_success',
      mandate_data: { customer_acceptance: { type: 'offline' } },
      confirm: true,
    });
    await stripe.setupIntents.verifyMicrodeposits(setup.id, { amounts: [32, 45] });
    const account = String(setup.payment_method);
    await stripe.subscriptions.update(ada.subscription, {
      default_payment_method: account,
      payment_settings: { payment_method_types: ['card'] },
    });
    const charges = world.local.control.charges().length;

    const invoice = await passRenewal(world, ada);
    const refusal = await refusalOf(stripe.invoices.pay(invoice, { payment_method: account }));

    expect(refusal.message).toContain('(us_bank_account) is not allowed for this PaymentIntent');
    expect(world.local.control.charges()).toHaveLength(charges);
    const paid = await stripe.invoices.pay(invoice, { payment_method: ada.secondary });
    expect(paid.status).toBe('paid');
  });

  test('ask the bank for 3-D Secure while the customer is there', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const customer = await stripe.customers.create();
    const { id: method } = await stripe.paymentMethods.attach('pm_card_threeDSecureOptional', {
      customer: customer.id,
    });
    const price = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 500,
      recurring: { interval: 'month' },
      product_data: { name: 'Plan' },
    });
    const terms = {
      customer: customer.id,
      default_payment_method: method,
      items: [{ price: price.id }],
    };
    const plain = await stripe.subscriptions.create(terms);
    expect(plain.status).toBe('active');
    const careful = await stripe.subscriptions.create({
      ...terms,
      payment_settings: { payment_method_options: { card: { request_three_d_secure: 'any' } } },
    });
    expect(careful.status).toBe('incomplete');
  });
});

test('what Radar blocks is fraudulent in the error, and the charge tells why', async () => {
  const world = await openWorld();
  const ada = await pastDue(world);
  world.local.control.setCardOutcomes(ada.secondary, ['highest_risk_level']);
  const refusal = await refusalOf(
    world.stripe.invoices.pay(ada.invoice, { payment_method: ada.secondary }),
  );
  expect(refusal).toMatchObject({ code: 'card_declined', decline_code: 'fraudulent' });
  expect(world.local.control.charges().at(-1)).toMatchObject({
    fraud_details: { stripe_report: 'fraudulent' },
    outcome: {
      network_status: 'not_sent_to_network',
      reason: 'highest_risk_level',
      type: 'blocked',
    },
  });
});

/** docs.stripe.com/declines/codes, card decline codes; and Radar's own reason. */
const documentedReasons =
  'approve_with_id authentication_required call_issuer card_not_supported card_velocity_exceeded ' +
  'currency_not_supported do_not_honor do_not_try_again duplicate_transaction expired_card ' +
  'fraudulent generic_decline highest_risk_level incorrect_cvc incorrect_number incorrect_pin ' +
  'incorrect_zip insufficient_funds invalid_account invalid_amount invalid_cvc ' +
  'invalid_expiry_month invalid_expiry_year invalid_number invalid_pin issuer_not_available ' +
  'lost_card merchant_blacklist new_account_information_available no_action_taken not_permitted ' +
  'offline_pin_required online_or_offline_pin_required pickup_card pin_try_exceeded ' +
  'processing_error reenter_transaction restricted_card revocation_of_all_authorizations ' +
  'revocation_of_authorization security_violation service_not_allowed stolen_card ' +
  'stop_payment_order testmode_decline transaction_not_allowed try_again_later ' +
  'withdrawal_count_limit_exceeded';

test('a card can be told to decline for any reason that Stripe documents', async () => {
  const world = await openWorld();
  const ada = await pastDue(world);
  await world.stripe.invoices.update(ada.invoice, { auto_advance: false });
  for (const reason of documentedReasons.split(' ')) {
    world.local.control.setCardOutcomes(ada.secondary, readOutcomes([reason]));
    const refusal = await refusalOf(
      world.stripe.invoices.pay(ada.invoice, { payment_method: ada.secondary }),
    );
    expect(refusal.statusCode).toBe(402);
    const charge = world.local.control.charges().at(-1);
    expect(charge).toMatchObject({ status: 'failed', outcome: { reason } });
    expect(refusal.code).toBe(charge?.failure_code);
  }
});
