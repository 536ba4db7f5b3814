import { describe, expect, test } from 'vitest';
import type { AccountDependencies } from '../../../functions/account/dependencies.ts';
import { minuteMs } from '../../../functions/domain/time.ts';
import { ProcessDied, startLife } from '../../twins/mortal-ports.ts';
import { byAda, openBarePage, type Page, sam } from './fixtures/page.ts';

const details = {
  name: 'Analytical Engines Ltd',
  email: 'bills@example.com',
  phone: '+44 20 7946 0000',
  address: {
    line1: '12 St James’s Square',
    line2: null,
    city: 'London',
    postalCode: 'SW1Y 4JH',
    state: null,
    country: 'GB',
  },
};

const body = async (page: Page, more: object = {}) => ({
  version: (await page.theCustomer()).version,
  ...details,
  ...more,
});

const atStripe = async (page: Page) => {
  const customer = await page.stripe.customers.retrieve(page.ids.customer);
  if (customer.deleted) throw new Error('The customer was deleted.');
  const { name, email, phone, address } = customer;
  return { name, email, phone, city: address?.city, postal_code: address?.postal_code };
};
const changedAtStripe = {
  name: details.name,
  email: details.email,
  phone: details.phone,
  city: 'London',
  postal_code: 'SW1Y 4JH',
};

describe('billing info', () => {
  test('is changed at Stripe and in the mirror, and nobody becomes or ceases to be a member', async () => {
    const page = await openBarePage();
    const { members } = await page.theCustomer();
    const told = await page.ask('PUT /portal/billing-info', { body: await body(page) });
    expect(told).toMatchObject({ status: 200, body: { billing: details } });
    expect(await atStripe(page)).toEqual(changedAtStripe);
    const after = await page.theCustomer();
    expect(after).toMatchObject({ billing: details, unfinished: [], members });
    expect(told.body).toMatchObject({ version: after.version });
    expect(page.audit()).toMatchObject([
      {
        what: 'billing_info_changed',
        by: byAda,
        from: { name: 'Ada', email: 'ada@example.com', phone: null, address: null },
        to: details,
      },
    ]);
  });

  test('is taken away by null', async () => {
    const page = await openBarePage();
    await page.ask('PUT /portal/billing-info', { body: await body(page) });
    const nothing = { line1: null, line2: null, city: null, postalCode: null, state: null };
    const told = await page.ask('PUT /portal/billing-info', {
      body: await body(page, { phone: null, address: { ...nothing, country: null } }),
    });
    expect(told).toMatchObject({ status: 200, body: { billing: { phone: null, address: null } } });
    expect(await page.stripe.customers.retrieve(page.ids.customer)).toMatchObject({
      phone: null,
      address: null,
      name: details.name,
    });
  });

  test('as it is already is no change, whatever version was seen', async () => {
    const page = await openBarePage();
    const first = await body(page);
    await page.ask('PUT /portal/billing-info', { body: first });
    const { version } = await page.theCustomer();
    const told = await page.ask('PUT /portal/billing-info', { body: first });
    expect(told).toMatchObject({ status: 200, body: { version } });
    expect(page.audit()).toHaveLength(1);
  });

  test('of a version that somebody else changed is not changed', async () => {
    const page = await openBarePage();
    const { version } = await page.theCustomer();
    await page.ask('PUT /portal/billing-info', { body: await body(page) });
    const other = { ...details, name: 'Other Ltd', version };
    expect(await page.ask('PUT /portal/billing-info', { body: other })).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:changed-meanwhile' },
    });
    expect(await atStripe(page)).toEqual(changedAtStripe);
  });

  test('that Stripe refuses leaves everything as it was', async () => {
    const page = await openBarePage();
    const before = await page.theCustomer();
    const refusing: AccountDependencies = {
      ...page.account,
      stripe: {
        ...page.account.stripe,
        changeBillingDetails: async () => ({
          refused: true,
          code: 'email_invalid',
          param: 'email',
        }),
      },
    };
    const told = await page.askOf(refusing, 'PUT /portal/billing-info', {
      body: await body(page),
    });
    expect(told).toMatchObject({
      status: 422,
      body: { type: 'urn:backstop:problem:refused-by-stripe' },
    });
    const after = await page.theCustomer();
    expect(after).toEqual({ ...before, version: after.version, finishBy: after.finishBy });
    expect(page.audit()).toEqual([]);
  });

  test.each([
    [{ email: 'nobody' }, 'body.email'],
    [{ address: { ...details.address, country: 'Germany' } }, 'body.address.country'],
    [{ name: 'x'.repeat(151) }, 'body.name'],
    [{ phone: '' }, 'body.phone'],
    [{ vip: true }, 'body'],
    [{ name: 'two\nlines' }, 'body.name'],
  ])('that does not fit is refused with its place: %j', async (wrong, path) => {
    const page = await openBarePage();
    const told = await page.ask('PUT /portal/billing-info', { body: await body(page, wrong) });
    expect(told).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    expect(page.audit()).toEqual([]);
  });

  test('is changed by staff in their own name', async () => {
    const page = await openBarePage();
    const told = await page.ask('PUT /staff/customers/{customer}/billing-info', {
      path: { customer: page.ids.customer },
      body: await body(page),
    });
    expect(told).toMatchObject({ status: 200, body: { billing: details } });
    expect(page.audit()).toMatchObject([{ by: { kind: 'staff', arn: sam } }]);
  });
});

