/** An amount in the currency's minor unit as Stripe counts it, with the currency beside it. */
export interface Money {
  /** Whole minor units: cents for `usd`, yen for `jpy`, thousandths for `kwd`. */
  readonly amount: number;
  /** ISO 4217 code in lower case, as Stripe writes it. */
  readonly currency: string;
}

/** docs.stripe.com/currencies, "Zero-decimal currencies". */
const zeroDecimal = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
);
/** docs.stripe.com/currencies, "Three-decimal currencies". */
const threeDecimal = new Set('bhd jod kwd omr tnd'.split(' '));

/**
 * How many decimals Stripe's amounts of a currency have. ISK and UGX are sent with two although
 * they have none (docs.stripe.com/currencies, "Special cases"), so they count as two here.
 */
export function minorUnitDecimals(currency: string): 0 | 2 | 3 {
  const code = currency.toLowerCase();
  if (zeroDecimal.has(code)) return 0;
  return threeDecimal.has(code) ? 3 : 2;
}

/** The amount as an exact decimal text: `{amount: 1050, currency: 'usd'}` gives `10.50`. */
export function decimalAmount(money: Money): `${number}` {
  const decimals = minorUnitDecimals(money.currency);
  const digits = String(Math.abs(money.amount)).padStart(decimals + 1, '0');
  const sign = money.amount < 0 ? '-' : '';
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? '' : `.${digits.slice(-decimals)}`;
  // Digits with at most one sign and one point: what Intl takes as an exact decimal.
  return `${sign}${whole}${fraction}` as `${number}`;
}

/**
 * The amount as people write it: `$10.50`, `¥1,050`, `KWD 1.050`.
 * @param locale BCP 47 language tag.
 * @throws {RangeError} where the currency is not an ISO 4217 code or the locale not a tag.
 */
export function formatMoney(money: Money, locale: string): string {
  const currency = money.currency.toUpperCase();
  const usual = formatOf(locale, currency);
  const usualDecimals = usual.resolvedOptions().maximumFractionDigits ?? 2;
  const stripeDecimals = minorUnitDecimals(money.currency);
  // People write ISK, UGX or HUF without decimals where Stripe counts two. They are left out
  // only where they are zero: a rounded amount would not be the amount that was charged.
  const isWhole = money.amount % 10 ** stripeDecimals === 0;
  const decimals = isWhole ? Math.min(usualDecimals, stripeDecimals) : stripeDecimals;
  return formatOf(locale, currency, decimals).format(decimalAmount(money));
}

/** Making a format takes a hundred times as long as using it. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string, currency: string, decimals?: number): Intl.NumberFormat {
  const name = `${locale} ${currency} ${decimals}`;
  const known = formats.get(name);
  if (known !== undefined) return known;
  const digits =
    decimals === undefined
      ? {}
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits });
  formats.set(name, format);
  return format;
}
