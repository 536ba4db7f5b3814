/**
 * The countries of the SEPA schemes (European Payments Council, EPC409-09, as of 2025-05), whose
 * bank accounts have an IBAN that can be debited.
 */
const sepa = new Set(
  (
    'AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC ' +
    'MD ME MK MT NL NO PL PT RO RS SE SI SK SM VA'
  ).split(' '),
);

/**
 * Which of the configured kinds of payment method a customer of this country is offered: bank
 * debits where people have such accounts, everything else everywhere.
 * @param country Of the billing address, ISO 3166-1 alpha-2; where it is not known, or where
 * nothing would be left, all kinds are offered.
 */
export function offeredMethodTypes(
  configured: readonly string[],
  country: string | null,
): readonly string[] {
  if (country === null) return configured;
  const offered = configured.filter((type) => {
    if (type === 'us_bank_account') return country === 'US';
    return type === 'sepa_debit' ? sepa.has(country) : true;
  });
  return offered.length === 0 ? configured : offered;
}
