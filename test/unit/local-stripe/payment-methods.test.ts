import { describe, expect, test } from 'vitest';
import { clientOf, openWorld, refusalOf, type World } from './world.ts';

const pageOf = (world: World) => clientOf(world.local, world.local.publishableKey);
const types = (world: World) => world.local.control.events().map(({ type }) => type);

/** A card as the business's page sends it. */
const typed = (
  number: string,
  rest: { cvc?: string; exp_month?: number; exp_year?: number } = {},
) => ({
  type: 'card' as const,
  card: { number, exp_month: 12, exp_year: 2030, cvc: '123', ...rest },
});

describe('a test card', () => {
  test.each([
    ['pm_card_us', 'visa', 'US', 'credit', '4242'],
    ['pm_card_visa_debit', 'visa', 'US', 'debit', '5556'],
    ['pm_card_mastercard_prepaid', 'mastercard', 'US', 'prepaid', '5100'],
    ['pm_card_amex', 'amex', 'US', 'credit', '0005'],
    ['pm_card_de', 'visa', 'DE', 'credit', '0016'],
    ['pm_card_mx', 'visa', 'MX', 'credit', '8001'],
    ['pm_card_jcb', 'jcb', 'JP', 'credit', '0505'],
    ['pm_card_gb_debit', 'visa', 'GB', 'debit', '0005'],
  ])('%s is a %s of %s', async (name, brand, country, funding, last4) => {
    const { stripe } = await openWorld();
    const customer = await stripe.customers.create();
    const method = await stripe.paymentMethods.attach(name, { customer: customer.id });
    expect(method.card).toMatchObject({ brand, country, funding, last4 });
    expect(method.card?.checks?.cvc_check).toBe('pass');
  });

  test.each([
    ['pm_card_visa_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
    ['pm_card_radarBlock', 'card_declined', 'fraudulent'],
    ['pm_card_cvcCheckFail', 'incorrect_cvc', 'incorrect_cvc'],
  ])('%s refuses to be attached', async (name, code, declineCode) => {
    const { stripe } = await openWorld();
    const customer = await stripe.customers.create();
    const refusal = await refusalOf(stripe.paymentMethods.attach(name, { customer: customer.id }));
    expect(refusal).toMatchObject({ statusCode: 402, code, decline_code: declineCode });
    expect((await stripe.paymentMethods.list({ customer: customer.id })).data).toEqual([]);
  });

  test('has one fingerprint, however it came', async () => {
    const world = await openWorld();
    const customer = await world.stripe.customers.create();
    const attached = await world.stripe.paymentMethods.attach('pm_card_visa', {
      customer: customer.id,
    });
    const again = await world.stripe.paymentMethods.attach('pm_card_visa', {
      customer: customer.id,
    });
    const source = await world.stripe.customers.createSource(customer.id, { source: 'tok_visa' });
    const raw = await pageOf(world).paymentMethods.create(typed('4242424242424242'));
    const known = await world.stripe.paymentMethods.retrieve(raw.id);
    expect(again.id).not.toBe(attached.id);
    expect(known.card?.fingerprint).toBe(attached.card?.fingerprint);
    expect(source).toMatchObject({ fingerprint: attached.card?.fingerprint, brand: 'Visa' });
  });
});

describe('a card typed into a page', () => {
  test('is refused with the secret key', async () => {
    const { stripe } = await openWorld();
    const refusal = await refusalOf(stripe.paymentMethods.create(typed('4242424242424242')));
    expect(refusal.statusCode).toBe(402);
    expect(refusal.message).toContain('Sending credit card numbers directly to the Stripe API');
  });

  test.each([
    ['4242424242424241', {}, 'incorrect_number'],
    ['4242424242424242', { exp_month: 13 }, 'invalid_expiry_month'],
    ['4242424242424242', { exp_year: 1995 }, 'invalid_expiry_year'],
    ['4242424242424242', { cvc: '99' }, 'invalid_cvc'],
    ['4111111111111111', {}, 'card_declined'],
  ])('%s %j is refused: %s', async (number, rest, code) => {
    const world = await openWorld();
    const refusal = await refusalOf(pageOf(world).paymentMethods.create(typed(number, rest)));
    expect(refusal).toMatchObject({ statusCode: 402, code });
  });

  test('becomes a token that is spent once', async () => {
    const world = await openWorld();
    const token = await pageOf(world).tokens.create({
      card: { number: '5555555555554444', exp_month: '8', exp_year: '2031', cvc: '314' },
    });
    expect(token).toMatchObject({ used: false, card: { brand: 'MasterCard', last4: '4444' } });
    const method = await world.stripe.paymentMethods.create({
      type: 'card',
      card: { token: token.id },
    });
    expect(method.card).toMatchObject({ brand: 'mastercard', exp_month: 8, exp_year: 2031 });
    expect((await world.stripe.tokens.retrieve(token.id)).used).toBe(true);
    const again = await refusalOf(
      world.stripe.paymentMethods.create({ type: 'card', card: { token: token.id } }),
    );
    expect(again.code).toBe('token_already_used');
  });
});

describe('a payment method', () => {
  test('is changed, listed by type and taken off for good', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { id: customer } = await stripe.customers.create();
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    const iban = await stripe.paymentMethods.create({
      type: 'sepa_debit',
      sepa_debit: { iban: 'DE89370400440532013000' },
      billing_details: { name: 'Ada', email: 'ada@example.com' },
    });
    expect(iban.sepa_debit).toMatchObject({ bank_code: '37040044', country: 'DE', last4: '3000' });
    await stripe.paymentMethods.attach(iban.id, { customer });
    const changed = await stripe.paymentMethods.update(card.id, {
      allow_redisplay: 'always',
      billing_details: { address: { postal_code: '94102' } },
      card: { exp_year: 2033 },
      metadata: { seat: '12' },
    });
    expect(changed).toMatchObject({
      allow_redisplay: 'always',
      card: { exp_year: 2033 },
      metadata: { seat: '12' },
    });
    const cards = await stripe.paymentMethods.list({ customer, type: 'card' });
    expect(cards.data.map(({ id }) => id)).toEqual([card.id]);
    const shown = await stripe.paymentMethods.list({ customer, allow_redisplay: 'always' });
    expect(shown.data.map(({ id }) => id)).toEqual([card.id]);
    expect(types(world)).toContain('payment_method.updated');

    await stripe.paymentMethods.detach(card.id);
    const refusal = await refusalOf(stripe.paymentMethods.attach(card.id, { customer }));
    expect(refusal.message).toContain('may not be used again');
  });

  test('of an American account is attached by proving access only', async () => {
    const { stripe } = await openWorld();
    const customer = await stripe.customers.create();
    const account = await stripe.paymentMethods.create({
      type: 'us_bank_account',
      us_bank_account: {
        account_holder_type: 'individual',
        account_number: '000123456789',
        routing_number: '110000000',
      },
      billing_details: { name: 'Ada' },
    });
    const refusal = await refusalOf(
      stripe.paymentMethods.attach(account.id, { customer: customer.id }),
    );
    expect(refusal.message).toContain('not verified');
    const unknown = await refusalOf(
      stripe.paymentMethods.create({
        type: 'us_bank_account',
        us_bank_account: {
          account_holder_type: 'individual',
          account_number: '123',
          routing_number: '110000000',
        },
      }),
    );
    expect(unknown.code).toBe('account_number_invalid');
  });
});

