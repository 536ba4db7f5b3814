import { describe, expect, test } from 'vitest';
import type { Customer } from '../../../functions/domain/customer/customer.ts';
import { paymentMethodId } from '../../../functions/domain/ids.ts';
import type { StripeGateway, Table } from '../../../functions/domain/ports.ts';
import type { StripeDunning } from '../../../functions/domain/stripe/stripe-dunning.ts';
import {
  cardFacts,
  declined,
  noon,
  theCustomer,
  theInvoice,
  thePrimary,
  theSecondary,
} from '../../twins/examples.ts';
import { createWorld, type World } from './fixtures/world.ts';

const theNew = paymentMethodId('pm_new');
const message = { v: 1, type: 'pass', customer: theCustomer, invoice: theInvoice };

/** Something that happens right after the first claim is on record. */
function afterClaim({ table }: World, act: () => Promise<unknown>): Table {
  let isDone = false;
  return {
    ...table,
    async replace(item) {
      const isReplaced = await table.replace(item);
      if (isReplaced && !isDone && item.openAttempt) {
        isDone = true;
        await act();
      }
      return isReplaced;
    },
  };
}

async function changeCustomer({ records }: World, change: Partial<Customer>): Promise<void> {
  const stored = await records.customer(theCustomer);
  if (stored === null) throw new Error('The customer is on record.');
  await records.saveCustomer({ ...stored, ...change, version: stored.version + 1 });
}

/** Ada makes a new card the primary; at Stripe it is not yet. */
const setPrimary = (world: World) =>
  changeCustomer(world, {
    primary: theNew,
    primarySetBy: 2,
    unfinished: [{ kind: 'set_primary', method: theNew, change: 2 }],
    finishBy: noon,
  });

async function openWorld(): Promise<World> {
  const world = await createWorld({ primary: { bank: declined('insufficient_funds') } });
  world.stripe.putMethod(cardFacts({ method: theNew, last4: '0005' }), 'pays');
  await world.renewalFails();
  return world;
}

const pass = (
  world: World,
  ports: { table?: Table; stripe?: StripeGateway & StripeDunning } = {},
) =>
  world.run({ table: world.table, queues: world.queues, stripe: world.stripe, ...ports }, message);

describe('a change right after the claim', () => {
  test('of the method that is claimed, which is removed: nothing is charged to it', async () => {
    const world = await openWorld();
    const { records } = world;
    const table = afterClaim(world, async () => {
      const method = await records.method(theCustomer, theSecondary);
      if (method === null) throw new Error('The backup is on record.');
      await records.saveMethod({ ...method, removedAt: noon, version: method.version + 1 });
    });
    await pass(world, { table });
    expect(world.ourCharges()).toEqual([]);
    const history = await world.history();
    expect(history.map(({ event }) => event)).toMatchObject([
      { kind: 'took_over' },
      { kind: 'attempt', role: 'secondary', outcome: { kind: 'skipped' } },
      {
        kind: 'pass_ended',
        trace: [
          {},
          { rule: 'method_detached', about: theSecondary },
          { rule: 'scheduled_after_days' },
        ],
      },
    ]);
  });

  test('of the primary: the backup waits until the new one was tried', async () => {
    const world = await openWorld();
    await pass(world, { table: afterClaim(world, () => setPrimary(world)) });
    expect(world.ourCharges()).toEqual(['new succeeded']);
    const [, skipped, charged] = await world.history();
    expect(skipped?.event).toMatchObject({ role: 'secondary', outcome: { kind: 'skipped' } });
    expect(charged?.event).toMatchObject({ role: 'primary', method: theNew });
  });
});

describe('the primary', () => {
  test('that was set here and is not at Stripe yet is charged, and stays', async () => {
    const world = await openWorld();
    await setPrimary(world);
    await pass(world);
    expect(world.ourCharges()).toEqual(['new succeeded']);
    expect((await world.records.customer(theCustomer))?.primary).toBe(theNew);
  });

  test('that an invoice shows which was read before the change is asked for once more', async () => {
    const world = await openWorld();
    let asked = 0;
    const stripe: StripeGateway & StripeDunning = {
      ...world.stripe,
      async invoice(id) {
        const facts = await world.stripe.invoice(id);
        asked += 1;
        if (asked === 1 || (await world.theCase()).ownsCollection === false) return facts;
        // Taken over; in the middle of this read the change is made, here and at Stripe.
        if ((await world.records.customer(theCustomer))?.primarySetBy === 0) {
          await changeCustomer(world, { primary: theNew, primarySetBy: 2 });
          world.stripe.changeInvoice(theInvoice, { primary: theNew });
        }
        return facts;
      },
    };
    await pass(world, { stripe });
    expect(world.ourCharges()).toEqual(['new succeeded']);
    expect(await world.records.customer(theCustomer)).toMatchObject({
      primary: theNew,
      version: 2,
    });
  });

  test('that was changed at Stripe is mirrored', async () => {
    const world = await openWorld();
    world.stripe.changeInvoice(theInvoice, { primary: theNew });
    await pass(world);
    expect(world.ourCharges()).toEqual(['new succeeded']);
    expect((await world.records.customer(theCustomer))?.primary).toBe(theNew);
  });
});

describe('the record of a method', () => {
  test('says that it was refused, by Stripe’s try or ours, until it is paid with', async () => {
    const world = await createWorld({
      primary: { bank: declined('insufficient_funds') },
      secondary: { bank: declined('stolen_card') },
    });
    await world.renewalFails();
    await pass(world);
    const refusedOf = async (method: typeof thePrimary) =>
      (await world.records.method(theCustomer, method))?.refused;
    expect(await refusedOf(thePrimary)).toMatchObject({ reason: 'insufficient_funds' });
    // A stolen card is never said to be one.
    expect(await refusedOf(theSecondary)).toMatchObject({ reason: 'declined', revision: 1 });
    expect((await world.theCase()).lastTried).toMatchObject([
      { role: 'primary', result: 'refused' },
      { role: 'secondary', result: 'refused', reason: 'declined' },
    ]);

    world.stripe.setBank(thePrimary, 'pays');
    const { progress } = await world.theCase();
    if ('dueAt' in progress) await world.later(progress.dueAt - world.clock.now() + 60_000);
    expect((await world.theCase()).progress.state).toBe('recovered');
    expect(await refusedOf(thePrimary)).toBeNull();
  });
});
