import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { whereFrom } from '../../../local/stripe/own-address.ts';
import { openWorld, type World } from './world.ts';

/** Sends bytes as they are, and gives the status of the answer. */
async function statusOf({ local }: World, ...lines: readonly string[]): Promise<number> {
  const socket = connect(local.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [first] = await once(socket, 'data');
  socket.destroy();
  return Number(/^HTTP\/1\.1 (\d+)/.exec(String(first))?.[1]);
}

const withKey = ({ local }: World) => ({ authorization: `Bearer ${local.apiKey}` });

/** What a request that names nothing known is answered with. */
async function messageAt(world: World, path: string, init: RequestInit = {}) {
  const answer = await fetch(`${world.local.url}${path}`, init);
  const { error }: { error: { message: string; param?: string } } = JSON.parse(await answer.text());
  return { status: answer.status, message: error.message, param: error.param };
}

test.each([
  ['/', 403],
  ['/_local/requests', 403],
  ['/_local/do/demo', 403],
  ['/v1/customers', 403],
  ['/i/acct/token', 403],
  ['/nothing', 403],
])('%s is refused to a foreign host and to a foreign page', async (path, refused) => {
  const world = await openWorld();
  expect(await statusOf(world, `GET ${path} HTTP/1.1`, 'Host: evil.example')).toBe(refused);
  const host = `Host: 127.0.0.1:${world.local.port}`;
  const body = 'Content-Length: 0';
  for (const origin of [
    'null',
    'http://evil.example',
    `http://127.0.0.1:${world.local.port}.evil`,
  ]) {
    const status = await statusOf(world, `POST ${path} HTTP/1.1`, host, `Origin: ${origin}`, body);
    expect([origin, status]).toEqual([origin, refused]);
  }
});

test('the port of plain HTTP stands in no header', () => {
  const headers = { host: '127.0.0.1', origin: 'http://127.0.0.1' };
  expect(whereFrom({ headers }, 80)).toEqual({ from: 'here' });
  expect(whereFrom({ headers }, 8080)).toEqual({ from: 'elsewhere' });
});

test('an address that is none is refused as a sentence, and asks nothing of the API', async () => {
  const world = await openWorld();
  const host = `Host: 127.0.0.1:${world.local.port}`;
  for (const target of ['http://[', '*', 'http://evil.example/v1/customers']) {
    expect(await statusOf(world, `GET ${target} HTTP/1.1`, host)).toBe(400);
  }
  for (const path of ['/favicon.ico', '//evil.example/v1/customers', '/v1']) {
    expect(await messageAt(world, path)).toMatchObject({
      status: 404,
      message: expect.stringContaining(`nothing at ${path}`),
    });
  }
  expect(world.local.control.requests()).toEqual([]);
});

test('pages are only looked at', async () => {
  const world = await openWorld();
  for (const method of ['POST', 'PUT', 'DELETE']) {
    const answer = await fetch(world.local.url, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  }
  expect((await fetch(world.local.url, { method: 'HEAD' })).status).toBe(200);
});

test('a resource that is not searched is not taken for an object called search', async () => {
  const world = await openWorld();
  const headers = withKey(world);
  expect(await messageAt(world, '/v1/prices/search?query=x', { headers })).toMatchObject({
    status: 404,
    message: expect.stringContaining('Unrecognized request URL (GET: /v1/prices/search)'),
  });
});

test.each([
  [`a${'[b]'.repeat(50_000)}=1`, 'at most 16 levels'],
  ['a[b=1', 'unknown parameter: a[b'],
  ['[a]=1', 'unknown parameter: [a]'],
  ['__proto__[x]=1', 'unknown parameter: __proto__'],
])('a name of a parameter that nothing has is refused (case %#)', async (body, message) => {
  const world = await openWorld();
  const headers = { ...withKey(world), 'content-type': 'application/x-www-form-urlencoded' };
  expect(await messageAt(world, '/v1/customers', { method: 'POST', headers, body })).toMatchObject({
    status: 400,
    message: expect.stringContaining(message),
  });
});

test('a body that is too large is refused, and one that breaks off harms nobody', async () => {
  const world = await openWorld();
  const host = `Host: 127.0.0.1:${world.local.port}`;
  const big = await messageAt(world, '/_local/faults', { method: 'POST', body: 'x'.repeat(2e6) });
  expect(big).toMatchObject({ status: 413 });
  const socket = connect(world.local.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`POST /_local/do/demo HTTP/1.1\r\n${host}\r\nContent-Length: 50\r\n\r\nhalf`);
  socket.end();
  await once(socket.resume(), 'close');
  expect((await fetch(world.local.url)).status).toBe(200);
  expect(world.local.control.state().tables.customers).toEqual([]);
});

const pathPiece = fc.oneof(
  fc.constantFrom('v1', '_local', 'do', 'i', 'invoice', 'customers', 'events', 'faults', 'clock'),
  fc.constantFrom(
    'forward',
    'advance',
    'cards',
    'subscriptions',
    'troubles',
    '*',
    '..',
    '%',
    '%00',
  ),
  fc.string({ maxLength: 8 }).map(encodeURIComponent),
);
const body = fc.oneof(
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(fc.tuple(fc.constantFrom('name', 'a[]', 'a[b]', 'days', 'url', 'kind'), fc.string()))
    .map((fields) => new URLSearchParams(fields).toString()),
);

test('whatever is asked, the answer is no crash', async () => {
  const world = await openWorld();
  const wish = fc.record({
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'PUT'),
    path: fc.array(pathPiece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join('/')),
    hasKey: fc.boolean(),
    body,
  });
  await fc.assert(
    fc.asyncProperty(wish, async ({ method, path, hasKey, body: sent }) => {
      const answer = await fetch(`${world.local.url}/${path}`, {
        method,
        redirect: 'manual',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...(hasKey ? withKey(world) : {}),
        },
        ...(method === 'GET' ? {} : { body: sent }),
      });
      await answer.text();
      expect(answer.status).toBeLessThan(500);
      expect((await fetch(world.local.url)).status).toBe(200);
    }),
    { numRuns: 300 },
  );
});

