import { expect, test } from 'vitest';
import { finishChange } from '../../../functions/account/finish-change.ts';
import { liftSuppression } from '../../../functions/account/lift-suppression.ts';
import { customerId } from '../../../functions/domain/ids.ts';
import type { SuppressionCause } from '../../../functions/domain/notice/suppression.ts';
import { hourMs } from '../../../functions/domain/time.ts';
import { personOf } from '../../../functions/runtime/hash.ts';
import { type Desk, openDesk, openRenewal, type Renewal, sam } from './fixtures/desk.ts';

const show = 'GET /staff/customers/{customer}';
const lift = 'DELETE /staff/customers/{customer}/members/{member}/suppression';
const person = personOf('ada@example.com');
const query = { reason: 'the mailbox is back' };

async function openSuppressed(why: SuppressionCause = 'bounce') {
  const desk = await openDesk();
  const ada = await openRenewal(desk);
  const at = desk.clock.now();
  await desk.account.records.saveSuppression({ person, why, at, liftedAt: null, version: 1 });
  return { desk, ada, path: { customer: ada.customer, member: person } };
}

const mailOf = async (desk: Desk, { customer }: Renewal) =>
  (await desk.ask(show, { path: { customer } })).body;

test.each([
  ['bounce', 'bounced'],
  ['complaint', 'complained'],
] as const)('after a %s staff see that a member’s mails %s', async (why, mail) => {
  const { desk, ada } = await openSuppressed(why);
  expect(await mailOf(desk, ada)).toMatchObject({ members: [{ email: 'ada@example.com', mail }] });
});

test('a suppression is lifted with a reason, once, and audited', async () => {
  const { desk, ada, path } = await openSuppressed();
  desk.clock.advance(hourMs);
  const lifted = { why: 'bounce' };
  expect(await desk.ask(lift, { path, query })).toMatchObject({ status: 200, body: { lifted } });
  expect(await desk.ask(lift, { path, query })).toMatchObject({
    status: 200,
    body: { member: person, lifted: null },
  });
  expect(await mailOf(desk, ada)).toMatchObject({ members: [{ mail: 'ok' }] });
  const { body } = await desk.ask('GET /staff/customers/{customer}/audit', {
    path: { customer: ada.customer },
  });
  expect(body).toMatchObject({
    entries: [
      {
        what: 'suppression_lifted',
        about: person,
        by: { kind: 'staff', arn: sam },
        from: lifted,
        reason: query.reason,
      },
    ],
  });
});

test('the process dies before it is lifted: who finishes the change lifts it', async () => {
  const { desk, ada, path } = await openSuppressed();
  const { records } = desk.account;
  const dying = { saveSuppression: () => Promise.reject(new Error('died')) };
  const { saveSuppression } = records;
  Object.assign(records, dying);
  await expect(desk.ask(lift, { path, query })).rejects.toThrow('died');
  Object.assign(records, { saveSuppression });
  expect(await mailOf(desk, ada)).toMatchObject({ members: [{ mail: 'bounced' }] });

  const customer = await records.customer(customerId(ada.customer));
  if (customer === null) throw new Error('The customer is on record.');
  expect((await finishChange(desk.account, customer)).unfinished).toEqual([]);
  await finishChange(desk.account, customer);
  expect(await records.suppression(person)).toMatchObject({ version: 2 });
  expect(await mailOf(desk, ada)).toMatchObject({ members: [{ mail: 'ok' }] });
});

test('what came after the wish stands', async () => {
  const { desk } = await openSuppressed();
  const { records, clock } = desk.account;
  await liftSuppression(records, { person, at: clock.now() - 1 });
  expect(await records.suppression(person)).toMatchObject({ liftedAt: null, version: 1 });
  const stuck = { ...records, saveSuppression: async () => false };
  await expect(liftSuppression(stuck, { person, at: clock.now() })).rejects.toThrow('changed');
});

test('of somebody who is no member there is nothing to lift', async () => {
  const { desk, ada } = await openSuppressed();
  const stranger = { customer: ada.customer, member: personOf('eve@example.com') };
  expect(await desk.ask(lift, { path: stranger, query })).toMatchObject({ status: 404 });
  const nowhere = { customer: 'cus_nobody', member: person };
  expect(await desk.ask(lift, { path: nowhere, query })).toMatchObject({ status: 404 });
  expect(await desk.ask(lift, { path: { customer: ada.customer, member: person } })).toMatchObject({
    status: 400,
  });
});