describe('a card as a source', () => {
  test('is charged by default, changed and deleted', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { id: customer } = await stripe.customers.create();
    const source = await stripe.customers.createSource(customer, { source: 'tok_visa' });
    const known = await stripe.customers.retrieve(customer, { expand: ['default_source'] });
    expect(known).toMatchObject({ default_source: { id: source.id, object: 'card' } });

    const paid = await stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      customer,
      confirm: true,
      expand: ['latest_charge', 'payment_method'],
    });
    expect(paid).toMatchObject({
      status: 'succeeded',
      payment_method: { id: source.id },
      latest_charge: { source: { id: source.id } },
    });

    world.local.control.setCardOutcomes(source.id, ['lost_card', 'succeeded']);
    const refusal = await refusalOf(
      stripe.paymentIntents.create({ amount: 1000, currency: 'usd', customer, confirm: true }),
    );
    expect(refusal).toMatchObject({ decline_code: 'lost_card', payment_method: { id: source.id } });

    const changed = await stripe.customers.updateSource(customer, source.id, {
      metadata: { foo: 'bar' },
    });
    expect(changed).toMatchObject({ metadata: { foo: 'bar' } });
    await stripe.customers.deleteSource(customer, source.id);
    expect((await stripe.customers.listSources(customer)).data).toEqual([]);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ default_source: null });
    expect(types(world)).toEqual(
      expect.arrayContaining([
        'customer.source.created',
        'customer.source.updated',
        'customer.source.deleted',
      ]),
    );
  });
});
