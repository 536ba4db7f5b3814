import { describe, expect, test } from 'vitest';
import type { StaffCustomer } from '../../../functions/staff-api/show-customer.ts';
import { openPage, type Page, sam } from '../customer-api/fixtures/page.ts';

const of = ({ ids }: Page, more: object = {}) => ({ path: { customer: ids.customer, ...more } });
const roles = async (page: Page, body: object) => {
  const shown = await page.ask('GET /staff/customers/{customer}', of(page));
  // The shape of the view has a test of its own.
  const { version } = shown.body as StaffCustomer;
  return page.ask('PUT /staff/customers/{customer}/roles', {
    ...of(page),
    body: { version, ...body },
  });
};

describe('staff', () => {
  test('set roles with methods that the customer has agreed to, and no others', async () => {
    const page = await openPage();
    const { primary, secondary } = page.ids;
    expect(await roles(page, { primary: secondary, secondary: primary })).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:consent-missing' },
    });
    const consent = { textVersion: '2026-11' };
    expect((await roles(page, { primary, secondary, consent })).status).toBe(400);

    const told = await roles(page, { primary: secondary, secondary: null });
    expect(told).toMatchObject({
      status: 200,
      body: {
        methods: [
          { method: secondary, role: 'primary' },
          { method: primary, role: null },
        ],
      },
    });
    expect(page.audit().at(-1)).toMatchObject({
      what: 'roles_changed',
      by: { kind: 'staff', arn: sam },
    });
  });

  test('add a spare method or a primary for a customer, but no backup', async () => {
    const page = await openPage();
    const begin = (role: string) =>
      page.ask('POST /staff/customers/{customer}/setup-intents', { ...of(page), body: { role } });
    expect(await begin('secondary')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('signed authorisation') },
    });
    const { body } = await begin('primary');
    const { setupIntent } = body as { setupIntent: string };
    const { payment_method: method } = await page.stripe.setupIntents.confirm(setupIntent, {
      payment_method: 'pm_card_amex',
    });
    const told = await page.ask(
      'POST /staff/customers/{customer}/setup-intents/{setupIntent}/confirm',
      of(page, { setupIntent }),
    );
    expect(told).toMatchObject({
      status: 200,
      body: {
        methods: expect.arrayContaining([expect.objectContaining({ method, role: 'primary' })]),
      },
    });
  });

  test('change, remove and take a consent away', async () => {
    const page = await openPage();
    const method = page.ids.secondary;
    const changed = await page.ask('PATCH /staff/customers/{customer}/methods/{method}', {
      ...of(page, { method }),
      body: { expMonth: 5, expYear: 2034 },
    });
    expect(changed.status).toBe(200);
    const withdrawn = await page.ask(
      'DELETE /staff/customers/{customer}/methods/{method}/consent',
      of(page, { method }),
    );
    expect(withdrawn).toMatchObject({
      status: 200,
      body: { methods: [{ role: 'primary' }, { method, role: null, consent: null }] },
    });
    const { version } = await page.theCustomer();
    const removed = await page.ask('DELETE /staff/customers/{customer}/methods/{method}', {
      ...of(page, { method }),
      query: { version: String(version) },
    });
    expect(removed.status).toBe(200);
    expect(page.audit().map(({ what, by }) => [what, by.kind])).toEqual(
      expect.arrayContaining([
        ['method_changed', 'staff'],
        ['consent_withdrawn', 'staff'],
        ['method_removed', 'staff'],
      ]),
    );
  });

  test('of a customer whom nobody knows: not found', async () => {
    const page = await openPage();
    const nobody = { path: { customer: 'cus_none' } };
    const body = { version: 1, primary: 'pm_1', secondary: null };
    const told = await page.ask('PUT /staff/customers/{customer}/roles', { ...nobody, body });
    expect(told.status).toBe(404);
  });
});
