import type { Money } from '../api/api-types.ts';

/** Amounts and times as the reader writes them, in the reader's own time zone. */
export interface Format {
  money(money: Money): string;
  /** A day with its month and year. */
  day(iso: string): string;
  /** A day with its weekday, and the time. */
  moment(iso: string): string;
  /** The time of the day alone. */
  time(iso: string): string;
  /** @param month 1 to 12. */
  monthOfYear(month: number, year: number): string;
}

/** docs.stripe.com/currencies, "Zero-decimal currencies". */
const zeroDecimal = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
);
/** docs.stripe.com/currencies, "Three-decimal currencies". */
const threeDecimal = new Set('bhd jod kwd omr tnd'.split(' '));

/**
 * @param locale BCP 47 tag.
 * @param timeZone IANA name; the browser's own where it is left out.
 */
export function createFormat(locale: string, timeZone?: string): Format {
  const zone = timeZone === undefined ? {} : { timeZone };
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', ...zone });
  const moment = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    ...zone,
  });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...zone });
  const month = new Intl.DateTimeFormat(locale, {
    month: '2-digit',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return {
    money: (money) => formatMoney(money, locale),
    day: (iso) => day.format(new Date(iso)),
    moment: (iso) => moment.format(new Date(iso)),
    time: (iso) => time.format(new Date(iso)),
    monthOfYear: (of, year) => month.format(Date.UTC(year, of - 1, 1)),
  };
}

/** As the mails write it: zeros behind the point only where people of that currency write them. */
function formatMoney({ amount, currency }: Money, locale: string): string {
  const decimals = decimalsOf(currency);
  const style = { style: 'currency', currency: currency.toUpperCase() } as const;
  const usual = new Intl.NumberFormat(locale, style).resolvedOptions().maximumFractionDigits ?? 2;
  const isWhole = amount % 10 ** decimals === 0;
  const shown = isWhole ? Math.min(usual, decimals) : decimals;
  return new Intl.NumberFormat(locale, {
    ...style,
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(amount / 10 ** decimals);
}

function decimalsOf(currency: string): number {
  if (zeroDecimal.has(currency)) return 0;
  return threeDecimal.has(currency) ? 3 : 2;
}
