import { describe, expect, test } from 'vitest';
import { bundleRooms, type Room, rooms } from '../../lib/bundle.ts';

const bundles = bundleRooms();
const sizes = rooms.map(
  (room) => `${room} ${(bundles[room].source.byteLength / 1024).toFixed(0)} KiB`,
);
console.log(`Bundles: ${sizes.join(', ')}`);

/** Bytes in the bundle of a room that came from files whose path contains `part`. */
function bytesFrom(room: Room, part: string): number {
  return Object.entries(bundles[room].bytesByFile)
    .filter(([path]) => path.includes(part))
    .reduce((sum, [, bytes]) => sum + bytes, 0);
}

const stripeSdk = 'node_modules/stripe/esm/stripe.esm.node.js';

test("the webhook carries Stripe's verifier, and nothing else of Stripe's SDK", () => {
  expect(bytesFrom('stripe-webhook', 'node_modules/stripe/esm/Webhooks.js')).toBeGreaterThan(0);
  expect(bytesFrom('stripe-webhook', stripeSdk)).toBe(0);
  expect(bytesFrom('stripe-webhook', 'node_modules/stripe/esm/resources')).toBe(0);
});

test('only the rooms that call Stripe carry its SDK', () => {
  expect(rooms.filter((room) => bytesFrom(room, stripeSdk) > 0)).toEqual([
    'retry',
    'reconcile',
    'remind',
    'customer-api',
    'staff-api',
  ]);
});

describe.each(rooms)('%s', (room) => {
  test("has no languages of zod's error messages, the sign of an import of all of zod", () => {
    expect(bytesFrom(room, 'zod/v4/locales')).toBeLessThan(4096);
  });

  test('imports no `node:http`, which would load all of fetch', () => {
    expect(bytesFrom(room, 'functions/runtime/node-http.ts')).toBeGreaterThan(0);
    expect(Buffer.from(bundles[room].source).toString()).not.toMatch(/from ?"(node:)?http"/);
  });

  test('needs no `require`, which an ES module does not have', () => {
    expect(Buffer.from(bundles[room].source).includes('Dynamic require of')).toBe(false);
  });
});

test('bundles are the same bytes when made again, so that an unchanged function stays', () => {
  const again = bundleRooms();
  for (const room of rooms) {
    expect(Buffer.from(again[room].source).equals(bundles[room].source)).toBe(true);
  }
});