test('a death between any two calls is repaired, and the same request again ends the same', async () => {
  const calls = await callsOfAChange();
  expect(calls).toBeGreaterThan(5);
  // Before a call is after the one before it.
  for (let call = 1; call <= calls; call += 1) {
    for (const afterwards of ['sweep', 'again'] as const) {
      const page = await openBarePage();
      const life = startLife({ call, when: 'after' });
      const sent = await body(page);
      await expect(
        page.askOf(mortal(page, life), 'PUT /portal/billing-info', { body: sent }),
      ).rejects.toThrow(ProcessDied);
      if (afterwards === 'again') {
        const told = await page.ask('PUT /portal/billing-info', { body: sent });
        expect(told).toMatchObject({ status: 200, body: { billing: details } });
      }
      page.clock.advance(16 * minuteMs);
      await page.work();
      const after = await page.theCustomer();
      const changed = (await atStripe(page)).name === details.name;
      const where = `death after call ${call}, then ${afterwards}`;
      if (afterwards === 'again') expect([where, changed]).toEqual([where, true]);
      expect([where, after.unfinished]).toEqual([where, []]);
      expect([where, after.billing.name]).toEqual([where, changed ? details.name : 'Ada']);
      expect([where, page.audit().length]).toEqual([where, changed ? 1 : 0]);
    }
  }
}, 60_000);

test('while the process that began it may live, nobody else ends a change', async () => {
  const page = await openBarePage();
  const dead: AccountDependencies = {
    ...page.account,
    stripe: {
      ...page.account.stripe,
      changeBillingDetails: async () => {
        throw new ProcessDied();
      },
    },
  };
  await expect(
    page.askOf(dead, 'PUT /portal/billing-info', { body: await body(page) }),
  ).rejects.toThrow(ProcessDied);
  expect((await page.finish()).unfinished).toHaveLength(1);
  page.clock.advance(3 * minuteMs);
  // Stripe shows nothing of it: the request may still be on its way.
  expect((await page.finish()).unfinished).toHaveLength(1);
  page.clock.advance(13 * minuteMs);
  expect((await page.finish()).unfinished).toEqual([]);
});

const mortal = (page: Page, life: ReturnType<typeof startLife>): AccountDependencies => ({
  ...page.account,
  records: life.wrap(page.account.records),
  stripe: life.wrap(page.account.stripe),
});

async function callsOfAChange(): Promise<number> {
  const page = await openBarePage();
  const life = startLife();
  await page.askOf(mortal(page, life), 'PUT /portal/billing-info', { body: await body(page) });
  return life.calls();
}
