import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Part } from '../../local/cloud/records.ts';
import { assignDemoSecondary, createDemoCustomer } from '../../local/start/demo-customer.ts';
import { type Line, runJourney } from '../../local/start/journey.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.stop());

/** The journey of `npm start`, with what it told before it ended. */
async function tellJourney(part: Part | null): Promise<{ told: string[]; error: unknown }> {
  const { stack, sdk, operator } = world;
  // A function that has read the secret once keeps it: without it, none ever has.
  if (part === 'secret') stack.cloud.stopPart(part);
  const demo = await createDemoCustomer(sdk);
  await assignDemoSecondary(operator, stack, demo, stack.clock.now());
  await world.settle();
  if (part !== null) stack.cloud.stopPart(part);
  const told: string[] = [];
  const tell = ({ what }: Line) => void told.push(what);
  const renew = async () => world.stripe.control.renewNow(demo.subscription).id;
  try {
    await runJourney({ stack, operator, demo, tell, renew });
    return { told, error: null };
  } catch (error) {
    return { told, error };
  }
}

const whole = [
  'renewed',
  'declined',
  'webhook',
  'case',
  'message',
  'attempt 1',
  'attempt 2',
  'paid',
  'mail',
];

it('with every part running tells the whole story', async () => {
  expect(await tellJourney(null)).toEqual({ told: whole, error: null });
});

it.each([
  { part: 'table', last: 'declined', before: 'the webhook arrives' },
  { part: 'secret', last: 'declined', before: 'the webhook arrives' },
  { part: 'queue', last: 'case', before: 'the retry queue delivers' },
  { part: 'mail', last: 'paid', before: 'the mail goes out' },
] as const)(
  'without the $part the story ends there, and names it',
  async ({ part, last, before }) => {
    const { told, error } = await tellJourney(part);
    expect(told).toEqual(whole.slice(0, whole.indexOf(last) + 1));
    expect(String(error)).toContain(
      `The story ends before "${before}". The ${part} does not answer`,
    );
  },
);
