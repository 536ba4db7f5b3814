import { describe, expect, test } from 'vitest';
import { hintedCase } from '../../../functions/domain/case/dunning-case.ts';
import { invoiceId } from '../../../functions/domain/ids.ts';
import { dayMs, hourMs, minuteMs } from '../../../functions/domain/time.ts';
import {
  cardFacts,
  declined,
  examplePolicy,
  invoiceFactsOf,
  noon,
  theCustomer,
  theInvoice,
  thePrimary,
  theSecondary,
} from '../../twins/examples.ts';
import { createWorld, expectAtRest } from './fixtures/world.ts';

describe('a renewal fails', () => {
  test('for no clear reason: the primary once more, then the secondary, and a mail', async () => {
    const world = await createWorld({ primary: { bank: declined('generic_decline') } });

    await world.renewalFails();
    await world.work();

    expect(world.ourCharges()).toEqual(['primary failed', 'secondary succeeded']);
    expect((await world.theCase()).progress).toMatchObject({
      state: 'recovered',
      role: 'secondary',
    });
    expect(world.stripe.changes[0]).toContain('auto_advance false');
    expect(await world.notices()).toEqual([
      expect.objectContaining({
        kind: 'secondary_charged',
        amount: { amount: 1050, currency: 'usd' },
        failedReason: 'declined',
        failed: { type: 'card', brand: 'visa', last4: '4242' },
        charged: { type: 'card', brand: 'visa', last4: '5556' },
      }),
    ]);
    await expectAtRest(world);
  });

  test.each(['insufficient_funds', 'stolen_card', 'expired_card', 'fraudulent'])(
    'with %s: another try of the primary would be wasted, so the secondary at once',
    async (code) => {
      const world = await createWorld({ primary: { bank: declined(code) } });

      await world.renewalFails();
      await world.work();

      expect(world.ourCharges()).toEqual(['secondary succeeded']);
      await expectAtRest(world);
    },
  );

  test('with stolen_card: no other invoice tries that card either', async () => {
    const world = await createWorld({ primary: { bank: declined('stolen_card') } });
    await world.renewalFails();
    await world.work();
    const other = invoiceId('in_2');
    const { charges, paymentProcessing, customer, ...example } = invoiceFactsOf();
    world.stripe.putInvoice({ ...example, invoice: other, primary: thePrimary });
    await world.records.addCase(hintedCase(theCustomer, other, world.clock.now()));

    await world.minutes(2);

    expect(world.ourCharges()).toEqual(['secondary succeeded', 'secondary succeeded']);
  });

  test('with authentication required: a day for the customer to confirm, then the secondary', async () => {
    const world = await createWorld({ primary: { bank: declined('authentication_required') } });

    await world.renewalFails();
    await world.work();

    expect(world.ourCharges()).toEqual([]);
    const { progress, fallbackAt, nextScheduledAt } = await world.theCase();
    expect(progress).toMatchObject({ state: 'action_required' });
    expect(fallbackAt).toBe(noon + 24 * hourMs);
    expect(world.notices()).toMatchObject([{ kind: 'authentication_needed' }]);
    // By the schedule the next morning, which tries the primary no more.
    await world.later((nextScheduledAt ?? 0) - world.clock.now());
    expect(world.ourCharges()).toEqual([]);
    expect((await world.theCase()).progress.state).toBe('action_required');

    await world.later(4 * hourMs);

    expect(world.ourCharges()).toEqual(['secondary succeeded']);
    expect(world.notices().at(-1)).toMatchObject({
      kind: 'secondary_charged',
      failedReason: 'authentication',
    });
    await expectAtRest(world);
  });

  test('with authentication required, under a policy that waits for nobody', async () => {
    const { declines } = examplePolicy;
    const authentication = { tryAgainAtOnce: false, fallback: 'at_once' } as const;
    const world = await createWorld({
      primary: { bank: declined('authentication_required') },
      policy: { declines: { ...declines, authentication } },
    });

    await world.renewalFails();
    await world.work();

    expect(world.ourCharges()).toEqual(['secondary succeeded']);
    expect(world.notices()).toMatchObject([{ failedReason: 'authentication' }]);
  });

  test('and the primary works on its second try: no secondary, no mail', async () => {
    const world = await createWorld({ primary: { bank: declined('generic_decline') } });
    await world.renewalFails();
    world.stripe.setBank(thePrimary, 'pays');

    await world.work();

    expect(world.ourCharges()).toEqual(['primary succeeded']);
    expect((await world.theCase()).progress).toMatchObject({ state: 'recovered', role: 'primary' });
    expect(world.notices()).toEqual([]);
    await expectAtRest(world);
  });

  test('both methods are refused, and a day later the secondary works', async () => {
    const world = await createWorld({ secondary: { bank: declined('insufficient_funds') } });

    await world.renewalFails();
    await world.work();

    expect(world.ourCharges()).toEqual(['primary failed', 'secondary failed']);
    const { progress } = await world.theCase();
    expect(progress).toMatchObject({ state: 'waiting' });
    expect(world.notices()).toMatchObject([
      {
        kind: 'payment_failed',
        failed: [
          { card: { last4: '4242' }, reason: 'declined' },
          { card: { last4: '5556' }, reason: 'insufficient_funds' },
        ],
        nextTryAt: 'dueAt' in progress ? progress.dueAt : null,
      },
    ]);

    world.stripe.setBank(theSecondary, 'pays');
    await world.later(20 * hourMs);
    expect(world.ourCharges()).toHaveLength(2);
    await world.later(6 * hourMs);

    expect(world.ourCharges().slice(2)).toEqual(['primary failed', 'secondary succeeded']);
    expect(world.notices().map(({ kind }) => kind)).toEqual([
      'payment_failed',
      'secondary_charged',
    ]);
    await expectAtRest(world);
  });

  test('no method pays, and a day later the primary does: who was told of the one hears of the other', async () => {
    const world = await createWorld({ secondary: null });
    await world.renewalFails();
    await world.work();
    world.stripe.setBank(thePrimary, 'pays');

    await world.later(26 * hourMs);

    expect((await world.theCase()).progress).toMatchObject({ state: 'recovered' });
    expect(world.notices()).toMatchObject([
      { kind: 'payment_failed' },
      { kind: 'recovered', charged: { brand: 'visa', last4: '4242' }, amount: { amount: 1050 } },
    ]);
    await expectAtRest(world);
  });

  test('and the secondary turns out to be dead: the next pass leaves it alone', async () => {
    const world = await createWorld({ secondary: { bank: declined('lost_card') } });
    await world.renewalFails();
    await world.work();
    expect(world.ourCharges()).toEqual(['primary failed', 'secondary failed']);

    await world.later(26 * hourMs);

    expect(world.ourCharges().slice(2)).toEqual(['primary failed']);
  });

  test('for good: the schedule is used up, and the last mail announces no further try', async () => {
    const world = await createWorld({ secondary: null, policy: { retryAfterDays: [1, 3] } });

    await world.renewalFails();
    await world.work();
    await world.later(1 * dayMs + hourMs);
    await world.later(3 * dayMs + hourMs);
    await world.later(30 * dayMs);

    expect(world.ourCharges()).toEqual(['primary failed', 'primary failed', 'primary failed']);
    expect((await world.theCase()).progress).toMatchObject({ state: 'exhausted' });
    expect(world.notices()).toHaveLength(3);
    expect(world.notices().at(-1)).toMatchObject({ kind: 'payment_failed', nextTryAt: null });
    await expectAtRest(world);
  });
});

