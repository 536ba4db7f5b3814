import { describe, expect, test } from 'vitest';
import { dayMs, isoInstant } from '../../../functions/domain/time.ts';
import { jsonOf } from '../../twins/api-request.ts';
import { subscriber } from '../local-stripe/world.ts';
import { type Desk, openDesk, openRenewal, sam } from './fixtures/desk.ts';

const find = 'GET /staff/customers';
const extension = '/staff/customers/{customer}/extension';
const audit = 'GET /staff/customers/{customer}/audit';

describe('a customer is found', () => {
  test('by an invoice, with how its case stands', async () => {
    const desk = await openDesk();
    const ada = await openRenewal(desk);
    expect(await desk.ask(find, { query: { invoice: ada.invoice } })).toEqual({
      status: 200,
      body: {
        customers: [
          {
            customer: ada.customer,
            name: 'Ada',
            email: 'ada@example.com',
            known: true,
            memberRole: null,
            caseOfInvoice: { invoice: ada.invoice, state: 'due' },
          },
        ],
      },
    });
  });

  test('by mail: as a member here, and whoever else has it at Stripe is said to be unknown', async () => {
    const desk = await openDesk();
    const ada = await openRenewal(desk);
    const stranger = await subscriber(desk);
    const { body } = await desk.ask(find, { query: { mail: 'Ada@example.com' } });
    expect(body).toMatchObject({
      customers: [{ customer: ada.customer, known: true, memberRole: 'owner' }],
    });
    // Stripe compares letter by letter.
    expect((await desk.ask(find, { query: { mail: 'ada@example.com' } })).body).toMatchObject({
      customers: [
        { customer: ada.customer, known: true, memberRole: 'owner' },
        { customer: stranger.customer, known: false, memberRole: null },
      ],
    });
  });

  test('by id, known or not, or not at all', async () => {
    const desk = await openDesk();
    const ada = await openRenewal(desk);
    const stranger = await subscriber(desk);
    const by = (customer: string) => desk.ask(find, { query: { customer } });
    expect((await by(ada.customer)).body).toMatchObject({ customers: [{ known: true }] });
    expect((await by(stranger.customer)).body).toMatchObject({ customers: [{ known: false }] });
    expect(await by('cus_nobody')).toEqual({ status: 200, body: { customers: [] } });
    expect(await desk.ask(find, { query: { invoice: 'in_nothing' } })).toEqual({
      status: 200,
      body: { customers: [] },
    });
  });

  test.each([
    ['nothing', {}],
    ['two things', { mail: 'ada@example.com', customer: 'cus_1' }],
    ['something else', { name: 'Ada' }],
    ['an id that is none', { customer: 'cus 1#' }],
  ])('never by %s', async (_, query: Record<string, string>) => {
    const desk = await openDesk();
    expect(await desk.ask(find, { query })).toMatchObject({
      status: 400,
      body: { type: 'urn:backstop:problem:invalid-request' },
    });
  });
});

test('a request that nobody signed is refused, whatever it asks for', async () => {
  const desk = await openDesk();
  expect(await desk.answer(find, { query: { customer: 'cus_1' } })).toMatchObject({
    statusCode: 401,
  });
  const nameless = await desk.answer(find, { signedBy: '', query: { customer: 'cus_1' } });
  expect(jsonOf(nameless)).toMatchObject({ type: 'urn:backstop:problem:not-signed-in' });
});

