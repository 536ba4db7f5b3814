import { afterAll, beforeAll, expect, it } from 'vitest';
import { noTroubles } from '../../local/cloud/troubles.ts';
import { expectOnePaymentAndOneMail, hasEnded } from './expect-end.ts';
import { minute, openWorld, type TestCustomer, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

/** Long enough for SQS to deliver what failed again, and for the sweep after it. */
const untilRedelivered = 13 * minute;
/** After this many of these the story must have ended, whatever went wrong. */
const mostRounds = 12;

/** Everything that an account may do to the system without being broken. */
const troubles = {
  duplicatedMessages: 30,
  reorderedMessages: true,
  throttledTableRequests: 20,
  throttledMails: 30,
};

// Customers share the time that the SDK waits between two tries; each cold start is work of its own.
it.each([
  { seed: 'one', coldStarts: true, customersOfATest: 1 },
  { seed: 'two', coldStarts: false, customersOfATest: 3 },
])(
  'under the troubles of seed $seed, cold starts $coldStarts: one payment and one mail for each customer',
  { timeout: 240_000 },
  async ({ seed, coldStarts, customersOfATest }) => {
    const { cloud } = world.stack;
    const wishes = { primary: ['generic_decline'], secondary: ['succeeded'] } as const;
    const before = cloud.outgoingRequests().at(-1)?.number ?? 0;
    const customers: TestCustomer[] = [];
    while (customers.length < customersOfATest) customers.push(await world.customer(wishes));
    await world.settle();
    await cloud.setTroubles({ ...troubles, seed, coldStarts });
    const renewals = customers.map((customer) => ({ customer, invoice: world.renew(customer) }));
    await world.settle();
    for (let round = 0; round < mostRounds && !(await haveEnded(renewals)); round += 1) {
      await world.later(untilRedelivered);
      await world.later(2 * minute);
    }
    // What comes a second time comes now, when everything is done.
    await world.later(untilRedelivered);
    await cloud.setTroubles(noTroubles);
    await world.later(untilRedelivered);

    for (const { customer, invoice } of renewals) {
      await expectOnePaymentAndOneMail(world, customer, invoice, { seed });
    }
    const throttledReads = cloud
      .outgoingRequests()
      .filter(({ number, action }) => number > before && isRead(action))
      .filter(({ outcome }) => outcome.kind === 'answered' && outcome.status === 400);
    expect(throttledReads.length).toBeGreaterThan(10);
  },
);

interface Renewal {
  readonly customer: TestCustomer;
  readonly invoice: string;
}

async function haveEnded(renewals: readonly Renewal[]): Promise<boolean> {
  const each = renewals.map(({ customer, invoice }) => hasEnded(world, customer, invoice));
  return (await Promise.all(each)).every(Boolean);
}

/** A write answers 400 for a condition that does not hold as well. */
const isRead = (action: string) => action === 'GetItem' || action === 'Query';
