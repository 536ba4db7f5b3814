import { describe, expect, test } from 'vitest';
import { dayMs, hourMs, openWorld, refusalOf, type World } from './world.ts';

const types = (world: World) => world.local.control.events().map(({ type }) => type);

async function pay(world: World, payment_method = 'pm_card_visa') {
  const paid = await world.stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    confirm: true,
    payment_method,
  });
  return { intent: paid.id, charge: String(paid.latest_charge) };
}

async function disputeOf(world: World, payment_intent: string) {
  const [dispute] = (await world.stripe.disputes.list({ payment_intent })).data;
  if (dispute === undefined) throw new Error('There is no dispute.');
  return dispute;
}

describe('a refund', () => {
  test('is made in parts, and never more than was paid', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { intent, charge } = await pay(world);
    const part = await stripe.refunds.create({
      payment_intent: intent,
      amount: 300,
      reason: 'duplicate',
      metadata: { order: '7' },
    });
    expect(part).toMatchObject({ status: 'succeeded', amount: 300, charge, reason: 'duplicate' });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({
      amount_refunded: 300,
      refunded: false,
    });
    const tooMuch = await refusalOf(stripe.refunds.create({ charge, amount: 701 }));
    expect(tooMuch.message).toBe(
      'Refund amount ($7.01) is greater than unrefunded amount on charge ($7.00)',
    );
    await stripe.refunds.create({ charge });
    const whole = await stripe.charges.retrieve(charge, { expand: ['refunds'] });
    expect(whole).toMatchObject({ amount_refunded: 1000, refunded: true });
    expect(whole.refunds?.data.map(({ amount }) => amount)).toEqual([700, 300]);
    const again = await refusalOf(stripe.refunds.create({ charge }));
    expect(again.code).toBe('charge_already_refunded');

    const marked = await stripe.refunds.update(part.id, { metadata: { order: '8' } });
    expect(marked.metadata).toEqual({ order: '8' });
    expect(types(world)).toEqual(
      expect.arrayContaining([
        'refund.created',
        'charge.refunded',
        'refund.updated',
        'charge.refund.updated',
      ]),
    );
    expect((await refusalOf(stripe.refunds.cancel(part.id))).message).toContain('requires_action');
  });

  test('can arrive later, or come back later', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const slow = await pay(world, 'pm_card_pendingRefund');
    const failing = await pay(world, 'pm_card_refundFail');
    const pending = await stripe.refunds.create({ charge: slow.charge });
    const doomed = await stripe.refunds.create({ charge: failing.charge });
    expect([pending.status, doomed.status]).toEqual(['pending', 'succeeded']);
    world.clock.advance(2 * hourMs);
    await world.local.idle();
    expect((await stripe.refunds.retrieve(pending.id)).status).toBe('succeeded');
    const failed = await stripe.refunds.retrieve(doomed.id, {
      expand: ['failure_balance_transaction'],
    });
    expect(failed).toMatchObject({
      status: 'failed',
      failure_balance_transaction: { amount: 1000, type: 'refund_failure' },
    });
    expect(await stripe.charges.retrieve(failing.charge)).toMatchObject({
      amount_refunded: 0,
      refunded: false,
    });
    expect(types(world)).toContain('refund.failed');
  });

  test('of a payment that never succeeded is refused', async () => {
    const { stripe } = await openWorld();
    const intent = await stripe.paymentIntents.create({ amount: 1000, currency: 'usd' });
    const refusal = await refusalOf(stripe.refunds.create({ payment_intent: intent.id }));
    expect(refusal.message).toContain('does not have a successful charge to refund');
  });
});

