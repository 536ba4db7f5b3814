import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutgoingRequest, Verdict } from '../../local/cloud/records.ts';
import { expectOnePaymentAndOneMail, hasEnded } from './expect-end.ts';
import { minute, openWorld, type World } from './world.ts';

// The simulation kills the processes of every room before and after every call, reads included,
// in stories of all kinds (test/simulation, and test/unit/retry/deaths.test.ts in every order).
// Here real threads die, and real queues deliver again: at each request that changes something
// which nobody can look up in our own table afterwards.

type Death = Exclude<Verdict, 'pass'>;

/** Long enough for SQS to deliver a dead function's message again, and for the sweep after it. */
const untilRedelivered = 13 * minute;
/** After this many of these the story must have ended, whatever died. */
const mostRounds = 6;

const reads = new Set(['GET', 'GetSecretValue']);
const leavesTheTable = ({ service, action }: OutgoingRequest) =>
  service !== 'dynamodb' && !reads.has(action);

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

/** `fewest` such requests are in a journey: fewer would be points that nobody counted. */
const rooms = [
  { room: 'RetryFunction', fewest: 3 },
  { room: 'NotifyFunction', fewest: 1 },
];

describe.each<{ what: string; death: Death }>([
  {
    what: 'a function dies after its request took effect, before the answer',
    death: 'kill_after_effect',
  },
  { what: 'a function dies before its request is delivered', death: 'kill_before_delivery' },
])('$what', ({ death }) => {
  // One journey for each such request. The points are counted by the local cloud: the last journey
  // is the one in which nothing died, because there was no such request any more.
  it.each(rooms)('$room at each of its changes', { timeout: 240_000 }, async ({ room, fewest }) => {
    const isOurs = (request: OutgoingRequest) =>
      request.functionLogicalId.startsWith(room) && leavesTheTable(request);
    for (let point = 1; ; point += 1) {
      const died = await journeyWithDeath(world, { isOurs, point, death });
      if (died) continue;
      expect(point).toBeGreaterThan(fewest);
      return;
    }
  });
});

/** @returns whether there was such a request, at which the function then died. */
async function journeyWithDeath(
  world: World,
  at: { isOurs: (request: OutgoingRequest) => boolean; point: number; death: Death },
): Promise<boolean> {
  const customer = await world.customer({ primary: ['generic_decline'], secondary: ['succeeded'] });
  await world.settle();
  let seen = 0;
  world.stack.cloud.intercept((request) => {
    if (!at.isOurs(request)) return 'pass';
    seen += 1;
    return seen === at.point ? at.death : 'pass';
  });
  const invoice = world.renew(customer);
  await world.settle();
  for (
    let rounds = 0;
    rounds < mostRounds && !(await hasEnded(world, customer, invoice));
    rounds += 1
  ) {
    await world.later(untilRedelivered);
    await world.later(2 * minute);
  }
  // What was not acknowledged comes once more, when everything is done.
  await world.later(untilRedelivered);
  world.stack.cloud.intercept(() => 'pass');
  await expectOnePaymentAndOneMail(world, customer, invoice, { point: at.point });
  return seen >= at.point;
}
