import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../functions/domain/audit.ts';
import type { Customer, Member } from '../../../functions/domain/customer/customer.ts';
import { customerId } from '../../../functions/domain/ids.ts';
import { auditItem } from '../../../functions/domain/items.ts';
import { personOf } from '../../../functions/runtime/hash.ts';
import { jsonOf } from '../../twins/api-request.ts';
import { customerOf, noon, theCustomer } from '../../twins/examples.ts';
import {
  cookieFor,
  openPortalWorld,
  type PortalWorld,
  signIn,
  staffArn,
} from '../../twins/portal-world.ts';

const ada: Member = { email: 'ada@example.com', name: 'Ada', role: 'owner' };
const eve: Member = { email: 'eve@example.com', name: 'Eve', role: 'viewer' };
const bob = { email: 'bob@example.com', name: 'Bob', role: 'viewer' } as const;

interface Actors {
  readonly invite: (body: object) => ReturnType<PortalWorld['ask']>;
  readonly change: (email: string, body: object) => ReturnType<PortalWorld['ask']>;
  readonly remove: (email: string, version: number) => ReturnType<PortalWorld['ask']>;
  readonly by: Actor;
}

async function openWorld(members: readonly Member[] = [ada, eve]): Promise<PortalWorld> {
  const world = await openPortalWorld();
  await world.account.records.addCustomer(customerOf({ members }));
  return world;
}

async function owner(world: PortalWorld): Promise<Actors> {
  const cookies = [await cookieFor(world, ada.email)];
  return {
    invite: (body) => world.ask('POST /portal/members', { cookies, body }),
    change: (email, body) =>
      world.ask('PATCH /portal/members/{member}', {
        cookies,
        body,
        path: { member: personOf(email) },
      }),
    remove: (email, version) =>
      world.ask('DELETE /portal/members/{member}', {
        cookies,
        path: { member: personOf(email) },
        query: { version: String(version) },
      }),
    by: { kind: 'member', email: ada.email },
  };
}

async function staff(world: PortalWorld): Promise<Actors> {
  const customer = theCustomer;
  const members = '/staff/customers/{customer}/members';
  return {
    invite: (body) => world.askAsStaff(`POST ${members}`, { path: { customer }, body }),
    change: (email, body) =>
      world.askAsStaff(`PATCH ${members}/{member}`, {
        path: { customer, member: personOf(email) },
        body,
      }),
    remove: (email, version) =>
      world.askAsStaff(`DELETE ${members}/{member}`, {
        path: { customer, member: personOf(email) },
        query: { version: String(version) },
      }),
    by: { kind: 'staff', arn: staffArn },
  };
}

const stored = async (world: PortalWorld): Promise<Customer> => {
  const customer = await world.account.records.customer(theCustomer);
  if (customer === null) throw new Error('The customer is on record.');
  return customer;
};

const audited = ({ table }: PortalWorld) =>
  table.items().filter(({ sk }) => sk.startsWith('AUDIT#'));

