import { describe, expect, test } from 'vitest';
import { createStripeReconcile } from '../../../functions/adapters/stripe-reconcile.ts';
import { stripeSdk } from '../../../functions/adapters/stripe-sdk.ts';
import { type DunningCase, hintedCase } from '../../../functions/domain/case/dunning-case.ts';
import { recordCustomer } from '../../../functions/domain/customer/customer.ts';
import { chargeId, customerId, invoiceId } from '../../../functions/domain/ids.ts';
import { handledEventTypes } from '../../../functions/domain/stripe/stripe-events.ts';
import type {
  ListedInvoice,
  StripeReconcile,
} from '../../../functions/domain/stripe/stripe-reconcile.ts';
import { dayMs, hourMs, minuteMs } from '../../../functions/domain/time.ts';
import type { ReconcileDependencies } from '../../../functions/reconcile/dependencies.ts';
import { reconcile } from '../../../functions/reconcile/reconcile.ts';
import { type AccountWorld, openAccountWorld } from '../../twins/account-world.ts';
import { examplePolicy, openAttemptOf } from '../../twins/examples.ts';
import { ProcessDied, startLife } from '../../twins/mortal-ports.ts';
import { pastDue } from '../local-stripe/world.ts';

interface World extends AccountWorld {
  readonly ids: { readonly customer: string; readonly invoice: string; readonly primary: string };
  run(changes?: Partial<ReconcileDependencies>): Promise<void>;
  theCase(): Promise<DunningCase | null>;
  addCase(change?: Partial<DunningCase>): Promise<void>;
  /** What was queued since the last look, without its version. */
  queued(): readonly object[];
}

/** A renewal that failed, and an endpoint that takes no event. */
async function openWorld(): Promise<World> {
  const world = await openAccountWorld();
  const { account, local, queues, table, telemetry, clock } = world;
  local.control.deliveries.hold();
  await world.stripe.webhookEndpoints.create({
    url: 'http://127.0.0.1:9/webhooks/stripe',
    // The SDK's list of types is longer; ours holds those that Stripe knows.
    enabled_events: handledEventTypes as ['invoice.paid'],
  });
  const ids = await pastDue(world);
  const customer = customerId(ids.customer);
  const invoice = invoiceId(ids.invoice);
  const { records } = account;
  const dependencies: ReconcileDependencies = {
    table,
    records,
    queues,
    stripe: stripeOf(world),
    policy: examplePolicy,
    clock,
    log: telemetry.log,
    metrics: telemetry.metrics,
    remainingMs: () => hourMs,
  };
  return {
    ...world,
    ids,
    run: (changes = {}) => reconcile({ ...dependencies, ...changes }),
    theCase: () => records.case(customer, invoice),
    addCase: async (change = {}) => {
      const hinted = hintedCase(customer, invoice, clock.now());
      await records.addCase({ ...hinted, ...waiting(clock.now()), ...change });
    },
    queued: () =>
      queues.receive('retry').map(({ body }) => {
        const { v: _, ...message } = Object(body);
        return message;
      }),
  };
}

const waiting = (now: number) => ({
  progress: { state: 'waiting', dueAt: now + 3 * dayMs } as const,
});

/** A comparison that sees no event: all of them were taken up before. */
const withoutEvents = (world: World): Partial<ReconcileDependencies> => ({
  stripe: { ...stripeOf(world), undeliveredEvents: async () => ({ rows: [], next: null }) },
});

const stripeOf = ({ local }: AccountWorld): StripeReconcile =>
  createStripeReconcile({
    apiKey: { value: async () => local.apiKey, forget: () => undefined },
    connect: stripeSdk({ livemode: false, apiBase: `http://127.0.0.1:${local.port}` }),
  });

const settle = ({ ids }: World) => ({
  type: 'settle',
  customer: ids.customer,
  invoice: ids.invoice,
});

describe('a failure of which no event told', () => {
  test('is taken up, and counted', async () => {
    const world = await openWorld();
    await world.run(withoutEvents(world));
    expect(await world.theCase()).toMatchObject({ progress: { state: 'due' } });
    expect(world.queued()).toEqual([{ ...settle(world), type: 'pass' }]);
    expect(world.telemetry.counted('MissedFailuresFound')).toBe(1);
    await world.run(withoutEvents(world));
    expect(world.telemetry.counted('MissedFailuresFound')).toBe(1);
  });

  test('of a sign-up, or older than any retry would be, is left alone', async () => {
    const world = await openWorld();
    const rows = await stripeOf(world).openInvoices(0, null);
    const [listed] = rows.rows;
    if (listed === undefined) throw new Error('Stripe lists the invoice.');
    for (const change of [
      { billingReason: 'subscription_create' },
      { attempted: false },
      { livemode: true },
    ]) {
      await world.run(listing(world, [{ ...listed, ...change }]));
    }
    world.clock.advance(examplePolicy.windowDays * dayMs);
    await world.run(withoutEvents(world));
    expect(await world.theCase()).toBeNull();
  });

  test('whose payment is on its way needs no case', async () => {
    const world = await openWorld();
    const stripe = stripeOf(world);
    await world.run({
      stripe: {
        ...stripe,
        undeliveredEvents: async () => ({ rows: [], next: null }),
        async invoice(id) {
          const facts = await stripe.invoice(id);
          return facts && { ...facts, paymentProcessing: true };
        },
      },
    });
    expect(await world.theCase()).toBeNull();
  });
});

