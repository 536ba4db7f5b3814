import { expect, test } from 'vitest';
import { hintedCase } from '../../../functions/domain/case/dunning-case.ts';
import { customerId, invoiceId } from '../../../functions/domain/ids.ts';
import { dayMs, isoInstant } from '../../../functions/domain/time.ts';
import { showStanding } from '../../../functions/staff-api/operations/standing.ts';
import { type Desk, openDesk, openRenewal, type Renewal, sam } from './fixtures/desk.ts';

const route = 'GET /staff/customers/{customer}/standing';
const standingOf = async (desk: Desk, customer: string) =>
  (await desk.ask(route, { path: { customer } })).body;

async function openRefused(): Promise<{ desk: Desk; ada: Renewal }> {
  const desk = await openDesk();
  const ada = await openRenewal(desk);
  for (const card of [ada.primary, ada.secondary]) {
    desk.local.control.setCardOutcomes(card, Array(9).fill('insufficient_funds'));
  }
  await desk.work();
  return { desk, ada };
}

test('of whom nothing is known here, nothing failed: good', async () => {
  const desk = await openDesk();
  expect(await standingOf(desk, 'cus_nobody')).toEqual({
    customer: 'cus_nobody',
    standing: 'good',
    since: null,
    until: null,
    why: [],
  });
});

test('of whom only a case is on record, it counts', async () => {
  const desk = await openDesk();
  const { account, clock } = desk;
  const amountDue = { amount: 2900, currency: 'usd' };
  const hinted = hintedCase(customerId('cus_new'), invoiceId('in_new'), clock.now());
  await account.records.addCase({ ...hinted, amountDue });
  expect(await standingOf(desk, 'cus_new')).toMatchObject({
    standing: 'past_due',
    why: [{ invoice: 'in_new', amountDue, reason: 'unpaid' }],
  });
});

test('tells what is not paid, until when access goes on, and that it ended', async () => {
  const { desk, ada } = await openRefused();
  const unpaid = { invoice: ada.invoice, amountDue: { amount: 2900, currency: 'usd' } };
  const stored = await desk.readCase(ada);
  expect(await standingOf(desk, ada.customer)).toEqual({
    customer: ada.customer,
    standing: 'past_due',
    since: isoInstant(stored.createdAt),
    until: null,
    why: [{ ...unpaid, reason: 'unpaid' }],
  });

  const announcedAt = desk.clock.now();
  const at = announcedAt + 7 * dayMs;
  await desk.account.records.saveCase({
    ...stored,
    progress: { state: 'exhausted', endedAt: announcedAt },
    end: { announcedAt, at, access: 'suspend', action: 'leave_open', doneAt: null },
    version: stored.version + 1,
  });
  expect(await standingOf(desk, ada.customer)).toMatchObject({
    standing: 'grace',
    since: isoInstant(announcedAt),
    until: isoInstant(at),
  });
  const view = await desk.ask('GET /staff/customers/{customer}', {
    path: { customer: ada.customer },
  });
  expect(view.body).toMatchObject({
    standing: { standing: 'grace', until: isoInstant(at) },
    cases: [
      {
        state: 'given_up',
        next: {
          next: 'end',
          at: isoInstant(at),
          follows: { access: 'ends', subscription: 'goes_on' },
        },
      },
    ],
  });

  desk.clock.advance(8 * dayMs);
  expect(await standingOf(desk, ada.customer)).toMatchObject({ standing: 'suspended' });
  const until = isoInstant(desk.clock.now() + 5 * dayMs);
  await desk.ask('PUT /staff/customers/{customer}/extension', {
    path: { customer: ada.customer },
    body: { until, reason: 'moves bank' },
  });
  expect(await standingOf(desk, ada.customer)).toMatchObject({ standing: 'grace', until });
});

test('takes one query of the table, and nothing of Stripe', async () => {
  const { desk, ada } = await openRefused();
  const asked: string[] = [];
  const noting = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name, receiver) {
        asked.push(String(name));
        return Reflect.get(target, name, receiver);
      },
    });
  const { staff } = desk;
  const dependencies = {
    ...staff,
    records: noting(staff.records),
    stripe: noting(staff.stripe),
  };
  const answer = await showStanding.run(dependencies, {
    caller: { kind: 'staff', arn: sam },
    request: { id: 'request', address: '127.0.0.1', userAgent: 'backend' },
    path: { customer: ada.customer },
    query: {},
    body: undefined,
  });
  expect(answer).toMatchObject({ status: 200, body: { standing: 'past_due' } });
  expect(asked).toEqual(['cases']);
});
