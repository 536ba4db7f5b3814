/** docs.stripe.com/currencies: amounts without decimals, and with three. */
const withoutDecimals: ReadonlySet<string> = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
);
const withThreeDecimals: ReadonlySet<string> = new Set('bhd jod kwd omr tnd'.split(' '));

const decimalsOf = (currency: string): number =>
  withoutDecimals.has(currency) ? 0 : withThreeDecimals.has(currency) ? 3 : 2;

/**
 * The ways in which Intl writes an amount of Stripe's for a reader of a mail: with the decimals
 * that people use, where that is exact, and with those that Stripe counts.
 * @param amount In Stripe's minor unit.
 * @param locale The customer's BCP 47 tag, if there is one; mails are German or English.
 */
export function amountsInWords(
  amount: number,
  currency: string,
  locale: string | undefined,
): readonly string[] {
  const decimals = decimalsOf(currency);
  const value = amount / 10 ** decimals;
  const own = locale !== undefined && /^(en|de)\b/i.test(locale) ? [locale] : ['en-US', 'en'];
  const words = own.flatMap((tag) => {
    const usual = new Intl.NumberFormat(tag, { style: 'currency', currency });
    const digits = usual.resolvedOptions().maximumFractionDigits ?? decimals;
    const isExact = Number(value.toFixed(digits)) === value;
    const stripes = new Intl.NumberFormat(tag, {
      style: 'currency',
      currency,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    return [...(isExact ? [usual.format(value)] : []), stripes.format(value)];
  });
  return [...new Set(words)];
}
