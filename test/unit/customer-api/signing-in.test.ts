import { describe, expect, test } from 'vitest';
import { customerId } from '../../../functions/domain/ids.ts';
import { hourMs, minuteMs } from '../../../functions/domain/time.ts';
import { jsonOf } from '../../twins/api-request.ts';
import { customerOf } from '../../twins/examples.ts';
import {
  cookieFor,
  cookieOf,
  linkIn,
  openPortalWorld,
  type PortalWorld,
  samePage,
  signIn,
  tokenOf,
} from '../../twins/portal-world.ts';

const ada = 'ada@example.com';

/** Two customers: Ada owns the first and sees the second, Bob owns the second. */
async function openWorld(): Promise<PortalWorld> {
  const world = await openPortalWorld();
  const { records } = world.account;
  await records.addCustomer(customerOf());
  return world;
}

const secondCustomer = (members = [{ email: ada, name: 'Ada', role: 'viewer' as const }]) =>
  customerOf({
    customer: customerId('cus_bob'),
    members: [{ email: 'bob@example.com', name: 'Bob', role: 'owner' }, ...members],
  });

const ask = (world: PortalWorld, email: string, more = {}) =>
  world.ask('POST /portal/login', { body: { email }, ...more });

describe('asking for a link', () => {
  test('does one thing for every address, known or not', async () => {
    const world = await openWorld();
    const before = world.table.items().length;
    const answers = [await ask(world, ada), await ask(world, 'nobody@example.com')];
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.statusCode).toBe(202);
    expect(world.table.items()).toHaveLength(before);
    expect(world.queues.waiting().map(({ queue }) => queue)).toEqual(['signIn', 'signIn']);
  });

  test.each([
    '',
    'ada',
    'ada@example',
    'ada @example.com',
    `${'a'.repeat(250)}@x.example`,
    7,
    null,
  ])('for %j is refused', async (email) => {
    const world = await openWorld();
    const answer = await world.ask('POST /portal/login', { body: { email } });
    expect(answer.statusCode).toBe(400);
    expect(world.queues.waiting()).toEqual([]);
  });
});