/** Every form of the page, with `*` for the id of something. */
const forms = [
  'clock/forward',
  'clock/next',
  'methods/*/outcome',
  'methods/*/expire',
  'methods/*/network',
  'subscriptions/*/renew',
  'demo',
  'charges/*/settle',
  'charges/*/return',
  'charges/*/dispute',
  'charges/*/fraud-warning',
  'disputes/*/decide',
  'mandates/*/deactivate',
  'intents/*/authentication',
  'endpoints',
  'deliveries/hold',
  'deliveries/release',
  'events/*/again',
  'events/*/second',
  'events/*/delay',
  'events/*/drop',
  'faults',
  'faults/release',
  'faults/clear',
  'troubles',
  'troubles/clear',
];
const words = fc.constantFrom(
  ...['paid', 'same', 'won', 'lost', 'right', 'wrong', 'cards', 'bank_account', 'shuffled'],
  ...['stolen_card', 'authentication_required', 'succeeded', 'expiry', 'number', 'fraudulent'],
  ...['chargeback', 'inquiry', 'R01', 'AM04', 'POST', '/v1/customers', '*', 'delayed', 'latency'],
  ...['1', '40', '-1', '1e9', '0.5', '', '\u202e', 'http://127.0.0.1:9/x', 'misc', 'dropped'],
);
const fields = ['days', 'outcome', 'after', 'update', 'methods', 'reason', 'kind', 'fraud_type'];
const more = [
  'answer',
  'place',
  'url',
  'order',
  'method',
  'path',
  'type',
  'code',
  'seconds',
  'count',
];
const filled = fc.dictionary(fc.constantFrom(...fields, ...more), words, { maxKeys: 18 });

test('whatever the forms of the page are sent, the page goes on', async () => {
  const world = await openWorld();
  await fetch(`${world.local.url}/_local/do/demo?`, {
    method: 'POST',
    body: new URLSearchParams({ methods: 'bank_account' }),
  });
  await fetch(`${world.local.url}/_local/do/demo`, {
    method: 'POST',
    body: new URLSearchParams({ methods: 'cards' }),
  });
  const order = fc.record({ form: fc.constantFrom(...forms), pick: fc.nat(), body: filled });
  await fc.assert(
    fc.asyncProperty(order, async ({ form, pick, body: sent }) => {
      const answer = await fetch(
        `${world.local.url}/_local/do/${form.replace('*', idFor(world, form, pick))}`,
        { method: 'POST', body: new URLSearchParams(sent), redirect: 'manual' },
      );
      expect([answer.status, await answer.text()]).toEqual([303, '']);
      const page = await fetch(new URL(answer.headers.get('location') ?? '', world.local.url));
      expect([page.status, await page.text()]).toEqual([
        200,
        expect.stringContaining('role="status"'),
      ]);
    }),
    { numRuns: 400 },
  );
});

/** The id of something that a form may be about. */
function idFor({ local }: World, form: string, pick: number): string {
  const { tables } = local.control.state();
  const rows: Readonly<Record<string, readonly { readonly id: string }[]>> = {
    methods: tables.payment_methods,
    subscriptions: tables.subscriptions,
    charges: tables.charges,
    disputes: tables.disputes,
    mandates: tables.mandates,
    intents: [...tables.payment_intents, ...tables.setup_intents],
    events: tables.events,
  };
  const known = rows[form.split('/')[0] ?? ''] ?? [];
  return known[pick % (known.length + 1)]?.id ?? 'none';
}
