import { describe, expect, test } from 'vitest';
import {
  type DunningCase,
  hintedCase,
  sweepAt,
} from '../../../functions/domain/case/dunning-case.ts';
import { endDunning } from '../../../functions/domain/case/end-of-dunning.ts';
import { standingOf } from '../../../functions/domain/case/standing.ts';
import { invoiceId } from '../../../functions/domain/ids.ts';
import type { EndPolicy } from '../../../functions/domain/policy.ts';
import { dayMs, hourMs } from '../../../functions/domain/time.ts';
import {
  declined,
  examplePolicy,
  invoiceFactsOf,
  theCustomer,
  theInvoice,
  thePrimary,
} from '../../twins/examples.ts';
import { type Death, startLife } from '../../twins/mortal-ports.ts';
import { createWorld, expectAtRest, type World } from './fixtures/world.ts';

const broke = declined('insufficient_funds');
const openEnding = (end: Partial<EndPolicy>) =>
  createWorld({
    primary: { bank: broke },
    secondary: { bank: broke },
    policy: { retryAfterDays: [4], paydays: [], end: { ...examplePolicy.end, ...end } },
  });

const standing = async ({ records, clock }: World) => {
  const { customer, cases } = await records.cases(theCustomer);
  return standingOf(customer?.extension ?? null, cases, clock.now());
};
const kindsOf = ({ notices }: World) => notices().map(({ kind }) => kind);
const changesOf = ({ stripe }: World, what: string) =>
  stripe.changes.filter((change) => change.startsWith(what));

/** To the hour, as long as it takes. */
async function until(world: World, isThere: () => Promise<boolean>): Promise<void> {
  for (let hours = 0; hours < 24 * 40; hours += 6) {
    if (await isThere()) return;
    await world.later(6 * hourMs);
  }
  throw new Error('It did not come within 40 days.');
}

async function untilExhausted(world: World): Promise<void> {
  await world.renewalFails();
  await world.work();
  await until(world, async () => (await world.theCase()).progress.state === 'exhausted');
}
const untilEnded = (world: World) =>
  until(world, async () => typeof (await world.theCase()).end?.doneAt === 'number');

const { charges, paymentProcessing, customer, ...example } = invoiceFactsOf();
const { subscription } = example;
if (subscription === null) throw new Error('The example belongs to a subscription.');
const paused = { ...subscription, collectionPaused: true };
const secondInvoice = invoiceId('in_2');

/** Another invoice of the same subscription has failed. */
async function addSecondInvoice({ stripe, records, clock }: World): Promise<void> {
  const autoAdvance = true;
  stripe.putInvoice({ ...example, invoice: secondInvoice, primary: thePrimary, autoAdvance });
  await records.addCase(hintedCase(theCustomer, secondInvoice, clock.now()));
}

