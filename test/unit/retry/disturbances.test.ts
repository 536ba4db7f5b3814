import { describe, expect, test } from 'vitest';
import { noteRefusal } from '../../../functions/domain/decline/card-ledger.ts';
import { hourMs, minuteMs } from '../../../functions/domain/time.ts';
import {
  cardMethod,
  declined,
  noon,
  theCustomer,
  theInvoice,
  thePrimary,
  theSecondary,
} from '../../twins/examples.ts';
import type { Disturbance } from '../../twins/scripted-stripe.ts';
import { createWorld, expectAtRest, type World } from './fixtures/world.ts';

/** The secondary's charge meets the disturbance; the primary was refused for lack of funds. */
async function disturbedSecondary(...disturbances: Disturbance[]): Promise<World> {
  const world = await createWorld({ primary: { bank: declined('insufficient_funds') } });
  world.stripe.disturbNext(...disturbances);
  await world.renewalFails();
  await world.work();
  return world;
}

const keysOfPays = ({ stripe }: World) =>
  stripe.changes.filter((each) => each.startsWith('pay')).map((each) => each.slice('pay '.length));

test('a request that neither method nor invoice is to blame for: nothing else is charged, and a person is called', async () => {
  const world = await disturbedSecondary('request_refused');
  expect(world.telemetry.counted('ConfigurationFailed')).toBe(1);
  await world.minutes(20);
  expect(world.ourCharges()).toEqual([]);

  await world.minutes(60);
  await world.minutes(20);
  expect(world.ourCharges()).toEqual(['secondary succeeded']);
  expect(new Set(keysOfPays(world)).size).toBe(2);
  await expectAtRest(world);
});

describe('the answer to a charge is lost', () => {
  test('after it was made: it is found at Stripe, not made again', async () => {
    const world = await disturbedSecondary('lost_after');
    expect((await world.theCase()).openAttempt).not.toBeNull();

    await world.minutes(20);

    expect(world.ourCharges()).toEqual(['secondary succeeded']);
    expect(keysOfPays(world)).toHaveLength(1);
    expect(world.notices()).toMatchObject([{ kind: 'secondary_charged' }]);
    await expectAtRest(world);
  });

  test('after it was refused: the dead card is known, for other invoices too', async () => {
    const world = await createWorld({
      primary: { bank: declined('insufficient_funds') },
      secondary: { bank: declined('stolen_card') },
    });
    world.stripe.disturbNext('lost_after');
    await world.renewalFails();
    await world.work();

    await world.minutes(20);

    expect((await world.ledger('fp-pm_secondary')).blocks).toMatchObject([{ kind: 'card_dead' }]);
    expect(world.ourCharges()).toEqual(['secondary failed']);
  });

  test('before it was made: it is sent again under the same key', async () => {
    const world = await disturbedSecondary('lost_before');

    await world.minutes(20);

    expect(world.ourCharges()).toEqual(['secondary succeeded']);
    expect(keysOfPays(world)).toHaveLength(2);
    expect(new Set(keysOfPays(world)).size).toBe(1);
    await expectAtRest(world);
  });

  test('of the primary: until its outcome is known, the secondary is left alone', async () => {
    const world = await createWorld();
    world.stripe.disturbNext(...Array<Disturbance>(10).fill('lost_before'));
    await world.renewalFails();
    await world.work();

    await world.minutes(3);
    expect(world.stripe.changes.join()).not.toContain(theSecondary);

    await world.later(hourMs);
    await world.minutes(120);
    expect(world.ourCharges()).toEqual(['primary failed', 'secondary succeeded']);
    await expectAtRest(world);
  });

  test('for more than a day: after 23 hours the key is not sent again', async () => {
    const world = await disturbedSecondary(...Array<Disturbance>(1000).fill('lost_before'));
    const [key] = keysOfPays(world);

    for (let hours = 0; hours < 30; hours += 1) await world.later(hourMs);

    const last = keysOfPays(world).lastIndexOf(key ?? '');
    expect(keysOfPays(world).length - 1).toBeGreaterThan(last);
    const [, first] = await world.history();
    expect(first?.event).toMatchObject({ kind: 'attempt', outcome: { kind: 'not_executed' } });
    expect((first?.at ?? 0) - (await world.theCase()).createdAt).toBeGreaterThan(22 * hourMs);
  });

  test('and the consent is withdrawn: it is not sent again, only asked about', async () => {
    const world = await disturbedSecondary('lost_before');
    await withdrawConsent(world);

    await world.minutes(30);

    expect(world.ourCharges()).toEqual([]);
    expect(keysOfPays(world)).toHaveLength(1);
    expect((await world.theCase()).progress).toMatchObject({ state: 'waiting' });
    await expectAtRest(world);
  });

  test('and it is throttled when it is sent again: the first may still have been executed', async () => {
    const world = await disturbedSecondary('lost_before', 'throttled');
    await world.minute();
    await withdrawConsent(world);

    await world.minutes(5);
    expect((await world.theCase()).openAttempt).not.toBeNull();

    await world.minutes(20);
    expect(world.ourCharges()).toEqual([]);
    await expectAtRest(world);
  });

  test('and the subscription is cancelled: the charge is not sent again', async () => {
    const world = await disturbedSecondary('lost_before');
    const { subscription } = (await world.stripe.invoice(theInvoice)) ?? {};
    if (!subscription) throw new Error('The example has a subscription.');
    world.stripe.changeInvoice(theInvoice, {
      subscription: { ...subscription, status: 'canceled' },
    });

    await world.minutes(30);

    expect(world.ourCharges()).toEqual([]);
    expect((await world.theCase()).progress).toMatchObject({ reason: 'subscription_canceled' });
    await expectAtRest(world);
  });

  test('and another secondary was chosen since: the mail names the one that was charged', async () => {
    const world = await disturbedSecondary('lost_after');
    const customer = await world.records.customer(theCustomer);
    if (customer === null) throw new Error('The customer is on record.');
    await world.records.saveCustomer({
      ...customer,
      secondary: null,
      version: customer.version + 1,
    });

    await world.minutes(20);

    expect(world.notices()).toMatchObject([
      { kind: 'secondary_charged', charged: { last4: '5556' } },
    ]);
  });

  test('and the card was blocked before the slot was taken: it does not hang on', async () => {
    const world = await createWorld();
    await world.renewalFails();
    world.stripe.disturbNext('lost_before');
    await world.work();
    const { openAttempt } = await world.theCase();
    const ledger = await world.ledger('fp-pm_primary');
    await world.records.saveLedger({
      ...ledger,
      slots: ledger.slots.filter(({ key }) => key !== openAttempt?.key),
      blocks: [
        {
          scope: 'card',
          kind: 'card_dead',
          at: world.clock.now(),
          source: 'ch_of_another_invoice',
          method: thePrimary,
          revision: 1,
          expMonth: 12,
          expYear: 2030,
        },
      ],
      version: ledger.version + 1,
    });

    await world.minutes(20);

    expect(world.ourCharges()).toEqual(['secondary succeeded']);
    await expectAtRest(world);
  });
});

