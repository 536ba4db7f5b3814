import { describe, expect, test } from 'vitest';
import type { AccountDependencies } from '../../../functions/account/dependencies.ts';
import { minuteMs } from '../../../functions/domain/time.ts';
import { ProcessDied } from '../../twins/mortal-ports.ts';
import { byAda, openBarePage, type Page, sam } from './fixtures/page.ts';

const german = { type: 'eu_vat', value: 'DE123456789' };
/** 14 digits that begin as Diners' do, and the check digit is right: a SIRET, and no card. */
const siret = { type: 'fr_siret', value: '36252187900035' };

const add = (page: Page, body: object) => page.ask('POST /portal/tax-ids', { body });
const atStripe = async ({ stripe, ids }: Page) =>
  (await stripe.customers.listTaxIds(ids.customer)).data.map(({ type, value }) => ({
    type,
    value,
  }));

describe('a tax id', () => {
  test('is added at Stripe and shown with what Stripe says of it', async () => {
    const page = await openBarePage();
    const told = await add(page, german);
    const shown = { ...german, country: 'DE', verification: 'pending' };
    expect(told).toMatchObject({ status: 200, body: { billing: { taxIds: [shown] } } });
    expect(await atStripe(page)).toEqual([german]);
    expect((await page.theCustomer()).billing.taxIds).toMatchObject([shown]);
    expect(page.audit()).toMatchObject([{ what: 'tax_id_added', by: byAda, to: german }]);
    // What the authority will say is looked for by nobody's wish.
    expect((await page.theCustomer()).unfinished).toMatchObject([{ by: { kind: 'backstop' } }]);
  });

  test('is shown with its authority’s answer, some minutes later', async () => {
    const page = await openBarePage();
    await add(page, { type: 'eu_vat', value: 'DE000000000' });
    expect((await page.theCustomer()).billing.taxIds).toMatchObject([{ verification: 'pending' }]);
    page.clock.advance(3 * minuteMs);
    expect(await page.finish()).toMatchObject({
      unfinished: [],
      billing: { taxIds: [{ verification: 'verified' }] },
    });
    expect(page.audit()).toHaveLength(1);
  });

  test('whose authority does not answer is waited for a quarter of an hour', async () => {
    const page = await openBarePage();
    await add(page, { type: 'eu_vat', value: 'DE222222222' });
    page.clock.advance(3 * minuteMs);
    expect((await page.finish()).unfinished).toHaveLength(1);
    page.clock.advance(13 * minuteMs);
    expect((await page.finish()).unfinished).toEqual([]);
  });

  test('added, removed and added again is there', async () => {
    const page = await openBarePage();
    await add(page, german);
    const [taxId] = (await page.theCustomer()).billing.taxIds;
    await page.ask('DELETE /portal/tax-ids/{taxId}', { path: { taxId: taxId?.id ?? '' } });
    await add(page, german);
    expect(await atStripe(page)).toEqual([german]);
    expect(
      page
        .audit()
        .map(({ what }) => what)
        .sort(),
    ).toEqual(['tax_id_added', 'tax_id_added', 'tax_id_removed']);
  });

  test('of another country than the address is one all the same', async () => {
    const page = await openBarePage();
    await page.stripe.customers.update(page.ids.customer, { address: { country: 'US' } });
    expect((await add(page, german)).status).toBe(200);
  });

  test('added twice, however it is written, is one', async () => {
    const page = await openBarePage();
    await add(page, german);
    const { version } = await page.theCustomer();
    const again = await add(page, { type: 'eu_vat', value: ' de 123 456 789 ' });
    expect(again).toMatchObject({ status: 200, body: { version } });
    expect(await atStripe(page)).toEqual([german]);
    expect(page.audit()).toHaveLength(1);
  });

  test('whose answer from Stripe was lost is sent again under the same key', async () => {
    const page = await openBarePage();
    const keys: string[] = [];
    const { addTaxId } = page.account.stripe;
    const losing: AccountDependencies = {
      ...page.account,
      stripe: {
        ...page.account.stripe,
        addTaxId: async (customer, taxId, key) => {
          keys.push(key);
          await addTaxId(customer, taxId, key);
          if (keys.length === 1) throw new ProcessDied();
          return addTaxId(customer, taxId, key);
        },
      },
    };
    const request = { body: german };
    await expect(page.askOf(losing, 'POST /portal/tax-ids', request)).rejects.toThrow(ProcessDied);
    expect((await page.askOf(losing, 'POST /portal/tax-ids', request)).status).toBe(200);
    expect(new Set(keys).size).toBe(1);
    expect(await atStripe(page)).toEqual([german]);
    expect(page.audit()).toHaveLength(1);
    page.clock.advance(20 * minuteMs);
    expect((await page.finish()).unfinished).toEqual([]);
    expect(page.audit()).toHaveLength(1);
  });

  test('of the wrong form is refused with an example, before Stripe is asked', async () => {
    const page = await openBarePage();
    const told = await add(page, { type: 'us_ein', value: '12-345' });
    expect(told).toMatchObject({ status: 400, body: { type: 'urn:backstop:problem:tax-id-form' } });
    expect(JSON.stringify(told.body)).toContain('One looks like 12-3456789.');
    expect(page.audit()).toEqual([]);
  });

  test('that Stripe refuses is not half there', async () => {
    const page = await openBarePage();
    const refusing: AccountDependencies = {
      ...page.account,
      stripe: {
        ...page.account.stripe,
        addTaxId: async () => ({ refused: true, code: 'tax_id_invalid', param: 'value' }),
      },
    };
    const told = await page.askOf(refusing, 'POST /portal/tax-ids', { body: german });
    expect(told).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('tax_id_invalid for value') },
    });
    expect(await page.theCustomer()).toMatchObject({ unfinished: [], billing: { taxIds: [] } });
    expect(page.audit()).toEqual([]);
  });

  test('is removed, and removed once', async () => {
    const page = await openBarePage();
    await add(page, german);
    const [taxId] = (await page.theCustomer()).billing.taxIds;
    const request = { path: { taxId: taxId?.id ?? '' } };
    for (let times = 0; times < 2; times += 1) {
      const told = await page.ask('DELETE /portal/tax-ids/{taxId}', request);
      expect(told).toMatchObject({ status: 200, body: { billing: { taxIds: [] } } });
    }
    expect(await atStripe(page)).toEqual([]);
    expect(page.audit().map(({ what }) => what)).toEqual(['tax_id_added', 'tax_id_removed']);
    expect(page.audit()[1]).toMatchObject({ about: taxId?.id, from: german, to: null });
  });

  test('removed in the dashboard meanwhile is removed here as well', async () => {
    const page = await openBarePage();
    await add(page, german);
    const [taxId] = (await page.theCustomer()).billing.taxIds;
    await page.stripe.customers.deleteTaxId(page.ids.customer, taxId?.id ?? '');
    const told = await page.ask('DELETE /portal/tax-ids/{taxId}', {
      path: { taxId: taxId?.id ?? '' },
    });
    expect(told).toMatchObject({ status: 200, body: { billing: { taxIds: [] } } });
  });

  test('is added and removed by staff in their own name', async () => {
    const page = await openBarePage();
    const path = { customer: page.ids.customer };
    const route = 'POST /staff/customers/{customer}/tax-ids';
    expect((await page.ask(route, { path, body: siret })).status).toBe(200);
    const [taxId] = (await page.theCustomer()).billing.taxIds;
    const removed = await page.ask('DELETE /staff/customers/{customer}/tax-ids/{taxId}', {
      path: { ...path, taxId: taxId?.id ?? '' },
    });
    expect(removed).toMatchObject({ status: 200, body: { billing: { taxIds: [] } } });
    expect(page.audit().map(({ by }) => by)).toEqual(
      [1, 2].map(() => ({ kind: 'staff', arn: sam })),
    );
  });
});

