import { describe, expect, test } from 'vitest';
import { isApiVersion } from '../../../local/stripe/engine/protocol/api-versions.ts';
import { readAtVersion } from '../../../local/stripe/engine/protocol/older-versions.ts';
import { apiVersion } from '../../../local/stripe/engine/transaction.ts';
import { openWorld } from './world.ts';

const read = (version: string, endpoint: string, params: Parameters<typeof readAtVersion>[3]) => {
  const [method = '', path = ''] = endpoint.split(' ');
  return readAtVersion(version, method, path, params);
};

describe('parameters that were removed', () => {
  test.each([
    [
      '2026-08-26.dahlia',
      'POST /v1/setup_intents',
      { payment_method_types: ['card'], confirm: 'true' },
      { allowed_payment_method_types: ['card'], confirm: 'true' },
    ],
    [
      '2020-08-27',
      'POST /v1/payment_intents/pi_1/confirm',
      { payment_method_types: ['card'] },
      { allowed_payment_method_types: ['card'] },
    ],
    [
      '2024-06-20',
      'POST /v1/subscriptions',
      { customer: 'cus_1', coupon: 'off' },
      { customer: 'cus_1', discounts: [{ coupon: 'off' }] },
    ],
    [
      '2025-02-24.acacia',
      'POST /v1/subscriptions/sub_1',
      { promotion_code: 'promo_1' },
      { discounts: [{ promotion_code: 'promo_1' }] },
    ],
    [
      '2024-06-20',
      'POST /v1/invoiceitems',
      { customer: 'cus_1', price: 'price_1' },
      { customer: 'cus_1', pricing: { price: 'price_1' } },
    ],
    [
      '2024-06-20',
      'POST /v1/invoiceitems',
      { unit_amount: '700', quantity: '3', currency: 'usd' },
      { amount: '2100', quantity: '3', currency: 'usd' },
    ],
    [
      '2020-03-02',
      'POST /v1/subscriptions/sub_1',
      { prorate: 'false' },
      { proration_behavior: 'none' },
    ],
    [
      '2020-03-02',
      'DELETE /v1/subscription_items/si_1',
      { prorate: 'true' },
      { proration_behavior: 'create_prorations' },
    ],
  ])('%s %s', (version, endpoint, given, expected) => {
    expect(read(version, endpoint, given)).toEqual(expected);
  });

  test('stay as they are at the version that removed them, and elsewhere', () => {
    const coupon = { coupon: 'off' };
    expect(read('2025-03-31.basil', 'POST /v1/subscriptions', coupon)).toEqual(coupon);
    expect(read('2024-06-20', 'POST /v1/customers', coupon)).toEqual(coupon);
    const price = { price: 'price_1' };
    expect(read('2024-06-20', 'GET /v1/invoiceitems', price)).toEqual(price);
    const types = { payment_method_types: ['card'] };
    expect(read('2020-08-27', 'POST /v1/payment_intents/pi_1/cancel', types)).toEqual(types);
  });

  test('are refused by Stripe’s own code where it has one', () => {
    const types = { payment_method_types: ['card'] };
    expect(() => read(apiVersion, 'POST /v1/setup_intents', types)).toThrowError(
      expect.objectContaining({
        error: expect.objectContaining({
          code: 'payment_method_types_no_longer_supported',
          param: 'payment_method_types',
        }),
      }),
    );
  });
});

test('a version is known by its whole name', () => {
  expect(isApiVersion(apiVersion)).toBe(true);
  expect(isApiVersion('2020-08-27')).toBe(true);
  for (const wrong of ['2020-8-27', '2026-10-28', '2022-08-02', '', 'latest']) {
    expect(isApiVersion(wrong)).toBe(false);
  }
});

describe('over HTTP', () => {
  async function get(version: string | undefined) {
    const { local } = await openWorld();
    const response = await fetch(`${local.url}/v1/customers`, {
      headers: {
        authorization: `Bearer ${local.apiKey}`,
        ...(version === undefined ? {} : { 'stripe-version': version }),
      },
    });
    const body: unknown = await response.json();
    return { status: response.status, version: response.headers.get('stripe-version'), body };
  }

  test('the answer names the version at which the request was read', async () => {
    expect(await get('2020-08-27')).toMatchObject({ status: 200, version: '2020-08-27' });
    expect(await get(apiVersion)).toMatchObject({ status: 200, version: apiVersion });
    expect(await get(undefined)).toMatchObject({ status: 200, version: '2026-08-26.dahlia' });
  });

  test('a version that never was is refused as Stripe refuses it', async () => {
    expect(await get('2022-8-1')).toMatchObject({
      status: 400,
      body: {
        error: { message: expect.stringContaining('Invalid Stripe API version: 2022-8-1.') },
      },
    });
  });

  const setUp = async (headers: Record<string, string>) => {
    const { local } = await openWorld();
    const response = await fetch(`${local.url}/v1/setup_intents`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${local.apiKey}`,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: 'payment_method_types[]=card',
    });
    const body: unknown = await response.json();
    return { status: response.status, body };
  };

  test('a SetupIntent of Stripe’s CLI, which names no version, is taken', async () => {
    expect(await setUp({})).toMatchObject({
      status: 200,
      body: { object: 'setup_intent', payment_method_types: ['card'] },
    });
    expect(await setUp({ 'stripe-version': '2020-08-27' })).toMatchObject({ status: 200 });
  });

  test('and one of the pinned version is refused', async () => {
    expect(await setUp({ 'stripe-version': apiVersion })).toMatchObject({
      status: 400,
      body: { error: { code: 'payment_method_types_no_longer_supported' } },
    });
  });
});
