import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  admit,
  publishedRateLimits,
  type RateLimits,
  type RecentRequests,
} from '../../../local/stripe/engine/protocol/rate-limits.ts';
import { clientOf, openWorld, refusalOf } from './world.ts';

const { live, sandbox } = publishedRateLimits;

function sendAll(
  times: readonly number[],
  endpointAt: (at: number) => string,
  limits: RateLimits = live,
) {
  let recent: RecentRequests = [];
  return times.map((at, index) => {
    const admitted = admit(recent, limits, endpointAt(index), at);
    recent = admitted.recent;
    return admitted.refused;
  });
}

describe('within any one second', () => {
  test('one endpoint takes 25 in live mode, the account 100', () => {
    const same = sendAll(Array(30).fill(0), () => 'GET /v1/invoices');
    expect(same.map((refused) => refused ?? 'in')).toEqual([
      ...Array(25).fill('in'),
      ...Array(5).fill('endpoint-rate'),
    ]);
    const many = sendAll(Array(120).fill(0), (at) => `GET /v1/${at % 10}`);
    expect(many.slice(0, 100).every((refused) => refused === undefined)).toBe(true);
    expect(many.slice(100).every((refused) => refused === 'global-rate')).toBe(true);
  });

  test('a sandbox takes 25 in all', () => {
    const many = sendAll(Array(26).fill(0), (at) => `GET /v1/${at}`, sandbox);
    expect(many.indexOf('global-rate')).toBe(25);
  });

  test('and a second later as many again', () => {
    const times = [...Array(26).fill(0), ...Array(26).fill(1000)];
    const refused = sendAll(times, () => 'GET /v1/invoices');
    expect(refused.flatMap((each, at) => (each === undefined ? [] : [at]))).toEqual([25, 51]);
  });

  test('never more than the limits are let in, however they come', () => {
    const arrivals = fc.array(
      fc.record({
        gap: fc.integer({ min: 0, max: 120 }),
        endpoint: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 400 },
    );
    fc.assert(
      fc.property(arrivals, (given) => {
        let now = 0;
        let recent: RecentRequests = [];
        const letIn: { at: number; endpoint: string }[] = [];
        for (const { gap, endpoint } of given) {
          now += gap;
          const admitted = admit(recent, { account: 12, endpoint: 5 }, `${endpoint}`, now);
          recent = admitted.recent;
          if (admitted.refused === undefined) letIn.push({ at: now, endpoint: `${endpoint}` });
        }
        expect(recent.length).toBeLessThanOrEqual(12);
        for (const { at, endpoint } of letIn) {
          const second = letIn.filter((other) => other.at > at - 1000 && other.at <= at);
          expect(second.length).toBeLessThanOrEqual(12);
          const same = second.filter((other) => other.endpoint === endpoint);
          expect(same.length).toBeLessThanOrEqual(5);
        }
      }),
    );
  });
});

test('the option refuses with Stripe’s words and header, and keeps nothing under the key', async () => {
  const { clock, local } = await openWorld({ rateLimits: { account: 100, endpoint: 3 } });
  const stripe = clientOf(local);
  for (let count = 0; count < 3; count += 1) await stripe.customers.list();
  const limited = await refusalOf(stripe.customers.list());
  expect(limited).toMatchObject({ statusCode: 429, code: 'rate_limit' });
  expect(limited.headers?.['stripe-rate-limited-reason']).toBe('endpoint-rate');

  const key = { idempotencyKey: 'customer-1' };
  for (const name of ['a', 'b', 'c']) await stripe.customers.create({ name });
  expect((await refusalOf(stripe.customers.create({ name: 'd' }, key))).statusCode).toBe(429);
  clock.advance(1000);
  const created = await stripe.customers.create({ name: 'd' }, key);
  expect(created.lastResponse.headers['idempotent-replayed']).toBeUndefined();
  for (const id of [created.id, created.id, created.id]) await stripe.customers.retrieve(id);
  const one = await refusalOf(stripe.customers.retrieve('cus_another'));
  expect(one.statusCode).toBe(429);
});

test('without the option nothing is limited', async () => {
  const { stripe } = await openWorld();
  const all = await Promise.all(Array.from({ length: 60 }, () => stripe.customers.list()));
  expect(all).toHaveLength(60);
});