describe('the consent is withdrawn', () => {
  test('between the claim and the charge: nothing is charged, and the pass goes on at once', async () => {
    const world = await createWorld({ primary: { bank: declined('insufficient_funds') } });
    await world.renewalFails();
    const [message] = world.queues.receive('retry');
    let withdrawn = false;
    const replace: typeof world.table.replace = async (item) => {
      const saved = await world.table.replace(item);
      if (item.openAttempt && !withdrawn) {
        withdrawn = true;
        await withdrawConsent(world);
      }
      return saved;
    };

    await world.run({ ...world, table: { ...world.table, replace } }, message?.body);

    expect(withdrawn).toBe(true);
    expect(keysOfPays(world)).toEqual([]);
    expect((await world.theCase()).progress).toMatchObject({ state: 'waiting' });
    expect(world.notices()).toMatchObject([{ kind: 'payment_failed' }]);
    await expectAtRest(world);
  });
});

async function withdrawConsent({ records }: World): Promise<void> {
  const method = await records.method(theCustomer, theSecondary);
  if (method === null) throw new Error('The secondary is on record.');
  await records.saveMethod({ ...method, consent: null, version: method.version + 1 });
}

describe('Stripe fails with a 5xx', () => {
  test('after the charge was made: it is found', async () => {
    const world = await disturbedSecondary('server_error_after');

    await world.minutes(30);

    expect(world.ourCharges()).toEqual(['secondary succeeded']);
    expect(keysOfPays(world)).toHaveLength(1);
    await expectAtRest(world);
  });

  test('before it was made: only asked about, and tried anew once it is sure', async () => {
    const world = await disturbedSecondary('server_error_before');

    await world.minutes(13);
    expect(keysOfPays(world)).toHaveLength(1);
    await world.minutes(30);

    expect(world.ourCharges()).toEqual(['secondary succeeded']);
    expect(new Set(keysOfPays(world)).size).toBe(2);
    const outcomes = (await world.history()).map(({ event }) =>
      event.kind === 'attempt' ? event.outcome.kind : event.kind,
    );
    expect(outcomes).toEqual(['took_over', 'not_executed', 'succeeded']);
    // A try that never happened does not count against the card.
    expect((await world.ledger('fp-pm_secondary')).slots).toHaveLength(1);
    await expectAtRest(world);
  });
});

