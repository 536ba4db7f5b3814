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
const everyTrouble = {
  duplicatedMessages: 30,
  reorderedMessages: true,
  coldStarts: true,
  throttledTableRequests: 20,
  throttledMails: 30,
};

it.each(['one', 'two', 'three'])(
  'under every trouble of seed %s: one payment and one mail for each customer',
  { timeout: 240_000 },
  async (seed) => {
    const { cloud } = world.stack;
    const wishes = { primary: ['generic_decline'], secondary: ['succeeded'] } as const;
    const before = cloud.outgoingRequests().at(-1)?.number ?? 0;
    const customers = [await world.customer(wishes), await world.customer(wishes)];
    await world.settle();
    await cloud.setTroubles({ ...everyTrouble, seed });
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
    const throttled = cloud
      .outgoingRequests()
      .filter(({ number, outcome }) => number > before && statusOf(outcome) === 400);
    expect(throttled.length).toBeGreaterThan(10);
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

const statusOf = (outcome: { readonly kind: string; readonly status?: number }) => outcome.status;