const listing = (world: World, rows: readonly ListedInvoice[]): Partial<ReconcileDependencies> => ({
  stripe: {
    ...stripeOf(world),
    openInvoices: async () => ({ rows, next: null }),
    undeliveredEvents: async () => ({ rows: [], next: null }),
  },
});

describe('an open case', () => {
  test('whose invoice was settled elsewhere is looked at', async () => {
    const world = await openWorld();
    await world.addCase();
    await world.stripe.invoices.voidInvoice(world.ids.invoice);
    await world.run(withoutEvents(world));
    expect(world.queued()).toEqual([settle(world)]);
  });

  test('whose invoice is open at Stripe is left alone', async () => {
    const world = await openWorld();
    await world.addCase();
    await world.run(withoutEvents(world));
    expect(world.queued()).toEqual([]);
  });

  test('of ours that Stripe retries by itself again is looked at', async () => {
    const world = await openWorld();
    await world.addCase({ ownsCollection: true });
    await world.run(withoutEvents(world));
    expect(world.queued()).toEqual([settle(world)]);
    await world.stripe.invoices.update(world.ids.invoice, { auto_advance: false });
    await world.run(withoutEvents(world));
    expect(world.queued()).toEqual([]);
  });

  test('with an attempt whose outcome nobody knows for an hour is counted and looked at', async () => {
    const world = await openWorld();
    const startedAt = world.clock.now() - hourMs + 5 * minuteMs;
    await world.addCase({ openAttempt: openAttemptOf({ startedAt }) });
    await world.run(withoutEvents(world));
    expect(world.telemetry.counted('OutcomesUnknown')).toBe(0);
    world.clock.advance(10 * minuteMs);
    await world.run(withoutEvents(world));
    expect(world.telemetry.counted('OutcomesUnknown')).toBe(1);
    expect(world.queued()).toEqual([settle(world)]);
  });

  test('that is older than the list is looked at once a day', async () => {
    const world = await openWorld();
    await world.addCase();
    world.clock.advance((examplePolicy.windowDays + 1) * dayMs);
    for (let hour = 0; hour < 24; hour += 1) {
      await world.run(withoutEvents(world));
      world.clock.advance(hourMs);
    }
    expect(world.queued()).toEqual([settle(world)]);
  });

  test('with a trouble after its payment is no open one', async () => {
    const world = await openWorld();
    const progress = { state: 'recovered', endedAt: 0, role: 'primary' } as const;
    const trouble = { source: 'dp_1', kind: 'dispute', reason: 'general' } as const;
    const amount = { amount: 1, currency: 'usd' };
    const troubles = [{ ...trouble, charge: chargeId('ch_1'), method: null, amount, at: 0 }];
    await world.addCase({ progress, troubles });
    await world.run(withoutEvents(world));
    expect(world.queued()).toEqual([]);
  });
});

test('a customer with an open case whose mirror is a day old is looked at, once for all cases', async () => {
  const world = await openWorld();
  await world.addCase();
  const { records, stripe } = world.account;
  const customer = customerId(world.ids.customer);
  const other = hintedCase(customer, invoiceId('in_other'), world.clock.now());
  await records.addCase({ ...other, ...waiting(world.clock.now()) });
  const holder = await stripe.customer(customer);
  if (holder === null) throw new Error('Stripe has the customer.');
  const recorded = { ...recordCustomer(holder, null), mirroredAt: world.clock.now() };
  await records.addCustomer(recorded);
  const mirrors = () => world.queued().filter((each) => Object(each).type === 'customer');
  await world.run(withoutEvents(world));
  expect(mirrors()).toEqual([]);
  world.clock.advance(dayMs);
  await world.run(withoutEvents(world));
  expect(mirrors()).toEqual([{ type: 'customer', customer }]);
});

