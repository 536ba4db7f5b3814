/** The types that the local account has switched on, as its dashboard would say it. */
export function enabledTypes(currency: string | undefined): string[] {
  if (currency === undefined) return ['card', 'us_bank_account', 'sepa_debit'];
  if (currency === 'usd') return ['card', 'us_bank_account'];
  return currency === 'eur' ? ['card', 'sepa_debit'] : ['card'];
}

/** The types that an intent takes: the ones it is limited to, or all that are switched on. */
export function acceptedTypes(
  currency: string | undefined,
  allowed: readonly string[] | null | undefined,
  excluded: readonly string[] | null | undefined,
): string[] {
  const types = allowed ?? enabledTypes(currency);
  return types.filter((type) => !(excluded ?? []).includes(type));
}
