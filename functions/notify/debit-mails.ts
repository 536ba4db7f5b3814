import type { NoticeContent } from '../domain/notice/notice-content.ts';
import type { MailText } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import { methodsAction, type Pages, payAction } from './actions.ts';
import { lineOf, nextWords, whyNotPrimary } from './payment-mails.ts';
import { capitalise, methodWords } from './words.ts';

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
    subject: words.subject({ amount }),
    preheader: words.preheader({ business: business.name }),
    title: words.title,
    paragraphs: [
      ...(instead === null
        ? [words.debited({ debited })]
        : [whyNotPrimary(instead, reader), words.debitedInstead({ debited })]),
      words.meanwhile,
      words.after,
    ],
    facts: [
      [fact.amountDue, amount],
      [fact.debitedFrom, capitalise(debited)],
      [fact.invoice, notice.invoiceNumber],
    ],
    action: methodsAction(pages.home, notice.hostedInvoiceUrl, reader),
  };
}

export function debitReturned(
  notice: Of<'debit_returned'>,
  reader: MailReader,
  pages: Pages,
): MailText {
  const { text } = reader;
  const { debitReturned: words, fact } = text;
  const amount = reader.money(notice.amount);
  const { card, reason } = notice.returned;
  return {
    subject: words.subject({ amount }),
    preheader: nextWords(notice, reader),
    title: words.title,
    paragraphs: [
      words.returned({ method: methodWords(card, reader), reason: text.reason[reason] }),
      ...notice.failed.map((each) => lineOf(each, reader)),
      words.help,
      nextWords(notice, reader),
    ],
    facts: [
      [fact.amountDue, amount],
      [fact.invoice, notice.invoiceNumber],
    ],
    action: payAction(text.action.pay, pages.pay, notice.hostedInvoiceUrl, reader),
  };
}
