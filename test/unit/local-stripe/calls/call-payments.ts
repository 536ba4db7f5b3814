import { clientOf, dayMs, refusalOf, type World } from '../world.ts';

const acceptance = { customer_acceptance: { type: 'offline' as const } };

/** PaymentMethods, sources, SetupIntents, PaymentIntents, and everything that becomes of them. */
export async function callPayments(world: World, customer: string): Promise<void> {
  await callMethods(world, customer);
  await callSources(world, customer);
  await callSetupIntents(world, customer);
  await callPaymentIntents(world, customer);
  await callDebits(world, customer);
  await callDisputes(world);
}

async function callMethods({ stripe, local }: World, customer: string): Promise<void> {
  const { id } = await stripe.paymentMethods.create({
    type: 'card',
    card: { token: 'tok_mastercard' },
    billing_details: { name: 'Ada', email: 'ada@example.com' },
  });
  await stripe.paymentMethods.retrieve(id);
  await stripe.paymentMethods.attach(id, { customer });
  await stripe.paymentMethods.update(id, { card: { exp_month: 11, exp_year: 2031 } });
  await stripe.paymentMethods.list({ customer, type: 'card' });
  await stripe.paymentMethods.detach(id);
  // Only a page may send the number of a card.
  const page = clientOf(local, local.publishableKey);
  const token = await page.tokens.create({
    card: { number: '4242424242424242', exp_month: '12', exp_year: '2030', cvc: '123' },
  });
  await stripe.tokens.retrieve(token.id);
}

async function callSources({ stripe }: World, customer: string): Promise<void> {
  const source = await stripe.customers.createSource(customer, { source: 'tok_visa' });
  await stripe.customers.retrieveSource(customer, source.id);
  await stripe.customers.updateSource(customer, source.id, { name: 'Ada' });
  await stripe.customers.listSources(customer);
  const spare = await stripe.customers.createSource(customer, { source: 'tok_amex' });
  await stripe.customers.deleteSource(customer, spare.id);
}

async function callSetupIntents({ stripe }: World, customer: string): Promise<void> {
  const { setupIntents } = stripe;
  const { id } = await setupIntents.create({
    customer,
    allowed_payment_method_types: ['card'],
    usage: 'off_session',
  });
  await setupIntents.retrieve(id);
  await setupIntents.update(id, { description: 'A second card' });
  await setupIntents.confirm(id, { payment_method: 'pm_card_visa' });
  await setupIntents.list({ customer });
  await stripe.setupAttempts.list({ setup_intent: id });
  const asking = await setupIntents.create({
    customer,
    allowed_payment_method_types: ['card'],
    payment_method: 'pm_card_authenticationRequired',
    confirm: true,
  });
  await setupIntents.cancel(asking.id);
  const bank = await bankAccount({ stripe }, '000123456789');
  const verified = await setupIntents.create({
    customer,
    allowed_payment_method_types: ['us_bank_account'],
    payment_method: bank,
    payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
    mandate_data: acceptance,
    confirm: true,
  });
  await setupIntents.verifyMicrodeposits(verified.id, { amounts: [32, 45] });
  const { mandate } = await setupIntents.retrieve(verified.id);
  await stripe.mandates.retrieve(String(mandate));
}

async function bankAccount({ stripe }: Pick<World, 'stripe'>, number: string): Promise<string> {
  const { id } = await stripe.paymentMethods.create({
    type: 'us_bank_account',
    us_bank_account: {
      account_holder_type: 'individual',
      account_number: number,
      routing_number: '110000000',
    },
    billing_details: { name: 'Ada', email: 'ada@example.com' },
  });
  return id;
}

async function callPaymentIntents(
  { stripe, clock, local }: World,
  customer: string,
): Promise<void> {
  const { paymentIntents } = stripe;
  const card = { allowed_payment_method_types: ['card' as const], currency: 'usd' };
  const { id } = await paymentIntents.create({ ...card, amount: 1000, capture_method: 'manual' });
  await paymentIntents.retrieve(id);
  await paymentIntents.update(id, { description: 'In two steps', customer });
  await paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
  await paymentIntents.capture(id, { amount_to_capture: 800 });
  await paymentIntents.list({ customer });
  const spare = await paymentIntents.create({ ...card, amount: 500 });
  await paymentIntents.cancel(spare.id, { cancellation_reason: 'abandoned' });
  await refusalOf(
    paymentIntents.create({
      ...card,
      amount: 700,
      confirm: true,
      payment_method: 'pm_card_chargeDeclinedInsufficientFunds',
    }),
  );
  const held = await paymentIntents.create({
    ...card,
    amount: 300,
    capture_method: 'manual',
    confirm: true,
    payment_method: 'pm_card_visa',
  });
  await stripe.charges.capture(String(held.latest_charge));
  await callRefunds({ stripe, clock, local }, id);
}

async function callRefunds({ stripe }: World, intent: string): Promise<void> {
  const { data: charges } = await stripe.charges.list({ payment_intent: intent });
  const charge = charges[0]?.id ?? '';
  await stripe.charges.retrieve(charge);
  await stripe.charges.update(charge, { description: 'Refunded in part' });
  const refund = await stripe.refunds.create({ charge, amount: 100 });
  await stripe.refunds.retrieve(refund.id);
  await stripe.refunds.update(refund.id, { metadata: { asked: 'kindly' } });
  await stripe.refunds.list({ charge });
  await refusalOf(stripe.refunds.cancel(refund.id));
  await stripe.balanceTransactions.retrieve(String(refund.balance_transaction));
}

async function callDebits({ stripe, clock, local }: World, customer: string): Promise<void> {
  const bank = await bankAccount({ stripe }, '000123456789');
  const { id } = await stripe.paymentIntents.create({
    amount: 1500,
    allowed_payment_method_types: ['us_bank_account'],
    confirm: true,
    currency: 'usd',
    customer,
    mandate_data: acceptance,
    payment_method: bank,
    payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
  });
  await stripe.paymentIntents.verifyMicrodeposits(id, { descriptor_code: 'SM11AA' });
  await stripe.paymentMethods.create({
    type: 'sepa_debit',
    sepa_debit: { iban: 'AT321904300235473204' },
    billing_details: { name: 'Bob', email: 'bob@example.com' },
  });
  clock.advance(10 * dayMs);
  await local.idle();
}

async function callDisputes({ stripe }: World): Promise<void> {
  const disputed = async (payment_method: string) => {
    const intent = await stripe.paymentIntents.create({
      amount: 1100,
      allowed_payment_method_types: ['card'],
      confirm: true,
      currency: 'usd',
      payment_method,
    });
    const { data } = await stripe.disputes.list({ payment_intent: intent.id });
    return data[0]?.id ?? '';
  };
  const dispute = await disputed('pm_card_createDispute');
  await stripe.disputes.retrieve(dispute);
  await stripe.disputes.update(dispute, { evidence: { product_description: 'Gold' } });
  await stripe.disputes.close(await disputed('pm_card_createDisputeInquiry'));
  await stripe.paymentIntents.create({
    amount: 1300,
    allowed_payment_method_types: ['card'],
    confirm: true,
    currency: 'usd',
    payment_method: 'pm_card_createIssuerFraudRecord',
  });
  const { data } = await stripe.radar.earlyFraudWarnings.list();
  await stripe.radar.earlyFraudWarnings.retrieve(data[0]?.id ?? '');
}