describe('the secondary is left alone', () => {
  test.each([
    ['there is none', { secondary: null }],
    ['nobody agreed to it', { secondary: { consent: null } }],
    [
      'it is the same card as the primary',
      {
        primary: { facts: { fingerprint: 'fp-same' } },
        secondary: { facts: { fingerprint: 'fp-same' } },
      },
    ],
    ['it was detached', { secondary: { facts: { customer: null } } }],
  ] as const)('where %s', async (_, options) => {
    const world = await createWorld(options);

    await world.renewalFails();
    await world.work();

    expect(world.ourCharges()).toEqual(['primary failed']);
    expect(world.notices()).toMatchObject([{ kind: 'payment_failed' }]);
    await expectAtRest(world);
  });
});

describe('what is not ours, or no longer open', () => {
  test('a failed sign-up is not touched, and its customer not recorded', async () => {
    const world = await createWorld({
      secondary: null,
      invoice: { billingReason: 'subscription_create' },
    });

    await world.renewalFails();
    await world.work();
    await world.later(60 * dayMs);

    expect(world.stripe.changes).toEqual([]);
    expect(world.table.items().map(({ sk }) => sk)).toEqual(['LOG#in_1#0001', 'V#CASE#in_1']);
    expect((await world.theCase()).progress).toMatchObject({ state: 'closed', reason: 'not_ours' });
    expect(world.notices()).toEqual([]);
  });

  test.each([
    ['paid', 'paid_elsewhere'],
    ['void', 'voided'],
    ['uncollectible', 'uncollectible'],
  ] as const)('an invoice that is %s meanwhile is closed as %s', async (status, reason) => {
    const world = await createWorld();
    await world.renewalFails();
    world.stripe.changeInvoice(theInvoice, { status });

    await world.work();

    expect(world.stripe.changes).toEqual([]);
    expect((await world.theCase()).progress).toMatchObject({ state: 'closed', reason });
    await expectAtRest(world);
  });

  test('paid elsewhere between two passes: the event ends the case before its next time', async () => {
    const world = await createWorld({ secondary: { bank: declined('generic_decline') } });
    await world.renewalFails();
    await world.work();
    world.stripe.changeInvoice(theInvoice, { status: 'paid' });

    await world.event('invoice.paid');
    await world.work();

    expect((await world.theCase()).progress).toMatchObject({ reason: 'paid_elsewhere' });
    await world.later(2 * dayMs);
    expect(world.ourCharges()).toHaveLength(2);
  });

  test('a cancelled subscription is handed back to Stripe', async () => {
    const world = await createWorld({ secondary: { bank: declined('generic_decline') } });
    await world.renewalFails();
    await world.work();
    const { subscription } = (await world.stripe.invoice(theInvoice)) ?? {};
    if (!subscription) throw new Error('The example has a subscription.');
    world.stripe.changeInvoice(theInvoice, {
      subscription: { ...subscription, status: 'canceled' },
    });

    await world.later(2 * dayMs);

    expect((await world.theCase()).progress).toMatchObject({ reason: 'subscription_canceled' });
    expect((await world.stripe.invoice(theInvoice))?.autoAdvance).toBe(true);
    expect(world.ourCharges()).toHaveLength(2);
  });
});

describe('events come in any number', () => {
  test('our own declines come back as events and start no pass', async () => {
    const world = await createWorld({ secondary: { bank: declined('generic_decline') } });
    await world.renewalFails();
    await world.work();

    for (let each = 0; each < 5; each += 1) await world.event('invoice.payment_failed');
    await world.minutes(30);

    expect(world.ourCharges()).toHaveLength(2);
    expect(world.notices()).toHaveLength(1);
    await expectAtRest(world);
  });

  test('a message about a case that nobody recorded does nothing', async () => {
    const world = await createWorld();
    await world.queues.sendRetry({
      v: 1,
      type: 'pass',
      customer: cardFacts().customer ?? (await world.theCase()).customer,
      invoice: theInvoice,
    });

    await world.work();

    expect(world.stripe.changes).toEqual([]);
  });
});

test('a process with too little time left leaves the charge to the next one', async () => {
  const world = await createWorld();
  await world.renewalFails();
  const [message] = world.queues.receive('retry');

  await world.run(world, message?.body, 30_000);
  expect(world.ourCharges()).toEqual([]);

  await world.later(20 * minuteMs);
  expect(world.ourCharges()).toEqual(['primary failed', 'secondary succeeded']);
  await expectAtRest(world);
});