describe('an extension', () => {
  const until = (desk: Desk, days: number) => isoInstant(desk.clock.now() + days * dayMs);
  const because = { reason: 'moves bank' };

  test('is granted, made longer and ended, with every step in the audit log', async () => {
    const desk = await openDesk();
    const ada = await openRenewal(desk);
    const path = { customer: ada.customer };
    const put = (body: object) => desk.ask(`PUT ${extension}`, { path, body });
    const first = { until: until(desk, 7), ...because };
    const granted = {
      customer: ada.customer,
      extension: { ...first, by: sam, grantedAt: isoInstant(desk.clock.now()) },
    };
    expect(await put(first)).toMatchObject({ status: 200, body: granted });
    desk.clock.advance(1000);
    expect(await put(first)).toMatchObject({ status: 200, body: granted });
    desk.clock.advance(1000);
    const longer = { until: until(desk, 14), reason: 'still moving' };
    expect(await put(longer)).toMatchObject({ status: 200, body: { extension: longer } });
    desk.clock.advance(1000);
    const end = () => desk.ask(`DELETE ${extension}`, { path, query: { reason: 'moved' } });
    expect(await end()).toMatchObject({ status: 200, body: { extension: null } });
    expect(await end()).toMatchObject({ status: 200, body: { extension: null } });

    expect((await desk.ask(audit, { path })).body).toEqual({
      entries: [
        expect.objectContaining({
          what: 'extension_ended',
          from: longer,
          to: null,
          reason: 'moved',
        }),
        expect.objectContaining({ what: 'extension_granted', from: first, to: longer }),
        {
          id: expect.stringMatching(/^customer-\d+-0$/),
          at: granted.extension.grantedAt,
          by: { kind: 'staff', arn: sam },
          what: 'extension_granted',
          about: null,
          from: null,
          to: first,
          reason: because.reason,
        },
      ],
      nextCursor: null,
    });
  });

  test('records a customer whom only Stripe knows', async () => {
    const desk = await openDesk();
    const { customer } = await subscriber(desk);
    const body = { until: until(desk, 1), ...because };
    expect(await desk.ask(`PUT ${extension}`, { path: { customer }, body })).toMatchObject({
      status: 200,
    });
    const unknown = { path: { customer: 'cus_nobody' }, body };
    expect(await desk.ask(`PUT ${extension}`, unknown)).toMatchObject({ status: 404 });
  });

  test.each([
    ['no time', { reason: 'x' }],
    ['a time without a zone', { until: '2027-01-01T00:00:00', reason: 'x' }],
    ['no reason', { until: '2027-01-01T00:00:00Z', reason: '  ' }],
    ['two lines of reason', { until: '2027-01-01T00:00:00Z', reason: 'a\nb' }],
    ['a past time', { until: '2020-01-01T00:00:00Z', reason: 'x' }],
  ])('with %s is refused', async (_, body) => {
    const desk = await openDesk();
    const { customer } = await subscriber(desk);
    expect(await desk.ask(`PUT ${extension}`, { path: { customer }, body })).toMatchObject({
      status: 400,
      body: { errors: [{ path: expect.stringMatching(/^body\.(until|reason)$/) }] },
    });
  });
});

describe('the audit log', () => {
  test('is read newest first, page by page, without a line twice or never', async () => {
    const desk = await openDesk();
    const ada = await openRenewal(desk);
    const path = { customer: ada.customer };
    for (let day = 1; day <= 60; day += 1) {
      const until = isoInstant(desk.clock.now() + day * dayMs);
      await desk.ask(`PUT ${extension}`, { path, body: { until, reason: `day ${day}` } });
      if (day % 3 === 0) desk.clock.advance(1);
    }
    const reasons: unknown[] = [];
    let query = {};
    for (let pages = 1; ; pages += 1) {
      const { body } = await desk.ask(audit, { path, query });
      const page = body as { entries: { reason: string }[]; nextCursor: string | null };
      reasons.push(...page.entries.map(({ reason }) => reason));
      if (page.nextCursor === null) {
        expect(pages).toBe(2);
        break;
      }
      query = { cursor: page.nextCursor };
    }
    expect(reasons).toHaveLength(60);
    expect(new Set(reasons).size).toBe(60);
    expect(reasons[0]).toBe('day 60');
  });

  test('refuses a cursor that is none, and a customer who is nobody', async () => {
    const desk = await openDesk();
    const ada = await openRenewal(desk);
    const longer = `AUDIT#${'€'.repeat(400)}`;
    for (const place of ['x', 'V#CUSTOMER', longer]) {
      const cursor = Buffer.from(place).toString('base64url');
      const asked = { path: { customer: ada.customer }, query: { cursor } };
      expect(await desk.ask(audit, asked)).toMatchObject({ status: 400 });
    }
    expect(await desk.ask(audit, { path: { customer: 'cus_nobody' } })).toMatchObject({
      status: 404,
    });
  });
});

test.each([
  ['GET /staff/customers', { query: { customer: 'search' } }],
  ['GET /staff/customers', { query: { invoice: 'search' } }],
  ['GET /staff/customers', { query: { invoice: 'upcoming' } }],
  ['GET /staff/customers/{customer}', { path: { customer: 'search' } }],
] as const)('%s with %j is refused: Stripe has something else there', async (route, request) => {
  const desk = await openDesk();
  expect(await desk.ask(route, request)).toMatchObject({ status: 400 });
});
