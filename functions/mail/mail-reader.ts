import { formatMoney, type Money } from '../domain/money.ts';
import type { Instant } from '../domain/time.ts';
import type { Settings } from '../environment.ts';
import { chooseLanguage, chooseLocale } from '../text/choose-language.ts';
import type { OwnTexts } from '../text/lay-over.ts';
import { plainText } from '../text/speak.ts';
import { locales, type MailLocale, openLocale } from './locales.ts';

/** The business's own sentences of the mails, by language. */
export type MailTexts = Readonly<Record<string, OwnTexts>>;

/** Whom a mail is written to. */
export interface Addressee {
  readonly name: string | null;
  /** BCP 47 tag of the customer; `null` means the business's. */
  readonly locale: string | null;
  /** IANA zone of the customer's day; `null` means the business's. */
  readonly timeZone: string | null;
}

/** For whom a mail is written, and how it speaks to them. */
export interface MailReader extends MailLocale {
  readonly business: Settings['business'];
  /** The address of the business's logo. */
  readonly logoUrl: string | null;
  readonly name: string | null;
  /** BCP 47 tag of the language that the mail is in. */
  readonly language: string;
  money(amount: Money): string;
  /** A day in a sentence, such as `November 3, 2026`: the customer's day. */
  day(at: Instant): string;
  /** The same with its weekday, such as `Tuesday, November 3, 2026`. */
  dayOfWeek(at: Instant): string;
  /** A month, such as `November 2026`; `month` is 1 to 12. */
  month(of: { readonly month: number; readonly year: number }): string;
}

/**
 * A mail is in the customer's language, where there is a file for it, otherwise in the business's,
 * otherwise in English; amounts and days follow the customer's own form of that language, and a
 * day is the one that it is where they live.
 */
export function openReader(
  { name, locale, timeZone }: Addressee,
  { business, mail }: Pick<Settings, 'business' | 'mail'>,
  own: MailTexts,
): MailReader {
  const wanted = [...(locale === null ? [] : [locale]), business.locale];
  const language = chooseLanguage(wanted, Object.keys(locales));
  const formats = chooseLocale(language, wanted);
  const inZone = { timeZone: timeZone ?? business.timeZone };
  const days = dateFormat(formats, { dateStyle: 'long', ...inZone });
  const daysOfWeek = dateFormat(formats, { dateStyle: 'full', ...inZone });
  const months = dateFormat(formats, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return {
    ...openLocale(language, own[language] ?? {}),
    business: plainBusiness(business),
    logoUrl: mail.logoUrl ?? null,
    name,
    language,
    money: (amount) => formatMoney(amount, formats),
    day: (at) => days.format(at),
    dayOfWeek: (at) => daysOfWeek.format(at),
    month: ({ month, year }) => months.format(Date.UTC(year, month - 1)),
  };
}

/** As what the business calls itself stands in the mails. */
const plainBusiness = ({ name, address, ...business }: Settings['business']) => ({
  ...business,
  name: plainText(name),
  ...(address !== undefined && { address: plainText(address) }),
});

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs far more than a mail; there are as many as languages that are written to. */
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  dateFormats.set(key, format);
  return format;
}
