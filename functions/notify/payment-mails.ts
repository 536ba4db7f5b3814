import type { NoticeContent } from '../domain/notice/notice-content.ts';
import type { MailText } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import { methodsAction, type Pages, payAction } from './actions.ts';
import { capitalise, methodWords } from './words.ts';

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
    subject: words.subject({ charged }),
    preheader: words.preheader({ amount, business: business.name }),
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
    action: methodsAction(pages.home, notice.hostedInvoiceUrl, reader),
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
  return words.failed({ failed: methodWords(failed, reader), reason: why }).trim();
}

function howToFixPrimary({ failed, failedReason }: Charged, reader: MailReader): string {
  const { secondaryCharged: words, beforeRenewal } = reader.text;
  if (failed === null || failedReason === null) return words.attentionOfUnknown;
  return words.attention({
    failed: methodWords(failed, reader),
    remedy: beforeRenewal[failedReason],
  });
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
      charged === null ? words.paidOfUnknown : words.paid({ charged }),
      words.nothingToDo,
    ],
    facts: [
      [fact.amountPaid, amount],
      [fact.paidWith, charged && capitalise(charged)],
      [fact.invoice, notice.invoiceNumber],
    ],
    action: methodsAction(pages.home, notice.hostedInvoiceUrl, reader),
  };
}

export function paymentFailed(notice: Failed, reader: MailReader, pages: Pages): MailText {
  const { text, business } = reader;
  const amount = reader.money(notice.amount);
  return {
    subject: text.paymentFailed.subject({ amount, business: business.name }),
    preheader: nextWords(notice, reader),
    title: text.paymentFailed.title,
    paragraphs: [
      ...failureWords(notice, reader),
      helpWords(notice, reader),
      nextWords(notice, reader),
    ],
    facts: [
      [text.fact.amountDue, amount],
      [text.fact.invoice, notice.invoiceNumber],
    ],
    action: payAction(text.action.pay, pages.pay, notice.hostedInvoiceUrl, reader),
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
  const method = asked === undefined ? text.method.other : methodWords(asked.card, reader);
  return {
    subject: words.subject({ amount, business: business.name }),
    preheader: words.preheader,
    title: words.title,
    paragraphs: [
      words.asked({ method }),
      ...others.map((each) => lineOf(each, reader)),
      words.howTo,
      nextWords(notice, reader),
    ],
    facts: [
      [text.fact.amountDue, amount],
      [text.fact.invoice, notice.invoiceNumber],
    ],
    action: payAction(text.action.confirm, pages.pay, notice.hostedInvoiceUrl, reader),
  };
}

/** What was tried, and why it did not work. */
function failureWords({ failed }: Failed, reader: MailReader): readonly string[] {
  const { paymentFailed: words, reason } = reader.text;
  const [first, ...others] = failed;
  if (first === undefined) return [words.noMethod];
  if (others.length > 0) return [words.several, ...failed.map((each) => lineOf(each, reader))];
  return [words.one({ method: methodWords(first.card, reader), reason: reason[first.reason] })];
}

export const lineOf = ({ card, reason }: Failed['failed'][number], reader: MailReader): string =>
  reader.text.paymentFailed.each({
    method: capitalise(methodWords(card, reader)),
    reason: reader.text.reason[reason],
  });

/** What helps with the method that was tried first: whoever pays now chooses the method anew. */
const helpWords = ({ failed: [first] }: Failed, { text }: MailReader): string =>
  first === undefined ? text.paymentFailed.noMethodRemedy : text.payNow[first.reason];

export function nextWords(
  { nextTryAt, nextIsLast }: Pick<Failed, 'nextTryAt' | 'nextIsLast'>,
  reader: MailReader,
): string {
  const { next } = reader.text;
  if (nextTryAt === null) return next.never;
  const day = reader.day(nextTryAt);
  return nextIsLast === true ? next.lastTime({ day }) : next.again({ day });
}
