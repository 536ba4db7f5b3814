import type { SafeReason } from '../domain/decline/decline.ts';
import type { NoticeContent } from '../domain/notice/notice-content.ts';
import type { MailText } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import { endWords } from './end-mails.ts';
import { capitalise, methodWords, yourMethod } from './words.ts';

type Failed = Extract<NoticeContent, { kind: 'payment_failed' }>;
type Unconfirmed = Extract<NoticeContent, { kind: 'authentication_needed' }>;
type Returned = Extract<NoticeContent, { kind: 'debit_returned' }>;

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

/** What was tried, and why it did not work. */
export function failureWords({ failed }: Failed, reader: MailReader): readonly string[] {
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
export function helpWords({ failed: [first] }: Failed, reader: MailReader): string {
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

/** What comes after a failure, and the end that is announced with the last one. */
export function afterFailure(notice: Failed, reader: MailReader): string {
  const { failed, nextTryAt, end } = notice;
  const { next } = reader.text;
  // What was never tried is not tried again.
  const isTried = failed.length > 0 || nextTryAt !== null;
  const then = end === undefined ? next.noChange : endWords(end, reader).unless;
  return isTried ? `${nextWords(notice, reader)} ${then}` : then;
}

/** What we do next while the bank waits for the customer. */
export function nextWithoutConfirmation(
  { nextTryAt, nextIsLast }: Unconfirmed,
  { text: { authenticationNeeded: words }, day }: MailReader,
): string {
  if (nextTryAt === null) return words.never;
  const next = nextIsLast === true ? words.lastTime : words.again;
  return next({ day: day(nextTryAt) });
}