test('throttled: nothing is lost, the same key goes again later', async () => {
  const world = await disturbedSecondary('throttled', 'throttled', 'throttled');

  await world.minutes(60);

  expect(world.ourCharges()).toEqual(['secondary succeeded']);
  expect(new Set(keysOfPays(world)).size).toBe(1);
  await expectAtRest(world);
});

test('a primary that Stripe cannot use counts no try and lets the secondary pay', async () => {
  const world = await createWorld();
  world.stripe.disturbNext('method_unusable');
  await world.renewalFails();

  await world.work();

  expect(world.ourCharges()).toEqual(['secondary succeeded']);
  // Stripe's own is the only one.
  expect((await world.ledger('fp-pm_primary')).slots.map(({ key }) => key)).toEqual(['ch_1']);
  expect(world.notices()).toMatchObject([{ failedReason: 'unusable' }]);
  await expectAtRest(world);
});

describe('Stripe refuses our key', () => {
  test('every charge stops, of other invoices too, until a person allows them again', async () => {
    const world = await disturbedSecondary('configuration_failed');
    await world.minutes(60);
    expect(world.ourCharges()).toEqual([]);
    expect(keysOfPays(world)).toHaveLength(1);
    expect(world.telemetry.counted('ConfigurationFailed')).toBeGreaterThan(0);
    expect(await world.records.chargingSwitch()).toMatchObject({ charging: 'stopped' });

    await allowCharging(world);
    await world.minutes(20);

    expect(world.ourCharges()).toEqual(['secondary succeeded']);
    await expectAtRest(world);
  });

  test('already while looking', async () => {
    const world = await createWorld();
    await world.renewalFails();
    const { StripeConfigurationError } = await import(
      '../../../functions/domain/charging-switch.ts'
    );
    const blind = {
      ...world.stripe,
      invoice: () => Promise.reject(new StripeConfigurationError('Stripe answered 401.')),
    };
    const [message] = world.queues.receive('retry');

    await world.run({ ...world, stripe: blind }, message?.body);

    expect(await world.records.chargingSwitch()).toMatchObject({ charging: 'stopped' });
    await allowCharging(world);
    await world.minutes(20);
    expect(world.ourCharges()).toEqual(['primary failed', 'secondary succeeded']);
  });
});

async function allowCharging({ records }: World): Promise<void> {
  const before = await records.chargingSwitch();
  const version = (before?.version ?? 0) + 1;
  const allowed = {
    charging: 'allowed',
    reason: 'the key was mended',
    by: 'ada',
    version,
  } as const;
  await records.saveChargingSwitch(allowed, before);
}

test('the switch is off: nothing is charged; on again: the case goes on by itself', async () => {
  const world = await createWorld();
  const stopped = { charging: 'stopped', reason: 'test', by: 'ada', version: 1 } as const;
  await world.records.saveChargingSwitch(stopped, null);
  await world.renewalFails();
  await world.work();
  await world.minutes(40);
  expect(world.stripe.changes).toEqual([]);

  await allowCharging(world);
  await world.minutes(20);

  expect(world.ourCharges()).toEqual(['primary failed', 'secondary succeeded']);
  await expectAtRest(world);
});

test('observe: decides and explains, but changes nothing at Stripe and mails nobody', async () => {
  const world = await createWorld({ mode: 'observe' });
  await world.renewalFails();

  await world.work();
  await world.later(2 * 24 * hourMs);

  expect(world.stripe.changes).toEqual([]);
  expect(world.notices()).toEqual([]);
  const history = await world.history();
  expect(history[0]?.event).toMatchObject({
    kind: 'observed',
    trace: [
      { rule: 'primary_first', about: 'pm_primary' },
      { rule: 'decline_allows_another_try', about: 'generic' },
      { rule: 'observe_only', about: 'would charge the primary' },
      { rule: 'primary_refused_in_this_pass', about: 'generic' },
      { rule: 'secondary_after_definite_refusal', about: 'pm_secondary' },
      { rule: 'observe_only', about: 'would charge the secondary' },
      { rule: 'primary_refused_in_this_pass', about: 'generic' },
      { rule: 'secondary_refused_in_this_pass', about: 'generic' },
      { rule: 'observe_only', about: 'would charge nothing else' },
      { rule: 'scheduled_after_days', about: '1' },
    ],
  });
  expect(history).toHaveLength(2);
  await expectAtRest(world);
});

