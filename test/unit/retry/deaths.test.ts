import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasEnded, sweepAt } from '../../../functions/domain/case/dunning-case.ts';
import { hourMs } from '../../../functions/domain/time.ts';
import { declined, theCustomer, theInvoice } from '../../twins/examples.ts';
import { type Death, startLife } from '../../twins/mortal-ports.ts';
import type { Disturbance } from '../../twins/scripted-stripe.ts';
import {
  createWorld,
  expectAtRest,
  expectNothingBroken,
  type World,
  type WorldOptions,
} from './fixtures/world.ts';

/** A renewal whose processes live so long; then sweeps and redeliveries until all is quiet. */
async function live(
  options: WorldOptions,
  deaths: readonly (Death | null)[],
  disturbances: readonly Disturbance[] = [],
): Promise<{ world: World; calls: number }> {
  const world = await createWorld(options);
  world.stripe.disturbNext(...disturbances);
  const lives = deaths.map((death) => startLife(death));
  const [first] = lives;
  await world.renewalFails();
  await world.work(lives);
  for (let minutes = 0; minutes < 90 && !(await isQuiet(world)); minutes += 1) {
    await world.minute(lives);
    await expectNothingBroken(world);
  }
  return { world, calls: first?.calls() ?? 0 };
}

/** Nothing is on its way and nothing is due for hours. */
async function isQuiet({ queues, records, clock }: World): Promise<boolean> {
  if (queues.waiting().some(({ queue }) => queue !== 'notice')) return false;
  const stored = await records.case(theCustomer, theInvoice);
  const at = stored === null ? clock.now() : sweepAt(stored);
  return at === null || at > clock.now() + 2 * hourMs;
}

interface Story {
  readonly name: string;
  readonly options: WorldOptions;
  readonly disturbances?: readonly Disturbance[];
  readonly expectEnd: (world: World) => Promise<void>;
}

const paidBy = (role: string, ours: readonly string[], kinds: readonly string[]) =>
  async function expectPaid(world: World): Promise<void> {
    expect(world.ourCharges()).toEqual(ours);
    expect((await world.theCase()).progress).toMatchObject({ state: 'recovered', role });
    expect(world.notices().map(({ kind }) => kind)).toEqual(kinds);
  };

const bothPay = paidBy(
  'secondary',
  ['primary failed', 'secondary succeeded'],
  ['secondary_charged'],
);
const secondaryPays = paidBy('secondary', ['secondary succeeded'], ['secondary_charged']);

const stories: readonly Story[] = [
  { name: 'the primary is refused again, the secondary pays', options: {}, expectEnd: bothPay },
  {
    name: 'a hard decline, the secondary pays',
    options: { primary: { bank: declined('stolen_card') } },
    expectEnd: secondaryPays,
  },
  {
    name: 'the answer of the secondary is lost after it paid',
    options: { primary: { bank: declined('insufficient_funds') } },
    disturbances: ['lost_after'],
    expectEnd: secondaryPays,
  },
  {
    name: 'Stripe fails after the secondary paid',
    options: { primary: { bank: declined('insufficient_funds') } },
    disturbances: ['server_error_after'],
    expectEnd: secondaryPays,
  },
  {
    name: 'both are refused',
    options: { secondary: { bank: declined('insufficient_funds') } },
    async expectEnd(world) {
      expect(world.ourCharges()).toEqual(['primary failed', 'secondary failed']);
      expect((await world.theCase()).progress).toMatchObject({ state: 'waiting' });
      expect(world.notices()).toMatchObject([
        {
          kind: 'payment_failed',
          failed: [{ reason: 'declined' }, { reason: 'insufficient_funds' }],
        },
      ]);
    },
  },
  {
    name: 'a sign-up that is not ours',
    options: { secondary: null, invoice: { billingReason: 'subscription_create' } },
    async expectEnd(world) {
      expect(world.stripe.changes).toEqual([]);
      expect((await world.theCase()).progress).toMatchObject({ reason: 'not_ours' });
    },
  },
];

describe.each(stories)('$name', ({ options, disturbances, expectEnd }) => {
  test('and the process dies at any call to the outside, before or after it took effect', async () => {
    const { world, calls } = await live(options, [null], disturbances);
    await expectEnd(world);
    expect(calls).toBeGreaterThan(5);
    for (let call = 1; call <= calls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const { world } = await live(options, [{ call, when }], disturbances);
        await expectEnd(world).catch((error: unknown) => {
          throw new Error(`Death ${when} call ${call} of ${calls}`, { cause: error });
        });
        await expectAtRest(world);
      }
    }
  }, 60_000);
});

const anyDeath = fc.option(
  fc.record({
    call: fc.integer({ min: 1, max: 45 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
);
const anyDisturbance = fc.constantFrom<Disturbance>(
  'none',
  'lost_before',
  'lost_after',
  'server_error_before',
  'server_error_after',
  'throttled',
);
const anyBank = fc.constantFrom(
  'pays' as const,
  declined('generic_decline'),
  declined('insufficient_funds'),
  declined('lost_card'),
  declined('authentication_required'),
);

test('any run of deaths and disturbances: never two charges, and the story ends', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyDeath, { maxLength: 5 }),
      fc.array(anyDisturbance, { maxLength: 6 }),
      anyBank,
      async (deaths, disturbances, secondaryBank) => {
        const options: WorldOptions = { secondary: { bank: secondaryBank } };
        const { world } = await live(options, deaths, disturbances);
        for (let hours = 0; hours < 5; hours += 1) await world.later(hourMs);
        await expectAtRest(world);
        const { progress } = await world.theCase();
        const paid = world.stripe.statusOf(theInvoice) === 'paid';
        expect(hasEnded(progress)).toBe(paid);
        expect(paid).toBe(secondaryBank === 'pays');
        expect(world.notices().map(({ kind }) => kind)).toEqual([
          paid ? 'secondary_charged' : 'payment_failed',
        ]);
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
