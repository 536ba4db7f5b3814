import type { NoticeContent } from '../domain/notice/notice-content.ts';
import type { MailText } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import { invoiceAction, type Pages } from './actions.ts';

type Of<Kind extends NoticeContent['kind']> = Extract<NoticeContent, { kind: Kind }>;
type Consequences = Pick<Of<'dunning_ended'>, 'access' | 'action'>;

export function lastTryAhead(
  notice: Of<'last_try_ahead'>,
  reader: MailReader,
  pages: Pages,
): MailText {
  const { text, business } = reader;
  const { lastTryAhead: words, fact } = text;
  const amount = reader.money(notice.amount);
  const day = reader.day(notice.tryAt);
  return {
    subject: words.subject({ amount, business: business.name }),
    preheader: words.preheader({ day }),
    title: words.title({ day }),
    paragraphs: [words.plan({ day }), words.otherwise[whatFollows(notice)], words.payNow],
    facts: [
      [fact.amountDue, amount],
      [fact.lastTry, reader.dayOfWeek(notice.tryAt)],
      [fact.invoice, notice.invoiceNumber],
    ],
    action: invoiceAction('pay', pages, notice.hostedInvoiceUrl, reader),
  };
}

export function endAhead(notice: Of<'end_ahead'>, reader: MailReader, pages: Pages): MailText {
  const { text, business } = reader;
  const { endAhead: words, fact } = text;
  const day = reader.day(notice.endsAt);
  const amount = reader.money(notice.amount);
  const { unless, payBefore } = endWords(notice, reader);
  const headline = words.headline[graverOf(whatIsTaken(notice))]({ business: business.name, day });
  return {
    subject: headline,
    preheader: words.preheader({ amount }),
    title: headline,
    paragraphs: [words.plan, unless, words.goOn],
    facts: [[fact.amountDue, amount], payBefore, [fact.invoice, notice.invoiceNumber]],
    action: invoiceAction('pay', pages, notice.hostedInvoiceUrl, reader),
  };
}

export function dunningEnded(
  notice: Of<'dunning_ended'>,
  reader: MailReader,
  pages: Pages,
): MailText {
  const { text, business } = reader;
  const { dunningEnded: words, fact } = text;
  const amount = reader.money(notice.amount);
  const taken = whatIsTaken(notice);
  const headline = words.headline[graverOf(taken)]({ business: business.name });
  return {
    subject: headline,
    preheader: words.preheader({ amount }),
    title: headline,
    paragraphs: [words.taken[taken], words.back[taken]],
    facts: [
      [fact.amountDue, amount],
      [fact.invoice, notice.invoiceNumber],
    ],
    action: invoiceAction('pay', pages, notice.hostedInvoiceUrl, reader),
  };
}

export function accessRestored(
  notice: Of<'access_restored'>,
  reader: MailReader,
  pages: Pages,
): MailText {
  const { text, business } = reader;
  const { accessRestored: words, fact } = text;
  const amount = reader.money(notice.amount);
  return {
    subject: words.subject({ business: business.name }),
    preheader: words.preheader({ amount }),
    title: words.title,
    paragraphs: [words.thanks],
    facts: [
      [fact.amountPaid, amount],
      [fact.invoice, notice.invoiceNumber],
    ],
    action: invoiceAction('open', pages, notice.hostedInvoiceUrl, reader),
  };
}

/** What comes at the end if nobody pays before, and the row that says by when. */
export function endWords(
  { endsAt, ...consequences }: NonNullable<Of<'payment_failed'>['end']>,
  { text, day, dayOfWeek }: MailReader,
): { readonly unless: string; readonly payBefore: readonly [string, string] } {
  const unless = text.endAhead.unless[whatIsTaken(consequences)]({ day: day(endsAt) });
  return { unless, payBefore: [text.fact.payBefore, dayOfWeek(endsAt)] };
}

/** What the customer notices, as the places in the files of the languages are named. */
type Taken = keyof MailReader['text']['endAhead']['unless'];

function whatFollows({ access, action }: Consequences): Taken | 'nothing' {
  switch (action) {
    case 'cancel_subscription':
      return access === 'suspend' ? 'accessEndsAndCanceled' : 'canceled';
    case 'pause_subscription':
      return access === 'suspend' ? 'accessEndsAndPaused' : 'paused';
    case 'leave_open':
    case 'mark_uncollectible':
      return access === 'suspend' ? 'accessEnds' : 'nothing';
  }
}

/** @throws {Error} of an end that the customer does not notice: there is no notice of one. */
function whatIsTaken(consequences: Consequences): Taken {
  const follows = whatFollows(consequences);
  if (follows === 'nothing') throw new Error('An end that takes nothing is told to nobody.');
  return follows;
}

/** Of an end that takes both, what becomes of the subscription counts more. */
function graverOf(taken: Taken): 'accessEnds' | 'canceled' | 'paused' {
  switch (taken) {
    case 'accessEnds':
      return 'accessEnds';
    case 'accessEndsAndCanceled':
    case 'canceled':
      return 'canceled';
    case 'accessEndsAndPaused':
    case 'paused':
      return 'paused';
  }
}
