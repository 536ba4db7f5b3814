import { formatMoney } from '../../../functions/domain/money.ts';
import type { Money } from '../api/api-types.ts';

/** Amounts and times as the reader writes them, in the reader's own time zone. */
export interface Format {
  /** BCP 47 tag of the reader's own form of the page's language. */
  readonly locale: string;
  /** As the mails write it. */
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
    hour: 'numeric',
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
    locale,
    money: (money) => formatMoney(money, locale),
    day: (iso) => day.format(new Date(iso)),
    moment: (iso) => moment.format(new Date(iso)),
    time: (iso) => time.format(new Date(iso)),
    monthOfYear: (of, year) => month.format(Date.UTC(year, of - 1, 1)),
  };
}
