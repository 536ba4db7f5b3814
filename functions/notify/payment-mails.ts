import type { SafeReason } from '../domain/decline/decline.ts';
import type { CardLabel, NoticeContent } from '../domain/notice/notice-content.ts';
import type { MailText } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import { confirmAction, methodsAction, openAction, type Pages, payAction } from './actions.ts';
import { endWords } from './end-mails.ts';
import { capitalise, methodWords, yourMethod } from './words.ts';

type Charged = Extract<NoticeContent, { kind: 'secondary_charged' }>;
type Recovered = Extract<NoticeContent, { kind: 'recovered' }>;
type Failed = Extract<NoticeContent, { kind: 'payment_failed' }>;
type Unconfirmed = Extract<NoticeContent, { kind: 'authentication_needed' }>;
type Returned = Extract<NoticeContent, { kind: 'debit_returned' }>;

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
    action: (notice.failedReason === 'try_again' ? openAction : methodsAction)(
      pages.home,
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
    action: openAction(pages.home, notice.hostedInvoiceUrl, reader),
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
    action: payAction(pages.pay, notice.hostedInvoiceUrl, reader),
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
    action: confirmAction(pages.pay, notice.hostedInvoiceUrl, reader),
  };
}

function afterFailure(notice: Failed, reader: MailReader): string {
  const { failed, nextTryAt, end } = notice;
  const { next } = reader.text;
  // What was never tried is not tried again.
  const isTried = failed.length > 0 || nextTryAt !== null;
  const then = end === undefined ? next.noChange : endWords(end, reader).unless;
  return isTried ? `${nextWords(notice, reader)} ${then}` : then;
}

const unknownMethod: CardLabel = { type: 'unknown', brand: null, last4: null };

/** What is open, and when it is tried next. */
export function factsOf(
  notice: Failed | Unconfirmed | Returned,
  reader: MailReader,
): MailText['facts'] {
  const { amount, nextTryAt, nextIsLast, invoiceNumber } = notice;
  const { fact } = reader.text;
  const label = nextIsLast === true ? fact.lastTry : fact.nextTry;
  const end = 'end' in notice ? notice.end : undefined;
  return [
    [fact.amountDue, reader.money(amount)],
    [label, nextTryAt === null ? null : reader.dayOfWeek(nextTryAt)],
    ...(end === undefined ? [] : [endWords(end, reader).payBefore]),
    [fact.invoice, invoiceNumber],
  ];
}

function nextWithoutConfirmation(
  { nextTryAt, nextIsLast }: Unconfirmed,
  { text: { authenticationNeeded: words }, day }: MailReader,
): string {
  if (nextTryAt === null) return words.never;
  const next = nextIsLast === true ? words.lastTime : words.again;
  return next({ day: day(nextTryAt) });
}

/** What was tried, and why it did not work. */
function failureWords({ failed }: Failed, reader: MailReader): readonly string[] {
  const { paymentFailed: words, reason } = reader.text;
  const [first, ...others] = failed;
  if (first === undefined) return [words.noMethod];
  if (others.length > 0) return [words.several, ...failed.map((each) => lineOf(each, reader))];
  return [words.one({ yours: yourMethod(first.card, reader), reason: reason[first.reason] })];
}

type Refused = Failed['failed'][number];

const lineOf = ({ card, reason }: Refused, reader: MailReader): string =>
  reader.text.paymentFailed.each({
    method: capitalise(methodWords(card, reader)),
    reason: reader.text.reason[reason],
  });

/** What was tried beside what the mail is about. */
export const eitherWords = ({ card, reason }: Refused, reader: MailReader): string =>
  reader.text.paymentFailed.either({
    yours: yourMethod(card, reader),
    reason: reader.text.reason[reason],
  });

/** What helps with the method that was tried first: whoever pays now chooses the method anew. */
function helpWords({ failed: [first] }: Failed, reader: MailReader): string {
  const { payNow, paymentFailed: words } = reader.text;
  if (first === undefined) return words.noMethodRemedy;
  if (first.reason !== 'insufficient_funds') return payNow[first.reason];
  return payNow.insufficient_funds({ yours: yourMethod(first.card, reader) });
}

/** Refusals that come again whenever the same is tried. */
const lasting: ReadonlySet<SafeReason> = new Set([
  'incorrect_details',
  'expired',
  'not_supported',
  'unusable',
]);

type Next = Pick<Failed, 'failed' | 'nextTryAt' | 'nextIsLast'>;

/** What comes if nobody does anything. */
export const whatFollows = (next: Next, reader: MailReader): string =>
  `${nextWords(next, reader)} ${reader.text.next.noChange}`;

/** What we do next by ourselves. */
export function nextWords({ failed, nextTryAt, nextIsLast }: Next, reader: MailReader): string {
  const { next } = reader.text;
  if (nextTryAt === null) return next.never;
  const day = reader.day(nextTryAt);
  if (failed.every(({ reason }) => lasting.has(reason))) return next.other({ day });
  return nextIsLast === true ? next.lastTime({ day }) : next.again({ day });
}