describe('the card turns out to be dead', () => {
  test.each<Disturbance>(['throttled', 'lost_before'])(
    'by another invoice, after a request that Stripe did not execute (%s): it is not sent again',
    async (disturbance) => {
      const world = await disturbedSecondary(disturbance);
      const ledger = await world.ledger('fp-pm_secondary');
      const refusal = { kind: 'card_dead', at: noon, revision: 1 } as const;
      await world.records.saveLedger(noteRefusal(ledger, cardMethod(), refusal, 'ch_other'));

      await world.minutes(30);

      expect(world.ourCharges()).toEqual([]);
      expect(keysOfPays(world)).toHaveLength(1);
      expect((await world.ledger('fp-pm_secondary')).slots).toEqual([]);
      await expectAtRest(world);
    },
  );

  test('by the older of two refusals before our first look', async () => {
    const world = await createWorld({ primary: { bank: declined('stolen_card') } });
    world.stripe.tryByItself(theInvoice);
    world.stripe.setBank(thePrimary, declined('generic_decline'));
    await world.renewalFails();
    await world.work();

    expect((await world.ledger('fp-pm_primary')).blocks).toMatchObject([{ kind: 'card_dead' }]);
    expect(world.ourCharges()).toEqual(['secondary succeeded']);
    await expectAtRest(world);
  });
});

describe('a bank debit as backup', () => {
  const type = 'us_bank_account';
  const account = { type, brand: null, last4: '6789', expMonth: null, expYear: null };
  const debit = { bank: 'processes', facts: account } as const;

  test('is on its way: nothing else is charged until it settles', async () => {
    const world = await createWorld({ secondary: debit });
    await world.renewalFails();
    await world.work();
    for (let days = 0; days < 4; days += 1) await world.later(24 * hourMs);
    expect(world.ourCharges()).toEqual(['primary failed', 'secondary pending']);
    expect((await world.theCase()).progress).toMatchObject({ state: 'processing' });

    world.stripe.settleProcessing(theInvoice, 'succeeded');
    await world.event('invoice.paid');
    await world.work();

    expect((await world.theCase()).progress).toMatchObject({
      state: 'recovered',
      role: 'secondary',
    });
    expect(world.ourCharges()).toEqual(['primary failed', 'secondary succeeded']);
    expect(world.notices()).toMatchObject([
      {
        kind: 'debit_started',
        debited: { type, last4: '6789' },
        instead: { failed: { last4: '4242' } },
      },
      { kind: 'secondary_charged', charged: { type, last4: '6789' } },
    ]);
    await expectAtRest(world);
  });

  test('comes back: the pass ends with its refusal, and the owner is told', async () => {
    const world = await createWorld({ secondary: debit });
    await world.renewalFails();
    await world.work();
    world.stripe.settleProcessing(theInvoice, 'failed');
    await world.event('invoice.payment_failed');
    await world.work();

    expect((await world.theCase()).progress).toMatchObject({ state: 'waiting' });
    expect((await world.history()).map(({ event }) => event.kind)).toEqual([
      'took_over',
      'attempt',
      'attempt',
      'waiting',
      'debit_ended',
      'pass_ended',
    ]);
    expect(world.notices()).toMatchObject([
      { kind: 'debit_started' },
      {
        kind: 'debit_returned',
        returned: { card: { type, last4: '6789' } },
        failed: [{ card: { last4: '4242' } }],
        nextTryAt: expect.any(Number),
      },
    ]);
    await expectAtRest(world);
  });

  test('is waited for, whatever else becomes of the invoice', async () => {
    const world = await createWorld({ secondary: debit });
    await world.renewalFails();
    await world.work();
    world.stripe.changeInvoice(theInvoice, { status: 'uncollectible' });
    await world.event('invoice.marked_uncollectible');
    await world.work();
    expect((await world.theCase()).progress).toMatchObject({ state: 'processing' });

    world.stripe.settleProcessing(theInvoice, 'succeeded');
    await world.event('invoice.paid');
    await world.work();
    expect((await world.theCase()).progress).toMatchObject({ state: 'recovered' });
  });
});

