import type { TaxId, TaxIdType } from '../api/api-types.ts';
import type { Words } from '../words/words.ts';
import { type Choice, countryName, sortChoices } from './countries.ts';
import { taxIdKinds } from './tax-id-kinds.ts';

/** The members of the European Union, which share one kind: EU VAT. */
const unionMembers = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

const allKinds = Object.keys(taxIdKinds).filter(isKind);

export function isKind(type: string): type is TaxIdType {
  return Object.hasOwn(taxIdKinds, type);
}

/** The kind of a tax id with its country, such as `United Kingdom: VAT ID`. */
export function sayKind(
  { text, format: { locale } }: Words,
  { type, country }: Pick<TaxId, 'type' | 'country'>,
): string {
  if (!isKind(type)) return text.billing.otherKind;
  const { name } = taxIdKinds[type];
  const kind = typeof name === 'string' ? text.billing[name] : name.own;
  // Stripe's names of the kinds begin with the country's code.
  const place = country ?? type.slice(0, 2).toUpperCase();
  return text.billing.kindOf({ country: countryName(place, locale), kind });
}

/** All kinds that can be added, by country. */
export const listKinds = (words: Words): readonly Choice[] =>
  sortChoices(
    allKinds.map((value) => ({ value, label: sayKind(words, { type: value, country: null }) })),
    words.format.locale,
  );

/** The kind that who lives there most likely adds; `''` where nothing is likely. */
export function likelyKind(country: string | null): TaxIdType | '' {
  if (country === null) return '';
  if (unionMembers.has(country)) return 'eu_vat';
  const ofCountry = allKinds.filter((kind) => kind.startsWith(`${country.toLowerCase()}_`));
  return ofCountry.find((kind) => kind.endsWith('_vat')) ?? ofCountry[0] ?? '';
}

/** How far the tax id has been checked: what its authority says, as Stripe was told. */
export type CheckedState = 'verified' | 'pending' | 'unverified' | 'unavailable';

export function checkedState({ verification }: Pick<TaxId, 'verification'>): CheckedState {
  switch (verification) {
    case 'verified':
    case 'pending':
    case 'unverified':
      return verification;
    default:
      return 'unavailable';
  }
}