describe('events that could not be delivered', () => {
  test('are taken up as the webhook takes them', async () => {
    const world = await openWorld();
    const none = { rows: [], next: null };
    await world.run({ stripe: { ...stripeOf(world), openInvoices: async () => none } });
    expect(await world.theCase()).toMatchObject({ progress: { state: 'due' } });
    expect(world.queued()).toContainEqual({ ...settle(world), type: 'pass' });
  });

  test('are taken up once: the next comparison begins where this one began', async () => {
    const world = await openWorld();
    const asked: number[] = [];
    const stripe: StripeReconcile = {
      ...stripeOf(world),
      async undeliveredEvents(from) {
        asked.push(world.clock.now() - from);
        return { rows: [], next: null };
      },
    };
    await world.run({ stripe });
    world.clock.advance(hourMs);
    await world.run({ stripe });
    const [first = 0, second = 0] = asked;
    expect(first / hourMs).toBeCloseTo(24, 1);
    expect(second / minuteMs).toBeCloseTo(70, 0);
  });
});

describe('a run that has no time left', () => {
  const pages: StripeReconcile['openInvoices'] = async (_, after) => ({
    rows: [],
    next: after === null ? 'in_100' : null,
  });

  test('says where it stood, and the next one goes on there', async () => {
    const world = await openWorld();
    const asked: (string | null)[] = [];
    const stripe: StripeReconcile = {
      ...stripeOf(world),
      undeliveredEvents: async () => ({ rows: [], next: null }),
      openInvoices: (from, after) => {
        asked.push(after);
        return pages(from, after);
      },
    };
    let left = hourMs;
    await world.run({
      stripe,
      remainingMs: () => {
        const now = left;
        left = 0;
        return now;
      },
    });
    const began = world.clock.now();
    expect(await world.account.records.reconciliation()).toMatchObject({
      comparedAt: null,
      round: { place: { list: 'invoices', after: 'in_100' } },
    });
    await world.run({ stripe });
    expect(asked).toEqual([null, 'in_100']);
    const done = await world.account.records.reconciliation();
    expect(done.round).toBeNull();
    expect(done.comparedAt).toBeLessThanOrEqual(began);
  });

  test('and no list of its own does not take a case for settled', async () => {
    const world = await openWorld();
    await world.addCase();
    const place = { list: 'invoices', after: 'in_unknown' } as const;
    const round = { beganAt: world.clock.now(), place };
    await world.account.records.saveReconciliation({ comparedAt: null, round, version: 1 });
    const stripe = { ...stripeOf(world), openInvoices: async () => ({ rows: [], next: null }) };
    const undeliveredEvents = async () => ({ rows: [], next: null });
    // In which hour the case has its turn depends on its invoice: all others leave it alone.
    let looks = 0;
    for (let hour = 0; hour < 24; hour += 1) {
      await world.run({ stripe: { ...stripe, undeliveredEvents } });
      looks += world.queued().length;
      const { version } = await world.account.records.reconciliation();
      const again = { comparedAt: null, round, version: version + 1 };
      await world.account.records.saveReconciliation(again);
      world.clock.advance(hourMs);
    }
    expect(looks).toBe(1);
  });
});

test('one row that cannot be looked at keeps back no other, and the run fails', async () => {
  const world = await openWorld();
  const stripe = stripeOf(world);
  const [row] = (await stripe.openInvoices(0, null)).rows;
  if (row === undefined) throw new Error('Stripe lists the invoice.');
  const broken = { ...row, invoice: invoiceId('in_broken') };
  const running = world.run({
    stripe: {
      ...stripe,
      undeliveredEvents: async () => ({ rows: [], next: null }),
      openInvoices: async () => ({ rows: [broken, row], next: null }),
      invoice: async (id) =>
        id === 'in_broken'
          ? Promise.reject(new Error('a status that is not known'))
          : stripe.invoice(id),
    },
  });
  await expect(running).rejects.toThrow('Not everything could be compared with Stripe.');
  expect(await world.theCase()).not.toBeNull();
  expect(await world.account.records.reconciliation()).toMatchObject({
    comparedAt: null,
    round: null,
  });
});

test('wherever the process dies, the next run does the rest', async () => {
  const life = startLife();
  const counted = await openWorld();
  await counted.run(mortal(counted, life));
  expect(life.calls()).toBeGreaterThan(10);
  for (let call = 1; call <= life.calls(); call += 3) {
    const world = await openWorld();
    const dying = startLife({ call, when: call % 2 === 0 ? 'before' : 'after' });
    await world.run(mortal(world, dying)).catch((error: unknown) => {
      const causes = error instanceof AggregateError ? error.errors : [error];
      expect(causes.every((cause) => cause instanceof ProcessDied)).toBe(true);
    });
    await world.run();
    expect(await world.theCase()).toMatchObject({ progress: { state: 'due' } });
    expect(world.queued()).toContainEqual({ ...settle(world), type: 'pass' });
  }
});

const mortal = (world: World, life: ReturnType<typeof startLife>) => ({
  table: life.wrap(world.table),
  records: life.wrap(world.account.records),
  queues: life.wrap(world.queues),
  stripe: life.wrap(stripeOf(world)),
});
