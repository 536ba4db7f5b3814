import { describe, expect, test, vi } from 'vitest';
import { createMovableClock } from '../../../local/clock.ts';
import { Faults } from '../../../local/stripe/api/faults.ts';
import { openWorld, refusalOf } from './world.ts';

const place = { method: 'GET', path: '/v1/customers' } as const;

describe('a fault with a probability', () => {
  const struck = (seed: string, probability: number) => {
    const clock = createMovableClock();
    const faults = new Faults(clock);
    faults.add({ ...place, kind: '429', probability, seed });
    return Array.from({ length: 400 }, () => faults.take('GET', '/v1/customers') !== undefined);
  };

  test('strikes the same requests for the same seed, others for another', () => {
    expect(struck('a', 0.3)).toEqual(struck('a', 0.3));
    expect(struck('a', 0.3)).not.toEqual(struck('b', 0.3));
  });

  test('strikes about as often as it says, and never wears off', () => {
    const share = struck('a', 0.3).filter(Boolean).length / 400;
    expect(share).toBeGreaterThan(0.22);
    expect(share).toBeLessThan(0.38);
    expect(struck('a', 1).every(Boolean)).toBe(true);
  });

  test('counts only the requests that it fits', () => {
    const faults = new Faults(createMovableClock());
    faults.add({ ...place, kind: '429', probability: 0.5, seed: 'a' });
    const alone = struck('a', 0.5).slice(0, 50);
    const among = Array.from({ length: 50 }, () => {
      expect(faults.take('POST', '/v1/customers')).toBeUndefined();
      expect(faults.take('GET', '/v1/customers/cus_1')).toBeUndefined();
      return faults.take('GET', '/v1/customers') !== undefined;
    });
    expect(among).toEqual(alone);
  });

  test('gives way to the next rule where it does not strike', () => {
    const faults = new Faults(createMovableClock());
    faults.add({ ...place, kind: '429', probability: 0.5, seed: 'a' });
    faults.add({ ...place, kind: 'lock_timeout', count: 1000 });
    const kinds = Array.from({ length: 100 }, () => faults.take('GET', '/v1/customers')?.kind);
    expect(new Set(kinds)).toEqual(new Set(['429', 'lock_timeout']));
  });

  test.each([0, 1.01, Number.NaN])('is refused at %d', (probability) => {
    const faults = new Faults(createMovableClock());
    expect(() => faults.add({ ...place, kind: '429', probability, seed: 'a' })).toThrow(
      /above 0 and at most 1/,
    );
  });
});

describe('a late answer', () => {
  test('comes when the clock has moved on so far, and the request took effect at once', async () => {
    const { clock, local, stripe } = await openWorld();
    const { faults } = local.control;
    faults.add({ method: 'POST', path: '/v1/customers', kind: 'latency', milliseconds: 600_000 });

    let isAnswered = false;
    const answer = stripe.customers.create({ name: 'Ada' }).finally(() => {
      isAnswered = true;
    });
    await vi.waitUntil(() => faults.lateCount === 1);
    expect((await stripe.customers.list()).data).toMatchObject([{ name: 'Ada' }]);
    clock.advance(590_000);
    expect([faults.lateCount, isAnswered]).toEqual([1, false]);

    clock.advance(10_000);
    expect((await answer).name).toBe('Ada');
    expect(faults.lateCount).toBe(0);
  });

  test('keeps its idempotency key in use meanwhile', async () => {
    const { local, stripe } = await openWorld();
    const { faults } = local.control;
    faults.add({ method: 'POST', path: '/v1/customers', kind: 'latency', milliseconds: 600_000 });
    const key = { idempotencyKey: 'customer-1' };
    const first = stripe.customers.create({ name: 'Ada' }, key);
    await vi.waitUntil(() => faults.lateCount === 1);
    const twin = await refusalOf(stripe.customers.create({ name: 'Ada' }, key));
    expect(twin).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    faults.release();
    const { id } = await first;
    expect((await stripe.customers.create({ name: 'Ada' }, key)).id).toBe(id);
  });

  test('is refused without a length', () => {
    const faults = new Faults(createMovableClock());
    expect(() => faults.add({ ...place, kind: 'latency', milliseconds: 0 })).toThrow(/above 0/);
  });
});

test('a 429 names the limit, a lock does not', async () => {
  const { local, stripe } = await openWorld();
  local.control.faults.add({ ...place, kind: '429' });
  const limited = await refusalOf(stripe.customers.list());
  expect(limited.headers?.['stripe-rate-limited-reason']).toBe('endpoint-rate');
  local.control.faults.add({ ...place, kind: 'lock_timeout' });
  const locked = await refusalOf(stripe.customers.list());
  expect(locked.headers?.['stripe-rate-limited-reason']).toBeUndefined();
});

describe('over HTTP', () => {
  const add = async (url: string, body: object) => {
    const response = await fetch(`${url}/_local/faults`, {
      method: 'POST',
      body: JSON.stringify({ ...place, kind: '429', ...body }),
    });
    return { status: response.status, text: await response.text() };
  };

  test('a probability comes with its seed', async () => {
    const { local } = await openWorld();
    expect((await add(local.url, { probability: 0.5, seed: 'a' })).status).toBe(200);
    expect(local.control.faults.list()).toMatchObject([{ probability: 0.5, seed: 'a' }]);
    const both = await add(local.url, { probability: 0.5, seed: 'a', count: 1 });
    expect(both.text).toContain('Name a count, or a probability with the seed');
    expect((await add(local.url, { probability: 0.5 })).status).toBe(400);
    expect((await add(local.url, { milliseconds: 5 })).text).toContain('for the kind');
  });
});