describe('a dispute', () => {
  test('takes the money, and comes between the charge and its PaymentIntent', async () => {
    const world = await openWorld();
    const { intent, charge } = await pay(world, 'pm_card_createDispute');
    expect(types(world)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'payment_intent.succeeded',
    ]);
    expect(await disputeOf(world, intent)).toMatchObject({
      amount: 1000,
      reason: 'fraudulent',
      status: 'needs_response',
      balance_transactions: [{ amount: -1000, fee: 1500, net: -2500 }],
      payment_method_details: { card: { case_type: 'chargeback', network_reason_code: '10.4' } },
    });
    expect((await world.stripe.charges.retrieve(charge)).disputed).toBe(true);
    const refusal = await refusalOf(world.stripe.refunds.create({ charge }));
    expect(refusal.code).toBe('charge_disputed');
  });

  test.each([
    ['winning_evidence', 'won', 'charge.dispute.funds_reinstated'],
    ['losing_evidence', 'lost', 'charge.dispute.closed'],
  ])('answered with %s is %s', async (uncategorized_text, status, event) => {
    const world = await openWorld();
    const { intent } = await pay(world, 'pm_card_createDisputeProductNotReceived');
    const { id } = await disputeOf(world, intent);
    const staged = await world.stripe.disputes.update(id, {
      evidence: { product_description: 'a hat' },
      submit: false,
    });
    expect(staged).toMatchObject({
      status: 'needs_response',
      evidence_details: { has_evidence: true, submission_count: 0 },
    });
    const decided = await world.stripe.disputes.update(id, { evidence: { uncategorized_text } });
    expect(decided.status).toBe(status);
    expect(types(world)).toContain(event);
    const late = await refusalOf(world.stripe.disputes.close(id));
    expect(late.message).toContain('already closed');
  });

  test('that is an inquiry takes nothing until it is escalated', async () => {
    const world = await openWorld();
    const { intent } = await pay(world, 'pm_card_createDisputeInquiry');
    const inquiry = await disputeOf(world, intent);
    expect(inquiry).toMatchObject({
      status: 'warning_needs_response',
      balance_transactions: [],
      is_charge_refundable: true,
    });
    const escalated = await world.stripe.disputes.update(inquiry.id, {
      evidence: { uncategorized_text: 'escalate_inquiry_evidence' },
    });
    expect(escalated).toMatchObject({
      status: 'needs_response',
      balance_transactions: [{ amount: -1000 }],
    });
    const closed = await world.stripe.disputes.close(inquiry.id);
    expect(closed.status).toBe('lost');
  });

  test('nobody answers is lost in time', async () => {
    const world = await openWorld();
    const { charge, intent } = await pay(world);
    world.local.control.openDispute(charge, 'subscription_canceled');
    expect(() => world.local.control.openDispute(charge, 'general')).toThrow(/disputed already/);
    world.clock.advance(30 * dayMs);
    await world.local.idle();
    expect(await disputeOf(world, intent)).toMatchObject({
      status: 'lost',
      evidence_details: { past_due: true },
    });
  });
});

describe('an early fraud warning', () => {
  test('is made by a test card and on request, and settled by a refund', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const { charge } = await pay(world, 'pm_card_createIssuerFraudRecord');
    const [warning] = (await stripe.radar.earlyFraudWarnings.list({ charge })).data;
    expect(warning).toMatchObject({ actionable: true, fraud_type: 'made_with_stolen_card' });
    await stripe.refunds.create({ charge });
    const after = await stripe.radar.earlyFraudWarnings.retrieve(warning?.id ?? '');
    expect(after.actionable).toBe(false);

    const other = await pay(world);
    world.local.control.warnOfFraud(other.charge, 'misc');
    const warnings = await stripe.radar.earlyFraudWarnings.list({ payment_intent: other.intent });
    expect(warnings.data.map(({ fraud_type }) => fraud_type)).toEqual(['misc']);
    expect(types(world)).toEqual(
      expect.arrayContaining([
        'radar.early_fraud_warning.created',
        'radar.early_fraud_warning.updated',
      ]),
    );
  });
});

test('a charge is annotated, and captured by its own name', async () => {
  const world = await openWorld();
  const held = await world.stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    capture_method: 'manual',
    confirm: true,
    payment_method: 'pm_card_riskLevelElevated',
  });
  const id = String(held.latest_charge);
  const captured = await world.stripe.charges.capture(id, { amount: 800 });
  expect(captured).toMatchObject({ captured: true, amount_captured: 800 });
  const marked = await world.stripe.charges.update(id, {
    fraud_details: { user_report: 'safe' },
    metadata: { seen: 'yes' },
  });
  expect(marked).toMatchObject({
    fraud_details: { user_report: 'safe' },
    metadata: { seen: 'yes' },
    outcome: { risk_level: 'elevated', type: 'manual_review' },
  });
  expect(types(world)).toContain('charge.updated');
});
