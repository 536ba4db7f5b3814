/**
 * Derives from Stripe's published example objects what the local Stripe is compared with: the keys
 * and types of each object, without the examples themselves.
 *
 * `node tools/run.mjs tools/derive-shapes.ts FIXTURES.json` writes
 * test/unit/local-stripe/published-shapes.json. The fixtures are `openapi/fixtures3.json` of
 * Stripe's openapi repository.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The objects that the local Stripe makes, by their names in the fixtures. */
const objects = [
  'balance_transaction',
  'card',
  'charge',
  'customer',
  'deleted_customer',
  'deleted_invoice',
  'deleted_payment_source',
  'deleted_tax_id',
  'dispute',
  'event',
  'invoice',
  'invoice_payment',
  'invoiceitem',
  'line_item',
  'mandate',
  'payment_intent',
  'payment_method',
  'plan',
  'price',
  'product',
  'refund',
  'setup_attempt',
  'setup_intent',
  'subscription',
  'subscription_item',
  'tax_id',
  'test_helpers.test_clock',
  'token',
  'webhook_endpoint',
];

/** What callers fill as they like, and what holds an object of any other kind. */
const isFree = (path: string) => /(^|\.)metadata$/.test(path) || path === 'data.object';

type Shape = Record<string, string[]>;

function collect(value: unknown, path: string, shape: Shape): void {
  if (path !== '') {
    const types = shape[path] ?? [];
    const type = typeOf(value);
    shape[path] = types.includes(type) ? types : [...types, type].sort();
  }
  if (isFree(path) || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const each of value) collect(each, `${path}[]`, shape);
    return;
  }
  for (const [key, each] of Object.entries(value)) {
    collect(each, path === '' ? key : `${path}.${key}`, shape);
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Usage: node tools/run.mjs tools/derive-shapes.ts FIXTURES.json');
  process.exitCode = 2;
} else {
  const { resources }: { resources: Record<string, unknown> } = JSON.parse(
    await readFile(file, 'utf8'),
  );
  const shapes = objects.map((name) => {
    const example = resources[name];
    if (example === undefined) throw new Error(`${file} has no example of ${name}.`);
    const shape: Shape = {};
    collect(example, '', shape);
    const sorted = Object.entries(shape).sort(([a], [b]) => (a < b ? -1 : 1));
    return [name, Object.fromEntries(sorted)];
  });
  const target = join('test', 'unit', 'local-stripe', 'published-shapes.json');
  await writeFile(target, `${JSON.stringify(Object.fromEntries(shapes), null, 2)}\n`);
}
