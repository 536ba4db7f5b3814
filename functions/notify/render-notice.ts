import type { NoticeContent } from '../domain/messages.ts';
import { formatMoney } from '../domain/money.ts';
import type { Settings } from '../environment.ts';
import { layoutMail, type MailText } from './layout-mail.ts';
import { methodWords, reasonWords } from './words.ts';

export interface NoticeReader {
  readonly settings: Pick<Settings, 'business' | 'mail'>;
  readonly name: string | null;
  /** BCP 47 tag of the customer; `null` means the business's. */
  readonly locale: string | null;
}

export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** The mail of a notice, in HTML and in text. */
export function renderNotice(notice: NoticeContent, reader: NoticeReader): RenderedMail {
  const text =
    notice.kind === 'secondary_charged'
      ? secondaryCharged(notice, reader)
      : paymentFailed(notice, reader);
  return { subject: text.subject, ...layoutMail(text, reader) };
}

function secondaryCharged(
  notice: Extract<NoticeContent, { kind: 'secondary_charged' }>,
  reader: NoticeReader,
): MailText {
  const amount = formatMoney(notice.amount, formatLocale(reader));
  const charged = methodWords(notice.charged);
  const failed = notice.failed === null ? 'your primary method' : methodWords(notice.failed);
  const reason = notice.failedReason === null ? null : reasonWords[notice.failedReason];
  return {
    subject: `We charged your backup ${charged}`,
    preheader: `${amount} for ${reader.settings.business.name} is paid. ${capitalise(failed)} was not charged.`,
    title: 'Your backup paid this invoice',
    paragraphs: [
      `We could not charge ${failed}. ${reason?.what ?? ''}`.trim(),
      `So that your service goes on, we charged your backup, ${charged}, as you agreed.`,
      `Your next renewal starts with ${failed} again. ${reason?.help ?? 'Please check it.'}`,
    ],
    facts: [
      ['Amount', amount],
      ['Invoice', notice.invoiceNumber],
      ['Charged', charged],
      ['Not charged', notice.failed === null ? null : failed],
    ],
    action: actionOf('See the invoice', notice.hostedInvoiceUrl),
  };
}

function paymentFailed(
  notice: Extract<NoticeContent, { kind: 'payment_failed' }>,
  reader: NoticeReader,
): MailText {
  const { business } = reader.settings;
  const amount = formatMoney(notice.amount, formatLocale(reader));
  const first = notice.failed[0];
  const help = first === undefined ? 'Please add one.' : reasonWords[first.reason].help;
  const next =
    notice.nextTryAt === null
      ? 'We will not try again by ourselves. Please pay the invoice, so that your service can go on.'
      : `We will try again on ${formatDay(notice.nextTryAt, reader)}. If you pay before, nothing more happens.`;
  return {
    subject: `Your payment of ${amount} to ${business.name} failed`,
    preheader: `${help} Paying the invoice takes a minute.`,
    title: 'Your payment did not go through',
    paragraphs: [
      ...notice.failed.map(
        ({ card, reason }) => `${capitalise(methodWords(card))}: ${reasonWords[reason].what}`,
      ),
      ...(first === undefined ? ['There is no payment method that we could charge.'] : []),
      help,
      next,
    ],
    facts: [
      ['Amount', amount],
      ['Invoice', notice.invoiceNumber],
    ],
    action: actionOf('Pay this invoice', notice.hostedInvoiceUrl),
  };
}

const actionOf = (label: string, url: string | null) => (url === null ? null : { label, url });

/** The texts are English: amounts and dates follow an English locale of customer or business. */
function formatLocale({ locale, settings }: NoticeReader): string {
  const isEnglish = (tag: string | null): tag is string => tag !== null && /^en\b/i.test(tag);
  const { locale: ofBusiness } = settings.business;
  if (isEnglish(locale)) return locale;
  return isEnglish(ofBusiness) ? ofBusiness : 'en';
}

const formatDay = (at: number, reader: NoticeReader): string =>
  new Intl.DateTimeFormat(formatLocale(reader), {
    dateStyle: 'full',
    timeZone: reader.settings.business.timeZone,
  }).format(at);

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