describe('a tax id that looks like a card number', () => {
  test.each([siret.value, '362 521 879 00035'])('is taken as one: %s', async (value) => {
    const page = await openBarePage();
    expect((await add(page, { type: 'fr_siret', value })).status).toBe(200);
  });

  test.each([
    ['a card under a type of that length', { type: 'id_npwp', value: '4242424242424242' }],
    ['a card under a type that Stripe alone checks', { type: 'tt_vat', value: '4242424242424242' }],
    ['an American Express card', { type: 'ae_trn', value: '378282246310005' }],
    ['the same number in another field as well', { ...siret, note: siret.value }],
    ['the number under another type', { type: 'eu_vat', value: siret.value }],
    ['the number under no type', { type: 'siret', value: siret.value }],
    ['the number in a list', { type: 'fr_siret', value: [siret.value] }],
  ])('is a card number all the same: %s', async (_what, body) => {
    const page = await openBarePage();
    expect(await add(page, body)).toMatchObject({
      status: 400,
      body: { type: 'urn:backstop:problem:card-number' },
    });
  });

  test('behind another field of the same name, or behind escapes, is a card number', async () => {
    const page = await openBarePage();
    const twice = `{"type":"fr_siret","value":"4242424242424242","value":"${siret.value}"}`;
    const escaped = `{"type":"fr_siret","value":"${siret.value}","x":"\\u0034242424242424242"}`;
    for (const text of [twice, escaped]) {
      expect(await page.ask('POST /portal/tax-ids', { text })).toMatchObject({
        status: 400,
        body: { type: 'urn:backstop:problem:card-number' },
      });
    }
  });

  test('is excused nowhere else', async () => {
    const page = await openBarePage();
    const { version } = await page.theCustomer();
    const told = await page.ask('PUT /portal/billing-info', {
      body: { version, name: siret.value, email: null, phone: null, address: null },
    });
    expect(told).toMatchObject({
      status: 400,
      body: { type: 'urn:backstop:problem:card-number' },
    });
  });
});
