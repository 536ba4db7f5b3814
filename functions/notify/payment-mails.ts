import type { CardLabel, NoticeContent } from '../domain/notice/notice-content.ts';
import type { MailText } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import { invoiceAction, type Pages } from './actions.ts';
import {
  afterFailure,
  eitherWords,
  factsOf,
  failureWords,
  helpWords,
  nextWithoutConfirmation,
  nextWords,
} from './failure-words.ts';
import { capitalise, methodWords, yourMethod } from './words.ts';

type Charged = Extract<NoticeContent, { kind: 'secondary_charged' }>;
type Recovered = Extract<NoticeContent, { kind: 'recovered' }>;
type Failed = Extract<NoticeContent, { kind: 'payment_failed' }>;
type Unconfirmed = Extract<NoticeContent, { kind: 'authentication_needed' }>;

export function secondaryCharged(notice: Charged, reader: MailReader, pages: Pages): MailText {
  const { text, business } = reader;
  const { secondaryCharged: words, fact } = text;
  const amount = reader.money(notice.amount);
  const charged = methodWords(notice.charged, reader);
  return {
    subject: words.subject({ business: business.name, amount, charged }),
    preheader: words.preheader,
    title: words.title,
    paragraphs: [
      whyNotPrimary(notice, reader),
      words.charged({ charged }),
      howToFixPrimary(notice, reader),
    ],
    facts: [
      [fact.amountPaid, amount],
      [fact.paidWith, capitalise(charged)],
      [fact.invoice, notice.invoiceNumber],
    ],
    // Trouble that passes by itself leaves nothing to do.
    action: invoiceAction(
      notice.failedReason === 'try_again' ? 'open' : 'methods',
      pages,
      notice.hostedInvoiceUrl,
      reader,
    ),
  };
}

/** Why the backup is charged. */
export function whyNotPrimary(
  { failed, failedReason }: Pick<Charged, 'failed' | 'failedReason'>,
  reader: MailReader,
): string {
  const { secondaryCharged: words, reason } = reader.text;
  if (failed === null) return words.failedOfUnknown;
  const why = failedReason === null ? '' : reason[failedReason];
  return words.failed({ yours: yourMethod(failed, reader), reason: why }).trim();
}

/** What helps before the primary is charged again. */
function howToFixPrimary(
  { failed, failedReason }: Pick<Charged, 'failed' | 'failedReason'>,
  { text }: MailReader,
): string {
  if (failed === null || failedReason === null) return text.secondaryCharged.attentionOfUnknown;
  return text.beforeRenewal[failedReason];
}

export function recovered(notice: Recovered, reader: MailReader, pages: Pages): MailText {
  const { text, business } = reader;
  const { recovered: words, fact } = text;
  const amount = reader.money(notice.amount);
  const charged = notice.charged && methodWords(notice.charged, reader);
  return {
    subject: words.subject({ amount, business: business.name }),
    preheader: words.preheader,
    title: words.title,
    paragraphs: [
      notice.charged === null
        ? words.paidOfUnknown
        : words.paid({ yours: yourMethod(notice.charged, reader) }),
      words.nothingToDo,
    ],
    facts: [
      [fact.amountPaid, amount],
      [fact.paidWith, charged && capitalise(charged)],
      [fact.invoice, notice.invoiceNumber],
    ],
    action: invoiceAction('open', pages, notice.hostedInvoiceUrl, reader),
  };
}

export function paymentFailed(notice: Failed, reader: MailReader, pages: Pages): MailText {
  const { text, business } = reader;
  const { paymentFailed: words } = text;
  const amount = reader.money(notice.amount);
  const said = { amount, business: business.name };
  const hasMethod = notice.failed.length > 0;
  return {
    subject: hasMethod ? words.subject(said) : words.subjectOfNoMethod(said),
    preheader: hasMethod ? nextWords(notice, reader) : words.noMethodRemedy,
    title: hasMethod ? words.title : words.titleOfNoMethod,
    paragraphs: [
      ...failureWords(notice, reader),
      helpWords(notice, reader),
      afterFailure(notice, reader),
    ],
    facts: factsOf(notice, reader),
    action: invoiceAction('pay', pages, notice.hostedInvoiceUrl, reader),
  };
}

export function authenticationNeeded(
  notice: Unconfirmed,
  reader: MailReader,
  pages: Pages,
): MailText {
  const { text, business } = reader;
  const { authenticationNeeded: words } = text;
  const amount = reader.money(notice.amount);
  const [asked] = notice.failed.filter(({ reason }) => reason === 'authentication');
  const others = notice.failed.filter((each) => each !== asked);
  const card = asked === undefined ? unknownMethod : asked.card;
  return {
    subject: words.subject({ amount, business: business.name }),
    preheader: words.preheader,
    title: words.title,
    paragraphs: [
      words.asked({ yours: yourMethod(card, reader) }),
      words.howTo,
      ...others.map((each) => eitherWords(each, reader)),
      `${nextWithoutConfirmation(notice, reader)} ${text.next.noChange}`,
    ],
    facts: factsOf(notice, reader),
    action: invoiceAction('confirm', pages, notice.hostedInvoiceUrl, reader),
  };
}

const unknownMethod: CardLabel = { type: 'unknown', brand: null, last4: null };
