import { describe, expect, test } from 'vitest';
import { openWorld, subscriber, type World } from './world.ts';

/** A subscriber who pays by bank debit, and the charge that is under way. */
async function debited(world: World) {
  const ada = await subscriber(world);
  const setup = await world.stripe.setupIntents.create({
    customer: ada.customer,
    payment_method: 'pm_usBankAccount_processing',
    allowed_payment_method_types: ['us_bank_account'],
    confirm: true,
    mandate_data: { customer_acceptance: { type: 'offline' } },
  });
  const account = String(setup.payment_method);
  if (setup.status === 'requires_action') {
    await world.stripe.setupIntents.verifyMicrodeposits(setup.id, { amounts: [32, 45] });
  }
  await world.stripe.customers.update(ada.customer, {
    invoice_settings: { default_payment_method: account },
  });
  const { id: invoice } = world.local.control.renewNow(ada.subscription);
  const charge = world.local.control.charges().at(-1);
  expect(charge).toMatchObject({ status: 'pending', payment_method: account });
  return { ...ada, account, invoice, charge: charge?.id ?? '' };
}

const paidCharge = (world: World) => world.local.control.charges().at(-1)?.id ?? '';
const types = (world: World) => world.local.control.events().map(({ type }) => type);

describe('a bank debit under way', () => {
  test('settles on request, and its invoice is paid', async () => {
    const world = await openWorld();
    const { charge, invoice } = await debited(world);
    world.local.control.settleDebit(charge);
    expect((await world.stripe.invoices.retrieve(invoice)).status).toBe('paid');
    expect(types(world)).toContain('invoice.paid');
    expect(() => world.local.control.settleDebit(charge)).toThrow(/no debit is under way/);
  });

  test('comes back on request, and its invoice stays open', async () => {
    const world = await openWorld();
    const { charge, invoice } = await debited(world);
    world.local.control.returnDebit(charge, 'R01');
    expect((await world.stripe.invoices.retrieve(invoice)).status).toBe('open');
    expect(await world.stripe.charges.retrieve(charge)).toMatchObject({
      status: 'failed',
      failure_code: 'insufficient_funds',
    });
    expect(types(world)).toContain('invoice.payment_failed');
    expect(() => world.local.control.returnDebit(charge, 'R01')).toThrow(/has failed already/);
    expect(() => world.local.control.returnDebit(charge, 'R99')).toThrow(/It can with: R01/);
  });

  test('that had settled comes back as a dispute', async () => {
    const world = await openWorld();
    const { charge } = await debited(world);
    world.local.control.settleDebit(charge);
    world.local.control.returnDebit(charge, 'R10');
    expect(types(world)).toContain('charge.dispute.created');
    expect((await world.stripe.charges.retrieve(charge)).disputed).toBe(true);
  });

  test('needs a mandate, which can be withdrawn', async () => {
    const world = await openWorld();
    const { account } = await debited(world);
    const mandate = world.local.control
      .state()
      .tables.mandates.findLast((each) => each.payment_method === account);
    world.local.control.deactivateMandate(mandate?.id ?? '');
    expect((await world.stripe.mandates.retrieve(mandate?.id ?? '')).status).toBe('inactive');
    expect(types(world).at(-1)).toBe('mandate.updated');
    expect(() => world.local.control.deactivateMandate('mandate_none')).toThrow(RangeError);
  });
});

describe('a paid charge', () => {
  test('is disputed once', async () => {
    const world = await openWorld();
    await subscriber(world);
    const charge = paidCharge(world);
    world.local.control.openDispute(charge, 'product_not_received');
    const { data } = await world.stripe.disputes.list({ charge });
    expect(data).toMatchObject([{ reason: 'product_not_received', status: 'needs_response' }]);
    expect(types(world)).toContain('charge.dispute.created');
    expect(() => world.local.control.openDispute(charge, 'fraudulent', 'inquiry')).toThrow(
      /disputed already/,
    );
    expect(() => world.local.control.openDispute('ch_none', 'fraudulent')).toThrow(/no charge/);
    const [dispute] = data;
    world.local.control.decideDispute(dispute?.id ?? '', true);
    expect((await world.stripe.disputes.retrieve(dispute?.id ?? '')).status).toBe('won');
    expect(() => world.local.control.decideDispute(dispute?.id ?? '', false)).toThrow(RangeError);
  });

  test('is warned of', async () => {
    const world = await openWorld();
    await subscriber(world);
    const charge = paidCharge(world);
    world.local.control.warnOfFraud(charge, 'made_with_stolen_card');
    const { data } = await world.stripe.radar.earlyFraudWarnings.list({ charge });
    expect(data).toMatchObject([{ fraud_type: 'made_with_stolen_card', actionable: true }]);
    expect(types(world).at(-1)).toBe('radar.early_fraud_warning.created');
  });
});

describe('a payment that asks the cardholder', () => {
  const asking = async (world: World) => {
    const intent = await world.stripe.paymentIntents.create({
      amount: 2900,
      currency: 'usd',
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
      return_url: 'https://example.com/back',
    });
    expect(intent.status).toBe('requires_action');
    return intent.id;
  };

  test.each([
    [true, 'succeeded'],
    [false, 'requires_payment_method'],
  ])('goes on by the answer: %s', async (succeeds, status) => {
    const world = await openWorld();
    const intent = await asking(world);
    world.local.control.finishAuthentication(intent, succeeds);
    expect((await world.stripe.paymentIntents.retrieve(intent)).status).toBe(status);
    expect(() => world.local.control.finishAuthentication(intent, true)).toThrow(RangeError);
    expect(() => world.local.control.finishAuthentication('pi_none', true)).toThrow(/There is no/);
  });
});

test('the same over HTTP, with a sentence where it cannot be', async () => {
  const world = await openWorld();
  await subscriber(world);
  const charge = paidCharge(world);
  const post = async (path: string, body: object) => {
    const url = `${world.local.url}/_local/${path}`;
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, text: await response.text() };
  };
  const type = { fraud_type: 'misc' };
  expect((await post(`charges/${charge}/fraud-warning`, type)).status).toBe(200);
  expect((await post(`charges/${charge}/dispute`, { reason: 'general' })).status).toBe(200);
  expect((await post(`charges/${charge}/dispute`, { reason: 'boredom' })).status).toBe(400);
  const settled = await post(`charges/${charge}/settle`, {});
  expect(settled).toMatchObject({
    status: 400,
    text: expect.stringContaining('not a bank account'),
  });
  expect((await post(`charges/${charge}/return`, { code: 'R01' })).text).toContain(
    'not a bank account',
  );
  expect((await post('mandates/mandate_none/deactivate', {})).status).toBe(400);
  const answer = await post('intents/pi_none/authentication', { succeeds: true });
  expect(answer.text).toContain('There is no');
});