describe('a link', () => {
  test('signs in whoever was mailed it', async () => {
    const world = await openWorld();
    const answer = await signIn(world, 'ADA@Example.com');
    expect(answer.statusCode).toBe(201);
    expect(jsonOf(answer)).toEqual({
      email: ada,
      customers: [{ customer: 'cus_ada', name: null, role: 'owner' }],
      customer: 'cus_ada',
      role: 'owner',
      returnUrl: null,
      endsAt: '2026-11-03T00:00:00.000Z',
    });
  });

  test('works once', async () => {
    const world = await openWorld();
    await signIn(world, ada);
    const token = tokenOf(linkIn(world.mailer.sent[0]));
    const again = await world.ask('POST /portal/session', { body: { token } });
    expect(again).toMatchObject({ statusCode: 410 });
    expect(again.cookies).toBeUndefined();
  });

  test('works for one of two requests at the same time', async () => {
    const world = await openWorld();
    await ask(world, ada);
    await world.mailLinks();
    const body = { token: tokenOf(linkIn(world.mailer.sent[0])) };
    const answers = await Promise.all([
      world.ask('POST /portal/session', { body }),
      world.ask('POST /portal/session', { body }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 410]);
  });

  test.each([
    [10 * minuteMs - 1, 201],
    [10 * minuteMs, 410],
  ])('after %i ms answers %i', async (milliseconds, status) => {
    const world = await openWorld();
    await ask(world, ada);
    await world.mailLinks();
    world.clock.advance(milliseconds);
    const token = tokenOf(linkIn(world.mailer.sent[0]));
    const answer = await world.ask('POST /portal/session', { body: { token } });
    expect(answer.statusCode).toBe(status);
  });

  test('that is unknown, used or expired is refused in the same words', async () => {
    const world = await openWorld();
    await signIn(world, ada);
    const used = tokenOf(linkIn(world.mailer.sent[0]));
    await ask(world, ada);
    await world.mailLinks();
    const expired = tokenOf(linkIn(world.mailer.sent[1]));
    world.clock.advance(10 * minuteMs);
    const answers = await Promise.all(
      [used, expired, 'unknown'].map((token) =>
        world.ask('POST /portal/session', { body: { token } }),
      ),
    );
    expect(answers[0]?.statusCode).toBe(410);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test('of somebody who was removed meanwhile signs nobody in', async () => {
    const world = await openWorld();
    await ask(world, ada);
    await world.mailLinks();
    await world.account.records.saveCustomer(customerOf({ members: [], version: 2 }));
    const token = tokenOf(linkIn(world.mailer.sent[0]));
    expect(await world.ask('POST /portal/session', { body: { token } })).toMatchObject({
      statusCode: 410,
    });
  });

  test('signs in where access is suspended: nothing is asked of the customer', async () => {
    const world = await openPortalWorld();
    await world.account.records.addCustomer(customerOf({ primary: null, secondary: null }));
    expect(await signIn(world, ada)).toMatchObject({ statusCode: 201 });
  });

  test.each([{ origin: 'https://evil.example' }, { origin: 'null' }, {}])(
    'from a page with the headers %j is neither used nor up',
    async (headers) => {
      const world = await openWorld();
      await ask(world, ada);
      await world.mailLinks();
      const body = { token: tokenOf(linkIn(world.mailer.sent[0])) };
      const refused = await world.ask('POST /portal/session', { body, headers });
      expect(refused.statusCode).toBe(403);
      expect(await world.ask('POST /portal/session', { body })).toMatchObject({ statusCode: 201 });
    },
  );
});

describe('the cookie', () => {
  test('is for this host alone, for no script, and for as long as the session', async () => {
    const world = await openWorld();
    const { cookies } = await signIn(world, ada);
    expect(cookies).toEqual([
      `__Host-backstop=${world.tokens[1]}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=43200`,
    ]);
  });

  test('is a new one at each sign-in, and the one before ends', async () => {
    const world = await openWorld();
    const first = await cookieFor(world, ada);
    await ask(world, ada);
    await world.mailLinks();
    const body = { token: tokenOf(linkIn(world.mailer.sent.at(-1))) };
    const second = cookieOf(await world.ask('POST /portal/session', { body, cookies: [first] }));
    expect(second).not.toBe(first);
    expect(await world.ask('GET /portal/session', { cookies: [first] })).toMatchObject({
      statusCode: 401,
    });
    expect(await world.ask('GET /portal/session', { cookies: [second] })).toMatchObject({
      statusCode: 200,
    });
  });

  test('that nobody gave is no session', async () => {
    const world = await openWorld();
    const cookies = ['__Host-backstop=guessed'];
    expect(await world.ask('GET /portal/session', { cookies })).toMatchObject({ statusCode: 401 });
    const empty = ['__Host-backstop='];
    expect(await world.ask('GET /portal/session', { cookies: empty })).toMatchObject({
      statusCode: 401,
    });
  });
});

test('no secret stands in the table, in a queue or in a log line; no address in a log line', async () => {
  const world = await openWorld();
  const cookies = [await cookieFor(world, ada)];
  await ask(world, 'nobody@example.com');
  await world.mailLinks();
  await world.ask('GET /portal/session', { cookies });
  await world.ask('POST /portal/session/sign-out-everywhere', { cookies });
  expect(world.tokens).toHaveLength(2);
  const kept = JSON.stringify([world.table.items(), world.queues.waiting()]);
  const logged = JSON.stringify(world.telemetry.lines);
  for (const token of world.tokens) {
    expect(kept).not.toContain(token);
    expect(logged).not.toContain(token);
  }
  expect(logged).not.toContain('example.com');
  expect(world.telemetry.lines.length).toBeGreaterThan(4);
});

describe('a session', () => {
  const isOpen = async (world: PortalWorld, cookie: string) =>
    (await world.ask('GET /portal/session', { cookies: [cookie] })).statusCode === 200;

  test.each([
    [30 * minuteMs - 1, true],
    [30 * minuteMs, false],
  ])('unused for %i ms is open: %s', async (milliseconds, open) => {
    const world = await openWorld();
    const cookie = await cookieFor(world, ada);
    world.clock.advance(milliseconds);
    expect(await isOpen(world, cookie)).toBe(open);
  });

  test('that is used ends after twelve hours all the same', async () => {
    const world = await openWorld();
    const cookie = await cookieFor(world, ada);
    for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
      world.clock.advance(20 * minuteMs);
      expect(await isOpen(world, cookie)).toBe(true);
    }
    world.clock.advance(20 * minuteMs - 1);
    expect(await isOpen(world, cookie)).toBe(true);
    world.clock.advance(1);
    expect(await isOpen(world, cookie)).toBe(false);
  });

  test('is written once in five minutes, however often it is used', async () => {
    const world = await openWorld();
    const cookie = await cookieFor(world, ada);
    const versions = () =>
      world.table.items().flatMap(({ sk, version }) => (sk === 'SESSION' ? [version] : []));
    world.clock.advance(6 * minuteMs);
    await Promise.all([isOpen(world, cookie), isOpen(world, cookie), isOpen(world, cookie)]);
    await isOpen(world, cookie);
    expect(versions()).toEqual([2]);
  });

  test('ends by signing out, and the browser forgets its cookie', async () => {
    const world = await openWorld();
    const cookie = await cookieFor(world, ada);
    const answer = await world.ask('DELETE /portal/session', { cookies: [cookie] });
    expect(answer).toMatchObject({
      statusCode: 204,
      cookies: ['__Host-backstop=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0'],
    });
    expect(await isOpen(world, cookie)).toBe(false);
  });

  test('ends with all others by signing out everywhere; a new one is not touched', async () => {
    const world = await openWorld();
    await world.account.records.addCustomer(secondCustomer());
    const [first, second] = [await cookieFor(world, ada), await cookieFor(world, ada)];
    const bob = await cookieFor(world, 'bob@example.com');
    await world.ask('POST /portal/session/sign-out-everywhere', { cookies: [first] });
    expect([await isOpen(world, first), await isOpen(world, second)]).toEqual([false, false]);
    expect(await isOpen(world, bob)).toBe(true);
    world.clock.advance(1);
    expect(await isOpen(world, await cookieFor(world, ada))).toBe(true);
  });

  test('that somebody signs out everywhere uses up the links that were made before', async () => {
    const world = await openWorld();
    const cookies = [await cookieFor(world, ada)];
    await ask(world, ada);
    await world.mailLinks();
    world.clock.advance(1);
    await world.ask('POST /portal/session/sign-out-everywhere', { cookies });
    const body = { token: tokenOf(linkIn(world.mailer.sent.at(-1))) };
    expect(await world.ask('POST /portal/session', { body })).toMatchObject({ statusCode: 410 });
    world.clock.advance(1);
    expect(await signIn(world, ada)).toMatchObject({ statusCode: 201 });
  });

  test.each<[string, Record<string, string>, number]>([
    ['of the page', samePage, 204],
    ['of the page, in a browser without Origin', { 'sec-fetch-site': 'same-origin' }, 204],
    ['of another site', { origin: 'https://evil.example' }, 403],
    ['of a neighbour', { origin: 'https://www.example.com', 'sec-fetch-site': 'same-site' }, 403],
    [
      'of another site, whatever else it says',
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      403,
    ],
    ['without any sign of its page', {}, 403],
  ])('is changed by a request %s', async (_whose, headers, status) => {
    const world = await openWorld();
    const cookies = [await cookieFor(world, ada)];
    const answer = await world.ask('DELETE /portal/session', { cookies, headers });
    expect(answer.statusCode).toBe(status);
    expect(await isOpen(world, cookies[0] ?? '')).toBe(status === 403);
  });
});

describe('a person of several customers', () => {
  const choose = (world: PortalWorld, cookie: string, customer: string) =>
    world.ask('PUT /portal/session/customer', { cookies: [cookie], body: { customer } });

  test('chooses after signing in', async () => {
    const world = await openWorld();
    await world.account.records.addCustomer(secondCustomer());
    const answer = await signIn(world, ada);
    expect(jsonOf(answer)).toMatchObject({
      customers: [
        { customer: 'cus_ada', role: 'owner' },
        { customer: 'cus_bob', role: 'viewer' },
      ],
      customer: null,
      role: null,
    });
    const cookie = cookieOf(answer);
    expect(jsonOf(await choose(world, cookie, 'cus_bob'))).toMatchObject({
      customer: 'cus_bob',
      role: 'viewer',
    });
    expect(jsonOf(await choose(world, cookie, 'cus_ada'))).toMatchObject({ role: 'owner' });
    expect(jsonOf(await world.ask('GET /portal/session', { cookies: [cookie] }))).toMatchObject({
      customer: 'cus_ada',
    });
  });

  test('chooses none but their own', async () => {
    const world = await openWorld();
    await world.account.records.addCustomer(secondCustomer([]));
    const cookie = await cookieFor(world, ada);
    expect(await choose(world, cookie, 'cus_bob')).toMatchObject({ statusCode: 404 });
    expect(await choose(world, cookie, 'cus_unknown')).toMatchObject({ statusCode: 404 });
  });

  test('gets one mail', async () => {
    const world = await openWorld();
    await world.account.records.addCustomer(secondCustomer());
    await ask(world, ada);
    await world.mailLinks();
    expect(world.mailer.sent).toHaveLength(1);
  });
});

test('an hour of asking is limited for each address and for each source', async () => {
  const world = await openWorld();
  for (let times = 0; times < 7; times += 1) {
    await ask(world, ada, { address: `192.0.2.${times}` });
    await world.mailLinks();
  }
  expect(world.mailer.sent).toHaveLength(5);
  world.clock.advance(hourMs);
  await ask(world, ada);
  await world.mailLinks();
  expect(world.mailer.sent).toHaveLength(6);
});

describe('whoever signs in', () => {
  /** A customer of Stripe's, on record as of before somebody changed them there. */
  const changedAtStripe = async (world: PortalWorld) => {
    const { id } = await world.stripe.customers.create({ email: ada, name: 'Ada Ltd' });
    const customer = customerId(id);
    await world.account.records.addCustomer(
      customerOf({ customer, primary: null, secondary: null }),
    );
    const { id: method } = await world.stripe.paymentMethods.attach('pm_card_visa', {
      customer: id,
    });
    await world.stripe.customers.update(id, {
      invoice_settings: { default_payment_method: method },
    });
    return { customer, method };
  };

  test('finds what Stripe shows now, whoever else changed it there', async () => {
    const world = await openPortalWorld();
    const { customer, method } = await changedAtStripe(world);
    const answer = await signIn(world, ada);
    expect(jsonOf(answer)).toMatchObject({ customers: [{ customer, name: 'Ada Ltd' }] });
    expect(await world.account.records.customer(customer)).toMatchObject({
      primary: method,
      billing: { name: 'Ada Ltd' },
      members: customerOf().members,
    });
  });

  test('is let in where Stripe does not answer', async () => {
    const world = await openPortalWorld();
    const { customer } = await changedAtStripe(world);
    const path = `/v1/customers/${customer}`;
    world.local.control.faults.add({ method: 'GET', path, kind: '429', count: 9 });
    expect(await signIn(world, ada)).toMatchObject({ statusCode: 201 });
    expect(world.telemetry.lines.map(({ message }) => message)).toContain(
      'Stripe did not answer; what it showed last is shown',
    );
  });
});
