import { describe, expect, test } from 'vitest';
import { isoInstant, minuteMs } from '../../../functions/domain/time.ts';
import type { Settings } from '../../../functions/environment.ts';
import { personOf } from '../../../functions/runtime/hash.ts';
import { jsonOf } from '../../twins/api-request.ts';
import { customerOf, exampleSettings, noon, theCustomer } from '../../twins/examples.ts';
import {
  openPortalWorld,
  type PortalWorld,
  portalOrigin,
  staffArn,
  tokenOf,
} from '../../twins/portal-world.ts';

const route = 'POST /staff/customers/{customer}/portal-sessions';
const ada = 'ada@example.com';
const portal: Settings['portal'] = {
  ...exampleSettings.portal,
  returnUrls: ['https://shop.example/account'],
};

async function openWorld(): Promise<PortalWorld> {
  const world = await openPortalWorld({ portal });
  await world.account.records.addCustomer(customerOf());
  return world;
}

const create = (world: PortalWorld, body: object, customer: string = theCustomer) =>
  world.askAsStaff(route, { path: { customer }, body });

/** The address in the answer. */
function urlIn(answer: Awaited<ReturnType<PortalWorld['ask']>>): string {
  const body = jsonOf(answer);
  const url = typeof body === 'object' && body !== null && 'url' in body ? body.url : undefined;
  if (typeof url !== 'string') throw new Error('The answer has no address.');
  return url;
}

describe('the business’s backend', () => {
  test('gets an address that signs the member in once, for this customer', async () => {
    const world = await openWorld();
    const returnUrl = 'https://shop.example/account/billing?from=backstop';
    const answer = await create(world, { member: 'Ada@Example.com', returnUrl });
    expect(answer.statusCode).toBe(201);
    const url = urlIn(answer);
    expect(jsonOf(answer)).toEqual({ url, expiresAt: isoInstant(noon + 10 * minuteMs) });
    expect(url).toBe(`${portalOrigin}/#/sign-in/${world.tokens[0]}`);

    const body = { token: tokenOf(url) };
    const signedIn = await world.ask('POST /portal/session', { body });
    expect(jsonOf(signedIn)).toMatchObject({ customer: theCustomer, role: 'owner', returnUrl });
    expect(await world.ask('POST /portal/session', { body })).toMatchObject({ statusCode: 410 });
  });

  test('leaves a line in the audit log, and no secret in the table', async () => {
    const world = await openWorld();
    await create(world, { member: ada });
    const items = world.table.items();
    expect(items.filter(({ sk }) => sk.startsWith('AUDIT#'))).toMatchObject([
      {
        what: 'portal_session_created',
        by: { kind: 'staff', arn: staffArn },
        about: personOf(ada),
        to: { member: ada, returnUrl: null },
        at: noon,
      },
    ]);
    expect(JSON.stringify(items)).not.toContain(world.tokens[0]);
    expect(JSON.stringify(world.telemetry.lines)).not.toContain(world.tokens[0]);
  });

  test('records a customer whom only Stripe knows so far', async () => {
    const world = await openWorld();
    const customer = await world.stripe.customers.create({ email: 'new@example.com', name: 'New' });
    const answer = await create(world, { member: 'new@example.com' }, customer.id);
    const body = { token: tokenOf(urlIn(answer)) };
    expect(jsonOf(await world.ask('POST /portal/session', { body }))).toMatchObject({
      customer: customer.id,
      role: 'owner',
    });
  });

  const elsewhere = 'https://evil.example/account';
  const alike = 'https://shop.example/accounts';
  test.each<[string, { member: string; returnUrl?: string }, string, number]>([
    ['nobody of this customer', { member: 'eve@example.com' }, theCustomer, 404],
    ['a customer whom nobody knows', { member: ada }, 'cus_unknown', 404],
    ['no address', { member: 'ada' }, theCustomer, 400],
    ['a return address elsewhere', { member: ada, returnUrl: elsewhere }, theCustomer, 400],
    ['a return address that only begins so', { member: ada, returnUrl: alike }, theCustomer, 400],
  ])('is refused for %s', async (_what, body, customer, status) => {
    const world = await openWorld();
    const answer = await create(world, body, customer);
    expect(answer.statusCode).toBe(status);
    expect(world.tokens).toEqual([]);
  });
});

test('a member who was removed before they opened the address is not signed in', async () => {
  const world = await openWorld();
  const url = urlIn(await create(world, { member: ada }));
  await world.account.records.saveCustomer(customerOf({ members: [], version: 2 }));
  const body = { token: tokenOf(url) };
  expect(await world.ask('POST /portal/session', { body })).toMatchObject({ statusCode: 410 });
});

test('a request that nobody signed is refused', async () => {
  const world = await openWorld();
  const answer = await world.ask(route, { path: { customer: theCustomer }, body: { member: ada } });
  expect(answer.statusCode).toBe(401);
});