describe.each([
  { name: 'an owner', actor: owner },
  { name: 'staff', actor: staff },
])('$name', ({ actor }) => {
  test('invites somebody, who can sign in at once', async () => {
    const world = await openWorld();
    const { invite, by } = await actor(world);
    const answer = await invite({ version: 1, ...bob });
    expect(answer.statusCode).toBe(200);
    expect(jsonOf(answer)).toEqual({
      members: [ada, eve, bob].map((each) => ({
        member: personOf(each.email),
        ...each,
        mail: 'ok',
      })),
      version: 3,
    });
    expect(await signIn(world, bob.email)).toMatchObject({ statusCode: 201 });
    expect(audited(world)).toEqual([
      auditItem(theCustomer, {
        id: 'customer-2-0',
        at: noon,
        by,
        what: 'member_invited',
        about: personOf(bob.email),
        from: null,
        to: bob,
        reason: null,
      }),
    ]);
  });

  test('makes the same change twice: once', async () => {
    const world = await openWorld();
    const { invite, change, remove } = await actor(world);
    await invite({ version: 1, ...bob });
    expect(await invite({ version: 1, ...bob })).toMatchObject({ statusCode: 200 });
    const { version } = await stored(world);
    await change(eve.email, { version, role: 'owner' });
    expect(await change(eve.email, { version, role: 'owner' })).toMatchObject({ statusCode: 200 });
    const later = await stored(world);
    await remove(bob.email, later.version);
    expect(await remove(bob.email, later.version)).toMatchObject({ statusCode: 200 });
    expect(audited(world)).toHaveLength(3);
    expect((await stored(world)).members).toEqual([ada, { ...eve, role: 'owner' }]);
  });

  test('changes nothing that somebody changed meanwhile', async () => {
    const world = await openWorld();
    const { invite, change, remove } = await actor(world);
    await invite({ version: 1, ...bob });
    const stale = [
      await invite({ version: 1, ...bob, email: 'kim@example.com' }),
      await change(eve.email, { version: 1, name: 'Eva' }),
      await remove(eve.email, 1),
    ];
    expect(stale.map(({ statusCode }) => statusCode)).toEqual([409, 409, 409]);
    expect((await stored(world)).members).toEqual([ada, eve, bob]);
  });

  test('can neither remove the last owner nor make a viewer of them', async () => {
    const world = await openWorld();
    const { change, remove } = await actor(world);
    const refused = [
      await remove(ada.email, 1),
      await change(ada.email, { version: 1, role: 'viewer' }),
    ];
    for (const answer of refused) {
      expect(answer.statusCode).toBe(409);
      expect(jsonOf(answer)).toMatchObject({ type: 'urn:backstop:problem:last-owner' });
    }
    expect(await stored(world)).toMatchObject({ members: [ada, eve], version: 1 });
  });

  test('cannot invite a member under another name or role, nor change who is none', async () => {
    const world = await openWorld();
    const { invite, change } = await actor(world);
    const again = await invite({ version: 1, ...eve, email: 'EVE@example.com', role: 'owner' });
    expect(jsonOf(again)).toMatchObject({ type: 'urn:backstop:problem:already-member' });
    expect(await change(bob.email, { version: 1, role: 'owner' })).toMatchObject({
      statusCode: 404,
    });
  });

  test.each([
    { email: 'bob', name: null, role: 'viewer' },
    { email: bob.email, name: '', role: 'viewer' },
    { email: bob.email, name: 'x'.repeat(101), role: 'viewer' },
    { email: bob.email, name: 'Bob,\n\nyour account is closed: evil.example', role: 'viewer' },
    { email: bob.email, name: null, role: 'admin' },
    { email: bob.email, name: null },
    { ...bob, more: true },
  ])('cannot invite %j', async (body) => {
    const world = await openWorld();
    const { invite } = await actor(world);
    expect(await invite({ version: 1, ...body })).toMatchObject({ statusCode: 400 });
    expect(await stored(world)).toMatchObject({ version: 1 });
  });
});

test('who was removed or made a viewer is so at their next request', async () => {
  const world = await openWorld([ada, { ...eve, role: 'owner' }]);
  const cookies = [await cookieFor(world, eve.email)];
  const { change, remove } = await owner(world);
  const invite = (email: string) =>
    world.ask('POST /portal/members', {
      cookies,
      body: { version: 1, email, name: null, role: 'viewer' },
    });
  const { version } = await stored(world);
  await change(eve.email, { version, role: 'viewer' });
  expect(jsonOf(await invite('x@example.com'))).toMatchObject({
    type: 'urn:backstop:problem:not-allowed',
  });
  await remove(eve.email, (await stored(world)).version);
  expect(jsonOf(await invite('x@example.com'))).toMatchObject({
    type: 'urn:backstop:problem:no-customer-chosen',
  });
  expect(jsonOf(await world.ask('GET /portal/session', { cookies }))).toMatchObject({
    customers: [],
    customer: null,
  });
});

test('one customer’s owner changes nothing of another', async () => {
  const world = await openWorld();
  const other = customerOf({ customer: customerId('cus_other'), members: [bob] });
  await world.account.records.addCustomer(other);
  const cookies = [await cookieFor(world, ada.email)];
  await world.ask('PUT /portal/session/customer', { cookies, body: { customer: 'cus_other' } });
  const { remove } = await owner(world);
  await remove(bob.email, 1);
  expect(await world.account.records.customer(other.customer)).toEqual(other);
});