describe('dunning ends without payment', () => {
  test('told before the last try, when the end is known, before it comes, and when it came', async () => {
    const world = await openEnding({ access: 'suspend' });
    await world.renewalFails();
    await world.work();
    expect(kindsOf(world)).toEqual(['payment_failed']);
    expect(world.notices()).toMatchObject([{ nextIsLast: true }]);
    expect((await standing(world)).standing).toBe('past_due');

    await until(world, async () => (await world.theCase()).progress.state === 'exhausted');
    // The last failure and the end that it brings are one mail.
    expect(kindsOf(world)).toEqual(['payment_failed', 'last_try_ahead', 'payment_failed']);
    const { end } = await world.theCase();
    if (end === undefined) throw new Error('The end is announced.');
    expect(world.notices()[2]).toMatchObject({
      nextTryAt: null,
      end: { endsAt: end.at, access: 'suspend', action: 'leave_open' },
    });
    expect(await standing(world)).toMatchObject({ standing: 'grace', until: end.at });

    await world.later(end.at - 2 * dayMs - world.clock.now());
    expect(kindsOf(world).slice(3)).toEqual(['end_ahead']);
    await world.later(end.at - hourMs - world.clock.now());
    expect((await standing(world)).standing).toBe('grace');
    expect(kindsOf(world)).toHaveLength(4);

    await world.later(2 * hourMs);
    expect(await standing(world)).toMatchObject({ standing: 'suspended', since: end.at });
    expect(kindsOf(world).slice(4)).toEqual(['dunning_ended']);
    // Nothing follows by itself, and the customer's own wish is still served.
    expect(sweepAt(await world.theCase())).toBeNull();
    await expectAtRest(world);
  });

  test.each([
    ['mark_uncollectible', 'uncollectible'],
    ['cancel_subscription', 'subscription_canceled'],
  ] as const)('%s: done once, and not given back to Stripe', async (action, reason) => {
    const world = await openEnding({ access: 'suspend', action });
    await untilExhausted(world);
    await untilEnded(world);
    expect(changesOf(world, action)).toEqual([`${action} backstop-in_1-end-${action}`]);
    await world.event('invoice.marked_uncollectible');
    await world.minutes(3);
    expect((await world.theCase()).progress).toMatchObject({ state: 'closed', reason });
    expect(changesOf(world, 'auto_advance true')).toEqual([]);
    expect((await standing(world)).standing).toBe('suspended');
    await world.event('invoice.marked_uncollectible');
    await world.minutes(3);
    const closed = (await world.history()).filter(({ event }) => event.kind === 'closed');
    expect(closed).toHaveLength(1);

    world.stripe.changeInvoice(theInvoice, { status: 'paid' });
    await world.event('invoice.paid');
    await world.minutes(3);
    expect((await standing(world)).standing).toBe('good');
    expect(kindsOf(world).at(-1)).toBe('access_restored');
    await expectAtRest(world);
  });

  test('pause_subscription: still paid by a retry, which ends the pause', async () => {
    const world = await openEnding({ access: 'suspend', action: 'pause_subscription' });
    await untilExhausted(world);
    await untilEnded(world);
    await world.event('invoice.marked_uncollectible');
    await world.minutes(3);
    expect((await world.theCase()).progress.state).toBe('exhausted');
    world.stripe.setBank(thePrimary, 'pays');
    const stored = await world.theCase();
    await world.records.saveCase({ ...stored, retryWanted: 1, version: stored.version + 1 });
    await world.later(hourMs);
    expect((await world.theCase()).progress).toMatchObject({ state: 'recovered', role: 'primary' });
    expect(changesOf(world, 'resume')).toEqual(['resume backstop-in_1-resume']);
    expect((await standing(world)).standing).toBe('good');
    expect(kindsOf(world).at(-1)).toBe('access_restored');
    await expectAtRest(world);
  });

  test('pause_subscription: another invoice of the subscription is collected all the same', async () => {
    const world = await openEnding({ access: 'suspend', action: 'pause_subscription' });
    await untilExhausted(world);
    await untilEnded(world);
    await addSecondInvoice(world);
    world.stripe.changeInvoice(secondInvoice, { subscription: paused });
    world.stripe.setBank(thePrimary, 'pays');
    await world.later(hourMs);
    const second = await world.records.case(theCustomer, secondInvoice);
    expect(second?.progress).toMatchObject({ state: 'recovered' });
    expect(changesOf(world, 'auto_advance true')).toEqual([]);
  });

  test('pause_subscription: paused until the last invoice that ended so is paid', async () => {
    const world = await openEnding({ access: 'suspend', action: 'pause_subscription' });
    await world.renewalFails();
    await addSecondInvoice(world);
    const isEnded = (found: DunningCase | null) => typeof found?.end?.doneAt === 'number';
    await until(world, async () => {
      const second = await world.records.case(theCustomer, secondInvoice);
      return isEnded(second) && isEnded(await world.theCase());
    });
    world.stripe.changeInvoice(theInvoice, { status: 'paid', subscription: paused });
    await world.event('invoice.paid');
    await world.minutes(3);
    expect(changesOf(world, 'resume')).toEqual([]);
    world.stripe.changeInvoice(secondInvoice, { status: 'paid', subscription: paused });
    const stored = await world.records.case(theCustomer, secondInvoice);
    if (stored === null) throw new Error('The second invoice has a case.');
    await world.records.saveCase({ ...stored, retryWanted: 1, version: stored.version + 1 });
    await world.later(hourMs);
    expect(changesOf(world, 'resume')).toEqual(['resume backstop-in_2-resume']);
  });

  test('pause_subscription: goes on where the invoice is voided, without a mail', async () => {
    const world = await openEnding({ access: 'suspend', action: 'pause_subscription' });
    await untilExhausted(world);
    await untilEnded(world);
    const told = kindsOf(world);
    world.stripe.changeInvoice(theInvoice, { status: 'void' });
    await world.event('invoice.voided');
    await world.minutes(3);
    expect(changesOf(world, 'resume')).toEqual(['resume backstop-in_1-resume']);
    expect(kindsOf(world)).toEqual(told);
    expect((await standing(world)).standing).toBe('good');
  });

  test('cancel_subscription: no other invoice of the subscription is given back to Stripe', async () => {
    const world = await openEnding({ access: 'suspend', action: 'cancel_subscription' });
    await untilExhausted(world);
    await addSecondInvoice(world);
    await world.minutes(30);
    expect(changesOf(world, 'auto_advance false')).toHaveLength(2);
    await untilEnded(world);
    world.stripe.changeInvoice(secondInvoice, {
      subscription: { ...subscription, status: 'canceled' },
    });
    await until(world, async () => {
      const second = await world.records.case(theCustomer, secondInvoice);
      return second?.progress.state === 'closed';
    });
    expect(changesOf(world, 'auto_advance true')).toEqual([]);
  });

  test('not where the policy does nothing then', async () => {
    const world = await openEnding({});
    await untilExhausted(world);
    await world.later(30 * dayMs);
    expect((await world.theCase()).end).toBeUndefined();
    expect((await standing(world)).standing).toBe('past_due');
  });

  test('not where the invoice was paid meanwhile, although no event told of it', async () => {
    const world = await openEnding({ access: 'suspend', action: 'cancel_subscription' });
    await untilExhausted(world);
    world.stripe.changeInvoice(theInvoice, { status: 'paid' });
    await until(world, async () => (await world.theCase()).progress.state === 'closed');
    expect(changesOf(world, 'cancel')).toEqual([]);
    expect(kindsOf(world)).not.toContain('dunning_ended');
    expect((await standing(world)).standing).toBe('good');
  });

  test('nothing is canceled of an invoice that is paid between decision and deed', async () => {
    const world = await openEnding({ action: 'cancel_subscription' });
    await untilExhausted(world);
    const { stripe } = world;
    const stored = await world.theCase();
    const owed = [
      { kind: 'end_dunning', action: 'cancel_subscription', subscription: null },
    ] as const;
    await world.records.saveCase({ ...stored, owed, version: stored.version + 1 });
    stripe.changeInvoice(theInvoice, { status: 'paid' });
    await world.later(hourMs);
    expect(changesOf(world, 'cancel')).toEqual([]);
  });

  test('an extension moves the day, and the standing with it', async () => {
    const world = await openEnding({ access: 'suspend' });
    await untilExhausted(world);
    const { end } = await world.theCase();
    if (end === undefined) throw new Error('The end is announced.');
    const stored = await world.records.customer(theCustomer);
    if (stored === null) throw new Error('The customer is on record.');
    const extended = end.at + 10 * dayMs;
    const extension = { until: extended, reason: 'r', by: 'arn:sam', grantedAt: end.at };
    await world.records.saveCustomer({ ...stored, extension, version: stored.version + 1 });

    await world.later(end.at + hourMs - world.clock.now());
    expect(await standing(world)).toMatchObject({ standing: 'grace', until: extended });
    expect((await world.theCase()).end).toMatchObject({ at: extended, doneAt: null });
    await world.later(11 * dayMs);
    expect(await standing(world)).toMatchObject({ standing: 'suspended', since: extended });
    expect(kindsOf(world).filter((kind) => kind === 'dunning_ended')).toHaveLength(1);
  });
});

