import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { billingInfoSchema } from '../../../functions/account/billing-info.ts';
import type { Address } from '../../../functions/domain/customer/billing-info.ts';
import { zoneOfPlace } from '../../../functions/domain/schedule/zone-of-country.ts';
import {
  type BillingField,
  detailsOf,
  draftOf,
  findWrong,
  longest,
} from '../../../portal/src/billing/check-billing.ts';
import { countryCodes, countryName, listCountries } from '../../../portal/src/billing/countries.ts';
import { postalLines } from '../../../portal/src/billing/postal-lines.ts';

const nothing = { name: null, email: null, phone: null, address: null };
const empty = draftOf(nothing);
const isTaken = (details: object) =>
  billingInfoSchema.safeParse({ version: 1, ...details }).success;

describe('what is typed in', () => {
  test('is sent without spaces around it, and what is left empty as nothing', () => {
    const draft = { ...empty, name: ' Ada\tLovelace ', phone: '   ', city: 'Bonn' };
    expect(detailsOf(draft)).toMatchObject({
      name: 'Ada Lovelace',
      phone: null,
      address: { line1: null, city: 'Bonn', country: null },
    });
  });

  test('is told of beside its field exactly where the API would refuse it', () => {
    const address = (field: BillingField) => fc.string({ maxLength: longest[field] + 5 });
    const line = (field: BillingField) => fc.oneof(fc.constant(''), address(field));
    const draft = fc.record({
      name: line('name'),
      email: fc.oneof(line('email'), fc.emailAddress(), fc.constantFrom('ada', 'a@b', 'a@b.de')),
      phone: line('phone'),
      line1: line('line1'),
      line2: line('line2'),
      city: line('city'),
      postalCode: line('postalCode'),
      state: line('state'),
      country: fc.constantFrom('', ...countryCodes),
    });
    let refused = 0;
    fc.assert(
      fc.property(draft, (typed) => {
        const details = detailsOf(typed);
        const isWrong = Object.keys(findWrong(details)).length > 0;
        if (isWrong) refused += 1;
        expect(isTaken(details)).toBe(!isWrong);
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(0);
  });

  // The keys of the limits are the fields.
  test.each(Object.entries(longest) as [BillingField, number][])(
    'of %s may have %i characters and not one more',
    (field, most) => {
      const filled = (length: number) =>
        detailsOf({ ...empty, [field]: field === 'email' ? mail(length) : 'x'.repeat(length) });
      expect(findWrong(filled(most))).toEqual({});
      expect(findWrong(filled(most + 1))).toEqual({ [field]: 'long' });
    },
  );

  test('opens as it is known, but for a country that is none', () => {
    const address = { ...bare, line1: 'Main 1', country: 'Germany' };
    expect(draftOf({ ...nothing, name: 'Ada', address })).toEqual({
      ...empty,
      name: 'Ada',
      line1: 'Main 1',
    });
  });
});

const mail = (length: number) => `${'x'.repeat(length - 5)}@b.de`;

const bare: Address = {
  line1: null,
  line2: null,
  city: null,
  postalCode: null,
  state: null,
  country: null,
};

describe('an address', () => {
  const full = { ...bare, line1: '1 Main', line2: 'Floor 2', city: 'Town' };

  test.each<[string | null, string | null, string, readonly string[]]>([
    ['DE', null, '10115', ['10115 Town']],
    ['US', 'CA', '94107', ['Town, CA 94107']],
    ['CA', 'ON', 'K1A 0B1', ['Town ON K1A 0B1']],
    ['GB', null, 'SW1A 1AA', ['Town', 'SW1A 1AA']],
    ['IN', 'Kerala', '682001', ['Town - 682001', 'Kerala']],
    ['BR', 'SP', '01310-100', ['Town - SP', '01310-100']],
    ['IT', 'RM', '00100', ['00100 Town RM']],
    [null, null, '10115', ['10115 Town']],
  ])('in %s is written as people there do', (country, state, postalCode, last) => {
    const lines = postalLines({ ...full, country, state, postalCode });
    expect(lines).toEqual(['1 Main', 'Floor 2', ...last]);
  });

  test.each<[Partial<Address>, readonly string[]]>([
    [{}, []],
    [{ country: 'US', state: 'CA' }, ['CA']],
    [{ country: 'US', city: 'Town', postalCode: '94107' }, ['Town 94107']],
    [{ country: 'HU', city: 'Budapest', line1: 'Fő 1' }, ['Budapest', 'Fő 1']],
  ])('of %j leaves no gap', (known, lines) => {
    expect(postalLines({ ...bare, ...known })).toEqual(lines);
  });

  test('loses nothing, in whichever country it is', () => {
    const all = { line1: 'L1', line2: 'L2', city: 'C3', postalCode: 'P4', state: 'S5' };
    for (const country of countryCodes) {
      const written = postalLines({ ...all, country }).join(' ');
      for (const part of Object.values(all)) expect(written.split(part)).toHaveLength(2);
    }
  });
});

describe('countries', () => {
  test('are those that a schedule knows the time of: all of ISO 3166-1, and Kosovo', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const pairs = letters.flatMap((one) => letters.map((other) => `${one}${other}`));
    const known = pairs.filter((country) => zoneOfPlace({ country, state: null }) !== null);
    expect(countryCodes).toEqual(known);
  });

  test('are named and sorted in the reader’s language', () => {
    const names = listCountries('de').map(({ label }) => label);
    expect(names).toHaveLength(countryCodes.length);
    expect(names.indexOf('Österreich')).toBeLessThan(names.indexOf('Pakistan'));
    expect(countryName('AT', 'de')).toBe('Österreich');
    expect(countryName('EU', 'en')).toBe('European Union');
    expect(countryName('Germany', 'en')).toBe('Germany');
  });
});
