import { describe, expect, test, vi } from 'vitest';
import { hintedCase } from '../../../functions/domain/case/dunning-case.ts';
import { invoiceId } from '../../../functions/domain/ids.ts';
import { hourMs } from '../../../functions/domain/time.ts';
import {
  declined,
  invoiceFactsOf,
  theCustomer,
  theInvoice,
  thePrimary,
  theSecondary,
} from '../../twins/examples.ts';
import { type Death, startLife } from '../../twins/mortal-ports.ts';
import { createWorld, expectAtRest, type World, type WorldOptions } from './fixtures/world.ts';

const { subscription } = invoiceFactsOf();
if (subscription === null) throw new Error('The example belongs to a subscription.');
/** It saves whatever pays as its default, and has the primary until then. */
const saving = { ...subscription, savesDefault: true, defaultMethod: thePrimary };
const fallback = {
  primary: { bank: declined('insufficient_funds') },
  invoice: { subscription: saving },
} as const satisfies WorldOptions;

const kindsOf = async (world: World) => (await world.history()).map(({ event }) => event.kind);
const defaultOf = async ({ stripe }: World) =>
  (await stripe.invoice(theInvoice))?.subscription?.defaultMethod;
const asked = ({ stripe }: World, what: string) =>
  stripe.changes.filter((change) => change.startsWith(what));

describe("the subscription's default after a fallback", () => {
  test.each([thePrimary, null])('is %s again', async (before) => {
    const world = await createWorld({
      ...fallback,
      invoice: { subscription: { ...saving, defaultMethod: before } },
    });
    await world.renewalFails();
    await world.work();
    expect(world.ourCharges()).toEqual(['secondary succeeded']);
    expect(await defaultOf(world)).toBe(before);
    expect(asked(world, 'default')).toEqual([`default ${before} backstop-in_1-restore-default`]);
    expect(await kindsOf(world)).toEqual(['took_over', 'attempt', 'default_restored']);
    await expectAtRest(world);
  });

  test('is left as it is where the subscription does not save what pays', async () => {
    const world = await createWorld({ ...fallback, invoice: {} });
    await world.renewalFails();
    await world.work();
    expect(asked(world, 'default')).toEqual([]);
  });

  test('is left as it is where the primary paid', async () => {
    const world = await createWorld({
      ...fallback,
      primary: { bank: declined('generic_decline') },
    });
    await world.renewalFails();
    world.stripe.setBank(thePrimary, 'pays');
    await world.work();
    expect(world.ourCharges()).toEqual(['primary succeeded']);
    expect(asked(world, 'default')).toEqual([]);
  });

  /** The owner makes the backup the primary; what that changes at Stripe comes after. */
  async function chooseSecondary({ records }: World): Promise<boolean> {
    const stored = await records.customer(theCustomer);
    if (stored === null) throw new Error('The customer is on record.');
    const version = stored.version + 1;
    const chosen = { primary: theSecondary, primarySetBy: version };
    return records.saveCustomer({ ...stored, ...chosen, version });
  }

  test('is what somebody chose while it was set back', async () => {
    const world = await createWorld(fallback);
    await world.renewalFails();
    const { stripe } = world;
    const restore = stripe.restoreDefault;
    const whileAsked = vi.spyOn(stripe, 'restoreDefault').mockImplementationOnce(async (...of) => {
      const isRestored = await restore(...of);
      await chooseSecondary(world);
      return isRestored;
    });
    await world.work();
    whileAsked.mockRestore();
    expect(await defaultOf(world)).toBe(theSecondary);
    expect(await kindsOf(world)).toEqual(['took_over', 'attempt']);
    await expectAtRest(world);
  });

  test('is left as it is where somebody chose a primary while it was paid', async () => {
    const world = await createWorld(fallback);
    await world.renewalFails();
    const chosen: Promise<boolean>[] = [];
    world.stripe.onPay(() => void chosen.push(chooseSecondary(world)));
    await world.work();
    expect(await Promise.all(chosen)).toEqual([true]);
    expect(asked(world, 'default')).toEqual([]);
    expect(await kindsOf(world)).toEqual(['took_over', 'attempt']);
  });

  test('is set back days later, once a debit has settled', async () => {
    const world = await createWorld({ ...fallback, secondary: { bank: 'processes' } });
    await world.renewalFails();
    await world.work();
    await world.later(20 * hourMs);
    expect(asked(world, 'default')).toEqual([]);
    world.stripe.settleProcessing(theInvoice, 'succeeded');
    await world.event('invoice.paid');
    await world.minutes(3);
    expect(await defaultOf(world)).toBe(thePrimary);
    await expectAtRest(world);
  });

  test('is set back and told once, wherever the process dies', async () => {
    const live = async (death: Death | null) => {
      const world = await createWorld(fallback);
      const life = startLife(death);
      const lives = [life];
      await world.renewalFails();
      await world.work(lives);
      for (let minutes = 0; minutes < 90; minutes += 1) await world.minute(lives);
      return { world, calls: life.calls() };
    };
    const { calls } = await live(null);
    for (let call = 1; call <= calls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const { world } = await live({ call, when });
        expect(await defaultOf(world)).toBe(thePrimary);
        const told = (await kindsOf(world)).filter((kind) => kind === 'default_restored');
        expect(told).toHaveLength(1);
        await expectAtRest(world);
      }
    }
  }, 60_000);

  test('is no new primary for another invoice that is looked at before it is set back', async () => {
    const world = await createWorld(fallback);
    await world.renewalFails();
    // The process dies as soon as the outcome is on record: nothing is set back yet.
    const { calls } = await countUntilOutcome();
    await world.work([startLife({ call: calls, when: 'after' })]);
    expect((await world.theCase()).owed.map(({ kind }) => kind)).toContain('restore_default');
    expect(await defaultOf(world)).toBe(theSecondary);
    const invoice = invoiceId('in_2');
    const { charges, paymentProcessing, customer, ...example } = invoiceFactsOf();
    const promoted = { ...saving, defaultMethod: theSecondary };
    world.stripe.putInvoice({ ...example, invoice, subscription: promoted, primary: theSecondary });
    await world.records.addCase(hintedCase(theCustomer, invoice, world.clock.now()));
    const message = { v: 1, type: 'pass', customer: theCustomer, invoice };
    await world.run(world, message);
    expect((await world.records.customer(theCustomer))?.primary).toBe(thePrimary);
    expect(world.ourCharges().slice(1)).toEqual(['primary failed', 'secondary succeeded']);
  });
});