describe('the end is decided, and not carried out yet', () => {
  /** The process died as soon as the end stood on record. */
  async function decided(): Promise<World> {
    const world = await openEnding({ access: 'suspend', action: 'cancel_subscription' });
    await untilExhausted(world);
    const stored = await world.theCase();
    if (stored.end === undefined) throw new Error('The end is announced.');
    world.clock.advance(stored.end.at - world.clock.now());
    const ended = endDunning(stored, stored.end, invoiceFactsOf(), world.clock.now());
    await world.records.saveCase(ended);
    return world;
  }

  test('an extension that staff give then still moves it', async () => {
    const world = await decided();
    const stored = await world.records.customer(theCustomer);
    if (stored === null) throw new Error('The customer is on record.');
    const until = world.clock.now() + 10 * dayMs;
    const extension = { until, reason: 'r', by: 'arn:sam', grantedAt: world.clock.now() };
    await world.records.saveCustomer({ ...stored, extension, version: stored.version + 1 });
    await world.later(hourMs);
    expect(changesOf(world, 'cancel')).toEqual([]);
    expect((await world.theCase()).end).toMatchObject({ at: until, doneAt: null });
    expect(kindsOf(world)).not.toContain('dunning_ended');
    const told = (await world.history()).map(({ event }) => event.kind);
    expect(told.slice(-1)).toEqual(['end_announced']);
    await world.later(11 * dayMs);
    expect(changesOf(world, 'cancel')).toHaveLength(1);
    expect(kindsOf(world).filter((kind) => kind === 'dunning_ended')).toHaveLength(1);
  });

  test('is carried out later where nothing has come between', async () => {
    const world = await decided();
    await world.later(hourMs);
    expect(changesOf(world, 'cancel')).toHaveLength(1);
    expect(kindsOf(world).filter((kind) => kind === 'dunning_ended')).toHaveLength(1);
  });
});

describe('the process that ends dunning dies', () => {
  /** Everything after the schedule was used up is done by processes that live so long. */
  async function endIn(death: Death | null): Promise<{ world: World; calls: number }> {
    const world = await openEnding({ access: 'suspend', action: 'mark_uncollectible' });
    await untilExhausted(world);
    const { end } = await world.theCase();
    world.clock.advance((end?.at ?? 0) - world.clock.now());
    const life = startLife(death);
    const lives = [life];
    for (let minutes = 0; minutes < 60; minutes += 1) await world.minute(lives);
    return { world, calls: life.calls() };
  }

  test('at any call, before or after it took effect: the end is done and told once', async () => {
    const { calls } = await endIn(null);
    expect(calls).toBeGreaterThan(5);
    for (let call = 1; call <= calls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const { world } = await endIn({ call, when });
        expect(world.stripe.statusOf(theInvoice)).toBe('uncollectible');
        expect((await standing(world)).standing).toBe('suspended');
        expect(kindsOf(world).filter((kind) => kind === 'dunning_ended')).toHaveLength(1);
        const told = (await world.history()).filter(({ event }) => event.kind === 'dunning_ended');
        expect(told).toHaveLength(1);
        await expectAtRest(world);
      }
    }
  }, 60_000);
});
