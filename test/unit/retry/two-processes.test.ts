import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Consent } from '../../../functions/domain/customer/payment-method.ts';
import type { Queues, StripeGateway, Table } from '../../../functions/domain/ports.ts';
import type { StripeDunning } from '../../../functions/domain/stripe/stripe-dunning.ts';
import { hourMs, minuteMs } from '../../../functions/domain/time.ts';
import { agreed, declined, theCustomer, theSecondary } from '../../twins/examples.ts';
import type { Bank, Disturbance } from '../../twins/scripted-stripe.ts';
import { createWorld, expectAtRest, expectNothingBroken, type World } from './fixtures/world.ts';

/** The same port, each call of which waits for its turn; the answer waits once more. */
function inTurns<Port extends object>(port: Port, scheduler: fc.Scheduler): Port {
  const turn = (label: string) => scheduler.schedule(Promise.resolve(), label);
  return new Proxy(port, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return async (...parameters: unknown[]) => {
        await turn(`${String(name)} starts`);
        const answer: unknown = await Reflect.apply(value, target, parameters);
        await turn(`${String(name)} answers`);
        return answer;
      };
    },
  });
}

const anyDisturbance = fc.constantFrom<Disturbance>(
  'none',
  'none',
  'lost_before',
  'lost_after',
  'server_error_after',
  'throttled',
);

test('two processes at one case, in any order of their calls: never two charges', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.constantFrom<Bank>('pays', declined('generic_decline')),
      fc.array(anyDisturbance, { maxLength: 3 }),
      async (scheduler, secondaryBank, disturbances) => {
        const world = await createWorld({ secondary: { bank: secondaryBank } });
        world.stripe.disturbNext(...disturbances);
        await world.renewalFails();
        const [message] = world.queues.receive('retry');
        const ports = {
          table: inTurns<Table>(world.table, scheduler),
          queues: inTurns<Queues>(world.queues, scheduler),
          stripe: inTurns<StripeGateway & StripeDunning>(world.stripe, scheduler),
        };

        await scheduler.waitFor(
          Promise.all([
            world.run(ports, message?.body),
            world.run(ports, message?.body),
            world.run(ports, { ...Object(message?.body), type: 'settle' }),
          ]),
        );

        await expectNothingBroken(world);
        await world.minutes(60);
        await expectAtRest(world);
        expect(world.ourCharges()).toEqual([
          'primary failed',
          secondaryBank === 'pays' ? 'secondary succeeded' : 'secondary failed',
        ]);
        expect(world.notices()).toHaveLength(1);
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);

test('two processes at an attempt that a third left open: it is sent by one of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const world = await createWorld({ primary: { bank: declined('insufficient_funds') } });
      world.stripe.disturbNext('lost_before');
      await world.renewalFails();
      const [message] = world.queues.receive('retry');
      await world.run(world, message?.body);
      world.clock.advance(2 * minuteMs);
      const ports = {
        table: inTurns<Table>(world.table, scheduler),
        queues: inTurns<Queues>(world.queues, scheduler),
        stripe: inTurns<StripeGateway & StripeDunning>(world.stripe, scheduler),
      };

      await scheduler.waitFor(
        Promise.all([world.run(ports, message?.body), world.run(ports, message?.body)]),
      );

      expect(world.ourCharges()).toEqual(['secondary succeeded']);
      expect(world.stripe.changes.filter((each) => each.startsWith('pay'))).toHaveLength(2);
      await world.later(hourMs);
      await expectAtRest(world);
      expect(world.notices()).toHaveLength(1);
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('one gives an attempt up while another has just taken it over: the charge is not lost', async () => {
  const world = await createWorld({ primary: { bank: declined('insufficient_funds') } });
  world.stripe.disturbNext('throttled');
  await world.renewalFails();
  const [message] = world.queues.receive('retry');
  await world.run(world, message?.body);
  world.clock.advance(2 * minuteMs);
  await setConsent(world, null);

  // The first sees no consent and gives up; before that is on record, the consent is given anew
  // and the second is in the middle of its charge.
  const atStripe = Promise.withResolvers<void>();
  const mayAnswer = Promise.withResolvers<void>();
  const pay: StripeGateway['pay'] = async (...parameters) => {
    atStripe.resolve();
    await mayAnswer.promise;
    return world.stripe.pay(...parameters);
  };
  let second: Promise<void> | undefined;
  const replace: Table['replace'] = async (item) => {
    if (second === undefined) {
      await setConsent(world, agreed);
      second = world.run({ ...world, stripe: { ...world.stripe, pay } }, message?.body);
      await atStripe.promise;
    }
    return world.table.replace(item);
  };
  await world.run({ ...world, table: { ...world.table, replace } }, message?.body);
  mayAnswer.resolve();
  await second;

  expect(world.ourCharges()).toEqual(['secondary succeeded']);
  expect((await world.theCase()).progress).toMatchObject({ state: 'recovered' });
  expect(world.notices()).toMatchObject([{ kind: 'secondary_charged' }]);
  await expectAtRest(world);
});

async function setConsent({ records }: World, consent: Consent | null): Promise<void> {
  const method = await records.method(theCustomer, theSecondary);
  if (method === null) throw new Error('The secondary is on record.');
  await records.saveMethod({ ...method, consent, version: method.version + 1 });
}