/** How many calls it takes until the outcome of the secondary is on record. */
async function countUntilOutcome(): Promise<{ calls: number }> {
  for (let call = 1; call < 60; call += 1) {
    const world = await createWorld(fallback);
    await world.renewalFails();
    await world.work([startLife({ call, when: 'after' })]);
    const { progress } = await world.theCase();
    if (progress.state === 'recovered') return { calls: call };
  }
  throw new Error('The outcome is not on record after 60 calls.');
}

describe("Stripe's own retries that somebody switched on again", () => {
  const waiting = async () => {
    const world = await createWorld({
      primary: { bank: declined('insufficient_funds') },
      secondary: { bank: declined('insufficient_funds') },
    });
    await world.renewalFails();
    await world.work();
    // By then our own request cannot come any more, however late it was.
    await world.minutes(20);
    world.stripe.changeInvoice(theInvoice, { autoAdvance: true });
    return world;
  };

  test('are switched off at the next look, counted, and written down', async () => {
    const world = await waiting();
    expect(world.telemetry.counted('StripeRetriesFoundOn')).toBe(0);
    await world.event('invoice.paid');
    await world.minutes(2);
    expect((await world.stripe.invoice(theInvoice))?.autoAdvance).toBe(false);
    expect(world.telemetry.counted('StripeRetriesFoundOn')).toBe(1);
    const took = (await world.history()).flatMap(({ event }) =>
      event.kind === 'took_over' ? [event.again] : [],
    );
    expect(took).toEqual([false, true]);
    expect((await world.theCase()).progress.state).toBe('waiting');
    await expectAtRest(world);
  });

  test('are not counted while our own request may have failed, or be late', async () => {
    const world = await createWorld({ primary: { bank: declined('insufficient_funds') } });
    await world.renewalFails();
    const lost = vi.spyOn(world.stripe, 'setAutoAdvance').mockRejectedValueOnce(new Error('lost'));
    await world.minutes(15);
    lost.mockRestore();
    expect((await world.stripe.invoice(theInvoice))?.autoAdvance).toBe(false);
    expect(world.telemetry.counted('StripeRetriesFoundOn')).toBe(0);
    const took = (await world.history()).flatMap(({ event }) =>
      event.kind === 'took_over' ? [event.again] : [],
    );
    expect(took).toEqual([false, false]);
  });

  test('stay on where staff give the invoice back', async () => {
    const world = await waiting();
    const stored = await world.theCase();
    await world.records.saveCase({ ...stored, handBackWanted: true, version: stored.version + 1 });
    await world.event('invoice.paid');
    await world.minutes(2);
    expect(world.telemetry.counted('StripeRetriesFoundOn')).toBe(0);
    expect((await world.stripe.invoice(theInvoice))?.autoAdvance).toBe(true);
  });

  test('stay on while charging is stopped', async () => {
    const world = await waiting();
    const stopped = { charging: 'stopped', reason: 'r', by: 'arn:sam', at: 0, version: 1 } as const;
    await world.records.saveChargingSwitch(stopped, null);
    await world.event('invoice.paid');
    await world.minutes(2);
    expect(world.telemetry.counted('StripeRetriesFoundOn')).toBe(0);
  });
});