describe("a payment of somebody else's is on its way", () => {
  const refused = { bank: declined('insufficient_funds') };

  /** It takes two days, and then comes back. */
  async function comesBack(world: World): Promise<void> {
    world.stripe.setBank(thePrimary, 'processes');
    world.stripe.tryByItself(theInvoice);
    world.stripe.setBank(thePrimary, refused.bank);
    await world.event('invoice.paid');
    await world.minutes(3);
    // Its line in the history does not wait for the next look, hours later.
    expect(await world.theCase()).toMatchObject({ progress: { state: 'processing' }, owed: [] });
    await world.later(30 * hourMs);
    expect((await world.theCase()).progress.state).toBe('processing');
    world.stripe.settleProcessing(theInvoice, 'failed');
    await world.event('invoice.paid');
    await world.minutes(3);
  }

  test('and comes back: the case waits for its day, as before', async () => {
    const policy = { retryAfterDays: [5, 5], paydays: [] };
    const world = await createWorld({ primary: refused, secondary: null, policy });
    await world.renewalFails();
    await world.work();
    const { progress } = await world.theCase();
    const charges = world.ourCharges();
    await comesBack(world);
    expect((await world.theCase()).progress).toEqual(progress);
    expect(world.ourCharges()).toEqual(charges);
    await expectAtRest(world);
  });

  test('and comes back after the last try: nothing is tried, unless somebody asks for it', async () => {
    const policy = { retryAfterDays: [] };
    const world = await createWorld({ primary: refused, secondary: null, policy });
    await world.renewalFails();
    await world.work();
    const { progress } = await world.theCase();
    expect(progress.state).toBe('exhausted');
    await comesBack(world);
    expect((await world.theCase()).progress).toEqual(progress);
    const charges = world.ourCharges().length;
    const stored = await world.theCase();
    await world.records.saveCase({ ...stored, retryWanted: 1, version: stored.version + 1 });
    await world.later(hourMs);
    expect(world.ourCharges().length).toBeGreaterThan(charges);
  });
});

describe('a retry is wanted', () => {
  test('while a pass is under way: it is served by a pass of its own', async () => {
    const world = await createWorld({ secondary: { bank: declined('generic_decline') } });
    await world.renewalFails();
    const [message] = world.queues.receive('retry');
    let wished = false;
    const stripe = {
      ...world.stripe,
      pay: async (...parameters: Parameters<typeof world.stripe.pay>) => {
        const answer = await world.stripe.pay(...parameters);
        if (!wished) await wish(world);
        wished = true;
        return answer;
      },
    };

    await world.run({ ...world, stripe }, message?.body);

    expect(world.ourCharges()).toEqual([
      'primary failed',
      'secondary failed',
      'primary failed',
      'secondary failed',
    ]);
    expect(await world.theCase()).toMatchObject({ retryWanted: 1, retryServed: 1 });
    await expectAtRest(world);
  });

  test('between two passes: it runs at once and uses nothing of the schedule', async () => {
    const world = await createWorld({ secondary: { bank: declined('generic_decline') } });
    await world.renewalFails();
    await world.work();
    const before = await world.theCase();

    await wish(world);
    await world.queues.sendRetryNow({
      v: 1,
      type: 'pass',
      customer: theCustomer,
      invoice: theInvoice,
    });
    await world.work();

    expect(world.ourCharges()).toHaveLength(4);
    const after = await world.theCase();
    expect(after.progress).toEqual(before.progress);
    expect(after.scheduleUsed).toBe(before.scheduleUsed);
    expect(world.notices()).toHaveLength(1);
    await expectAtRest(world);
  });

  test('and its message is lost: the sweep finds the wish', async () => {
    const world = await createWorld({ secondary: null, policy: { retryAfterDays: [] } });
    await world.renewalFails();
    await world.work();
    expect((await world.theCase()).progress).toMatchObject({ state: 'exhausted' });

    world.stripe.setBank(thePrimary, 'pays');
    await wish(world);
    await world.minutes(2);

    expect(world.ourCharges()).toEqual(['primary failed', 'primary succeeded']);
    await expectAtRest(world);
  });
});

async function wish({ records, theCase }: World): Promise<void> {
  const { wantRetry } = await import('../../../functions/domain/case/advance-case.ts');
  expect(await records.saveCase(wantRetry(await theCase()))).toBe(true);
}

test('a hold stops all charges until it is over', async () => {
  const world = await createWorld();
  await world.renewalFails();
  const held = await world.theCase();
  await world.records.saveCase({
    ...held,
    hold: { reason: 'the customer is paying', until: world.clock.now() + 30 * minuteMs },
    version: held.version + 1,
  });

  await world.work();
  await world.minutes(20);
  expect(world.ourCharges()).toEqual([]);

  await world.minutes(20);
  expect(world.ourCharges()).toEqual(['primary failed', 'secondary succeeded']);
});
