import type { NoticeContent } from '../domain/messages.ts';
import { formatMoney } from '../domain/money.ts';
import {
  layoutMail,
  type MailReader,
  type MailText,
  type RenderedMail,
} from '../mail/layout-mail.ts';
import { beforeRenewalOfUnknown, methodWords, reasonWords } from './words.ts';

type Charged = Extract<NoticeContent, { kind: 'secondary_charged' }>;
type Failed = Extract<NoticeContent, { kind: 'payment_failed' }>;

/** The mail of a notice, in HTML and in text. */
export function renderNotice(notice: NoticeContent, reader: MailReader): RenderedMail {
  const text =
    notice.kind === 'secondary_charged'
      ? secondaryCharged(notice, reader)
      : paymentFailed(notice, reader);
  return { subject: text.subject, ...layoutMail(text, reader) };
}

function secondaryCharged(notice: Charged, reader: MailReader): MailText {
  const amount = formatMoney(notice.amount, formatLocale(reader));
  const charged = methodWords(notice.charged);
  const failed = notice.failed === null ? 'primary method' : methodWords(notice.failed);
  const reason = notice.failedReason === null ? null : reasonWords[notice.failedReason];
  return {
    subject: `We charged your backup ${charged}`,
    preheader: `${amount} to ${reader.settings.business.name} is paid. There is nothing to pay now.`,
    title: 'Your backup paid this invoice',
    paragraphs: [
      `We could not charge your ${failed}. ${reason?.what ?? ''}`.trim(),
      `To keep your service running, we charged your backup ${charged} instead, as you agreed. There is nothing more to pay.`,
      `Your ${failed} needs attention before your next renewal. ${reason?.beforeRenewal ?? beforeRenewalOfUnknown}`,
    ],
    facts: [
      ['Amount paid', amount],
      ['Paid with', charged],
      ['Invoice', notice.invoiceNumber],
    ],
    action: actionOf('See the invoice', notice.hostedInvoiceUrl),
  };
}

function paymentFailed(notice: Failed, reader: MailReader): MailText {
  const { business } = reader.settings;
  const amount = formatMoney(notice.amount, formatLocale(reader));
  return {
    subject: `Your payment of ${amount} to ${business.name} failed`,
    preheader: nextWords(notice, reader),
    title: 'Your payment did not go through',
    paragraphs: [...failureWords(notice), helpWords(notice), nextWords(notice, reader)],
    facts: [
      ['Amount due', amount],
      ['Invoice', notice.invoiceNumber],
    ],
    action: actionOf('Pay this invoice', notice.hostedInvoiceUrl),
  };
}

/** What was tried, and why it did not work. */
function failureWords({ failed }: Failed): readonly string[] {
  const [first, ...others] = failed;
  if (first === undefined) return ['There is no payment method that we could charge.'];
  if (others.length === 0) {
    return [`We could not charge your ${methodWords(first.card)}. ${whatOf(first)}`];
  }
  return [
    'We could not charge your payment methods.',
    ...failed.map((each) => `${capitalise(methodWords(each.card))}: ${whatOf(each)}`),
  ];
}

const whatOf = ({ reason }: Failed['failed'][number]): string => reasonWords[reason].what;

/** What helps with the method that was tried first: whoever pays now chooses the method anew. */
function helpWords({ failed: [first], hostedInvoiceUrl }: Failed): string {
  if (hostedInvoiceUrl === null) return 'Please reply to this mail, and we will help you to pay.';
  return first === undefined ? 'You can pay now with any card.' : reasonWords[first.reason].payNow;
}

function nextWords({ nextTryAt, hostedInvoiceUrl }: Failed, reader: MailReader): string {
  if (nextTryAt !== null) {
    return `We will try again on ${formatDay(nextTryAt, reader)}. If you pay before then, we will not charge you again.`;
  }
  const ask = 'Please pay the invoice, so that your service can go on.';
  return `We will not try again by ourselves.${hostedInvoiceUrl === null ? '' : ` ${ask}`}`;
}

const actionOf = (label: string, url: string | null): MailText['action'] =>
  url === null ? null : { label, url, note: whoseAddress };

/** Stripe runs the page behind every button; a reader who fears a fraud may know that. */
const whoseAddress = 'The invoice opens on a page of Stripe, our payment provider.';

/** The texts are English: amounts and dates follow an English locale of customer or business. */
function formatLocale({ locale, settings }: MailReader): string {
  const isEnglish = (tag: string | null): tag is string => tag !== null && /^en\b/i.test(tag);
  const { locale: ofBusiness } = settings.business;
  if (isEnglish(locale)) return locale;
  return isEnglish(ofBusiness) ? ofBusiness : 'en';
}

const formatDay = (at: number, reader: MailReader): string =>
  new Intl.DateTimeFormat(formatLocale(reader), {
    dateStyle: 'full',
    timeZone: reader.settings.business.timeZone,
  }).format(at);

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
