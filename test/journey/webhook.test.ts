import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from './world.ts';

// Over HTTP, through the route of the template and the bundle that is deployed.
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

const secret = () => String(Object.values(world.stripe.control.state().webhookSecrets).at(-1));

const sign = (payload: string, timestamp = world.stack.clock.now() / 1000) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret: secret(), timestamp });

const post = (body: string, headers: Record<string, string>) =>
  fetch(`${world.stack.cloud.apiUrl}/webhooks/stripe`, { method: 'POST', body, headers });

/** An event that Stripe sent, as it would arrive once more. */
async function eventOf(type: string): Promise<string> {
  const customer = await world.customer({
    primary: ['lost_card'],
    secondary: null,
    card: 'pm_card_jcb',
  });
  world.renew(customer);
  await world.settle();
  const event = world.stripe.control.events().findLast((each) => each.type === type);
  return JSON.stringify(event);
}

async function expectRefused(answer: Response, status: number, type: string): Promise<void> {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ status, type: `urn:backstop:problem:${type}` });
}

describe('POST /webhooks/stripe', () => {
  it('takes an event that Stripe signed, as text or as bytes', async () => {
    const event = await eventOf('invoice.payment_failed');
    for (const type of ['application/json; charset=utf-8', 'application/octet-stream']) {
      const answer = await post(event, { 'stripe-signature': sign(event), 'content-type': type });
      expect([answer.status, await answer.text()]).toEqual([200, '']);
    }
  });

  it('takes an event of a type that it does not act on', async () => {
    const event = await eventOf('charge.failed');
    expect((await post(event, { 'stripe-signature': sign(event) })).status).toBe(200);
  });

  it('refuses what Stripe did not sign, or signed too long ago, and leaves nothing behind', async () => {
    const event = await eventOf('invoice.payment_failed');
    await world.settle();
    const before = await world.stack.cloud.items();
    const tooOld = world.stack.clock.now() / 1000 - 301;
    for (const header of ['', 't=1,v1=00', sign(`${event} `), sign(event, tooOld)]) {
      const answer = await post(event, { 'stripe-signature': header });
      await expectRefused(answer, 400, 'invalid-signature');
    }
    await world.settle();
    expect(await world.stack.cloud.items()).toEqual(before);
  });

  it('refuses a body that is no event, and one that is larger than any of Stripe is', async () => {
    const nonsense = 'not JSON';
    await expectRefused(
      await post(nonsense, { 'stripe-signature': sign(nonsense) }),
      400,
      'not-an-event',
    );
    const large = `{"padding":"${'x'.repeat(300_000)}"}`;
    await expectRefused(
      await post(large, { 'stripe-signature': sign(large) }),
      413,
      'body-too-large',
    );
  });

  it('answers 500 while the table or the queue does not answer, so that Stripe delivers again', async () => {
    const event = await eventOf('invoice.payment_failed');
    for (const part of ['table', 'queue'] as const) {
      world.stack.cloud.stopPart(part);
      const answer = await post(event, { 'stripe-signature': sign(event) });
      world.stack.cloud.resumePart(part);
      await expectRefused(answer, 500, 'internal');
    }
  });
});
