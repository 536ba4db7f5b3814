import { euVatFormats, type TaxIdType, taxIdFormats } from './tax-id-formats.ts';

/** A tax id that is to be added. */
export interface NewTaxId {
  readonly type: TaxIdType;
  readonly value: string;
}

/** Stripe's types by name, in Stripe's order. */
// The keys of a constant are its type's names and no others.
export const taxIdTypes = Object.keys(taxIdFormats) as [TaxIdType, ...TaxIdType[]];

/** The value as it is compared: in capitals, without what people write between its digits. */
const compactTaxId = (value: string): string => value.toUpperCase().replaceAll(/[\s./-]/g, '');

/** The format of this type, and for EU VAT of the country that the value names. */
function formatOf({ type, value }: NewTaxId) {
  if (type !== 'eu_vat') return taxIdFormats[type];
  const prefix = compactTaxId(value).slice(0, 2);
  return Object.hasOwn(euVatFormats, prefix) ? euVatFormats[prefix] : undefined;
}

/** Whether the value looks as the type's values do in its country. */
export const hasTaxIdFormat = (taxId: NewTaxId): boolean =>
  formatOf(taxId)?.form.test(compactTaxId(taxId.value)) === true;

/** The country that the tax id belongs to, ISO 3166-1 alpha-2; `null` where it is of none. */
export const countryOfTaxId = (taxId: NewTaxId): string | null => formatOf(taxId)?.country ?? null;

/** A value of this type, and for EU VAT of this country, as it should look, where one is known. */
export const exampleOfTaxId = (taxId: NewTaxId): string | null =>
  (formatOf(taxId) ?? taxIdFormats[taxId.type]).example;

export const isSameTaxId = (
  a: { readonly type: string; readonly value: string },
  b: { readonly type: string; readonly value: string },
): boolean => a.type === b.type && compactTaxId(a.value) === compactTaxId(b.value);

/**
 * Whether the value is a tax id although its digits may pass for a card's. Some have the length,
 * the first digits and by chance the check digit of a card number: a French SIRET has 14 digits
 * and ends, like a Diners card, with Luhn's. What has the lengths of today's common cards is
 * never excused: 16 digits or 19, and 15 unless it is framed by the threes of a Saudi number.
 */
export function isTaxIdNotCard(taxId: NewTaxId): boolean {
  if (!hasTaxIdFormat(taxId)) return false;
  const digits = taxId.value.replaceAll(/\D/g, '');
  if (taxId.type === 'sa_vat') return /^3\d{13}3$/.test(digits);
  return digits.length === 13 || digits.length === 14 || digits.length === 18;
}
