import { describe, expect, test } from 'vitest';
import { mirrorFromStripe } from '../../../functions/account/mirror-customer.ts';
import { customerId, paymentMethodId } from '../../../functions/domain/ids.ts';
import { openPage, type Page } from '../customer-api/fixtures/page.ts';
import { methodOf } from '../retry/fixtures/looks.ts';

/** A customer whose cards belong to another brand than the one that was agreed to. */
async function openChanged(options: { owes?: boolean } = {}): Promise<Page> {
  const page = await openPage(options);
  const { records } = page.account;
  const customer = customerId(page.ids.customer);
  await mirrorFromStripe(page.account, customer);
  for (const id of [page.ids.primary, page.ids.secondary]) {
    const method = await records.method(customer, paymentMethodId(id));
    if (method === null) throw new Error('The card is on record.');
    await records.saveMethod({ ...method, brandBefore: 'amex', version: method.version + 1 });
  }
  return page;
}

const brands = async (page: Page) => [
  (await methodOf(page, 'primary')).brandBefore,
  (await methodOf(page, 'secondary')).brandBefore,
];

describe('the customer agrees to a card that has another brand by now', () => {
  test('by putting it into a role anew', async () => {
    const page = await openChanged();
    const { version } = await page.theCustomer();
    const { primary, secondary } = page.ids;
    const body = { version, primary: secondary, secondary: primary };
    const refused = await page.ask('PUT /portal/roles', { body });
    expect(refused.body).toMatchObject({ type: 'urn:backstop:problem:consent-missing' });
    expect(await brands(page)).toEqual(['amex', 'amex']);
    const alone = { ...body, secondary: null };
    expect(await page.ask('PUT /portal/roles', { body: alone })).toMatchObject({ status: 200 });
    expect(await brands(page)).toEqual(['amex', null]);
  });

  test('not by leaving the roles as they are', async () => {
    const page = await openChanged();
    const { version } = await page.theCustomer();
    const { primary, secondary } = page.ids;
    const body = { version, primary, secondary };
    expect(await page.ask('PUT /portal/roles', { body })).toMatchObject({ status: 200 });
    expect(await brands(page)).toEqual(['amex', 'amex']);
  });

  test('by agreeing once more to the same text, which wakes what is open', async () => {
    const page = await openChanged({ owes: true });
    const { primary, secondary } = page.ids;
    page.local.control.setCardOutcomes(secondary, ['succeeded']);
    await page.work();
    expect((await page.theCase()).progress).toMatchObject({ state: 'waiting' });
    const { body: view } = await page.ask('GET /portal/view');
    expect(view).toMatchObject({
      methods: [
        { method: primary, health: 'brand_changed', brandBefore: 'amex' },
        { method: secondary, health: 'brand_changed', brandBefore: 'amex' },
      ],
    });
    const { version } = await page.theCustomer();
    const { textVersion } = page.account.settings.consent;
    const body = { version, primary, secondary, consent: { textVersion } };
    expect(await page.ask('PUT /portal/roles', { body })).toMatchObject({ status: 200 });
    const { version: once } = await methodOf(page, 'secondary');
    expect(await brands(page)).toEqual(['amex', null]);
    expect(await page.ask('PUT /portal/roles', { body })).toMatchObject({ status: 200 });
    expect((await methodOf(page, 'secondary')).version).toBe(once);
    await page.work();
    expect((await page.theCase()).progress).toMatchObject({ state: 'recovered' });
  });

  test('by a change of its expiry date', async () => {
    const page = await openChanged();
    const path = { method: page.ids.primary };
    const body = { expMonth: 3, expYear: 2035 };
    const done = await page.ask('PATCH /portal/methods/{method}', { path, body });
    expect(done).toMatchObject({ status: 200 });
    expect(await brands(page)).toEqual([null, 'amex']);
  });

  test('by agreeing to it as the backup', async () => {
    const page = await openChanged();
    const path = { customer: page.ids.customer, method: page.ids.secondary };
    const body = { name: 'Ada', reference: 'Ticket 1' };
    const route = 'PUT /staff/customers/{customer}/methods/{method}/authorisation';
    expect(await page.ask(route, { path, body })).toMatchObject({ status: 200 });
    expect(await brands(page)).toEqual(['amex', null]);
  });
});

test('by paying with it in the page', async () => {
  const page = await openChanged({ owes: true });
  const { invoice, primary, secondary } = page.ids;
  for (const card of [primary, secondary]) {
    page.local.control.setCardOutcomes(card, ['insufficient_funds']);
  }
  await page.work();
  page.local.control.setCardOutcomes(primary, ['succeeded']);
  const path = { invoice };
  const { body } = await page.ask('POST /portal/cases/{invoice}/payments', { path, body: {} });
  const clientSecret = String(Object(body).clientSecret);
  const intent = clientSecret.slice(0, clientSecret.indexOf('_secret_'));
  await page.browser.rawRequest('POST', `/v1/payment_intents/${intent}/confirm`, {
    client_secret: clientSecret,
    payment_method: primary,
  });
  await page.ask('POST /portal/cases/{invoice}/look', { path });
  await page.work();
  expect((await page.theCase()).progress).toMatchObject({ state: 'recovered' });
  expect(await brands(page)).toEqual([null, 'amex']);
});
