import { formatMoney, type Money } from '../domain/money.ts';
import type { MailReader } from '../mail/layout-mail.ts';

export const amountWords = (amount: Money, reader: MailReader): string =>
  formatMoney(amount, formatLocale(reader));

/** `Tuesday, November 3, 2026`, the day of the business. */
export const dayWords = (at: number, reader: MailReader): string =>
  new Intl.DateTimeFormat(formatLocale(reader), {
    dateStyle: 'full',
    timeZone: reader.settings.business.timeZone,
  }).format(at);

export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The texts are English: amounts and dates follow an English locale of customer or business. */
function formatLocale({ locale, settings }: MailReader): string {
  const isEnglish = (tag: string | null): tag is string => tag !== null && /^en\b/i.test(tag);
  const { locale: ofBusiness } = settings.business;
  if (isEnglish(locale)) return locale;
  return isEnglish(ofBusiness) ? ofBusiness : 'en';
}
