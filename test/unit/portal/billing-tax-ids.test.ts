import { describe, expect, test } from 'vitest';
import { exampleOfTaxId, taxIdTypes } from '../../../functions/domain/customer/tax-id.ts';
import {
  checkedState,
  likelyKind,
  listKinds,
  sayKind,
} from '../../../portal/src/billing/say-tax-id.ts';
import { taxIdKinds } from '../../../portal/src/billing/tax-id-kinds.ts';
import { words } from './fixtures.ts';

describe('the kinds of tax ids', () => {
  test('are all that the API takes, with the examples that it tells', () => {
    expect(Object.keys(taxIdKinds)).toEqual(taxIdTypes);
    const told = taxIdTypes.map((type) => [type, exampleOfTaxId({ type, value: '' })]);
    expect(taxIdTypes.map((type) => [type, taxIdKinds[type].example])).toEqual(told);
  });

  test('have a name each, which is no code and is nobody else’s', () => {
    const labels = listKinds(words).map(({ label }) => label);
    expect(new Set(labels).size).toBe(taxIdTypes.length);
    expect(labels.filter((label) => !/^[^:_]{3,}: [^:_]{2,}$/.test(label))).toEqual([]);
    expect(labels).toEqual(labels.toSorted(new Intl.Collator('en-GB').compare));
  });

  test.each([
    ['eu_vat', 'DE', 'Germany: VAT ID'],
    ['eu_vat', null, 'European Union: VAT ID'],
    ['gb_vat', 'GB', 'United Kingdom: VAT ID'],
    ['ca_gst_hst', 'CA', 'Canada: GST/HST'],
    ['ic_nif', null, 'Canary Islands: NIF'],
    ['za_of_tomorrow', 'ZA', 'Tax ID'],
  ])('%s of %s is called %s', (type, country, name) => {
    expect(sayKind(words, { type, country })).toBe(name);
  });

  test.each([
    ['DE', 'eu_vat'],
    ['GR', 'eu_vat'],
    ['GB', 'gb_vat'],
    ['US', 'us_ein'],
    ['CH', 'ch_vat'],
    ['AQ', ''],
    [null, ''],
  ])('who lives in %s most likely adds %s', (country, kind) => {
    expect(likelyKind(country)).toBe(kind);
  });
});

test.each([
  ['verified', 'verified'],
  ['pending', 'pending'],
  ['unverified', 'unverified'],
  ['unavailable', 'unavailable'],
  ['word_of_tomorrow', 'unavailable'],
  [null, 'unavailable'],
])('of what Stripe calls %s the page says %s', (verification, state) => {
  expect(checkedState({ verification })).toBe(state);
});
