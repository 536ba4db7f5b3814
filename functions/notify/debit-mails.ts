import type { NoticeContent } from '../domain/notice/notice-content.ts';
import type { MailText } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import { invoiceAction, type Pages } from './actions.ts';
import { eitherWords, factsOf, nextWords, whatFollows } from './failure-words.ts';
import { whyNotPrimary } from './payment-mails.ts';
import { capitalise, methodWords, yourMethod } from './words.ts';

type Of<Kind extends NoticeContent['kind']> = Extract<NoticeContent, { kind: Kind }>;

export function debitStarted(
  notice: Of<'debit_started'>,
  reader: MailReader,
  pages: Pages,
): MailText {
  const { text, business } = reader;
  const { debitStarted: words, fact } = text;
  const amount = reader.money(notice.amount);
  const debited = methodWords(notice.debited, reader);
  const { instead } = notice;
  return {
    subject: words.subject({ business: business.name, amount }),
    preheader: words.preheader,
    title: instead === null ? words.title : words.titleInstead,
    paragraphs: [
      ...(instead === null
        ? [words.debited({ debited })]
        : [whyNotPrimary(instead, reader), words.debitedInstead({ debited })]),
      words.meanwhile,
    ],
    facts: [
      [fact.amount, amount],
      [fact.debitedFrom, capitalise(debited)],
      [fact.invoice, notice.invoiceNumber],
    ],
    action: invoiceAction('open', pages, notice.hostedInvoiceUrl, reader),
  };
}

export function debitReturned(
  notice: Of<'debit_returned'>,
  reader: MailReader,
  pages: Pages,
): MailText {
  const { text, business } = reader;
  const { debitReturned: words } = text;
  const amount = reader.money(notice.amount);
  const { returned, failed } = notice;
  const { reason } = returned;
  const next = { ...notice, failed: [returned, ...failed] };
  return {
    subject: words.subject({ amount, business: business.name }),
    preheader: nextWords(next, reader),
    title: words.title,
    paragraphs: [
      returnedWords(notice, reader),
      ...notice.failed.map((each) => eitherWords(each, reader)),
      reason === 'declined' ? words.helpOfDeclined : words.help,
      whatFollows(next, reader),
    ],
    facts: factsOf(notice, reader),
    action: invoiceAction('pay', pages, notice.hostedInvoiceUrl, reader),
  };
}

/** That the bank declined it is what a returned debit says already. */
function returnedWords(
  { returned: { card, reason } }: Of<'debit_returned'>,
  reader: MailReader,
): string {
  const why = reason === 'declined' ? '' : reader.text.reason[reason];
  const yours = yourMethod(card, reader);
  return reader.text.debitReturned.returned({ yours, reason: why }).trim();
}
