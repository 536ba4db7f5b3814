import type { NoticeContent } from '../domain/notice/notice-content.ts';
import { expiryOf } from '../domain/reminders/expiry-reminder.ts';
import type { MailText } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import { type Pages, pageAction } from './actions.ts';
import { methodWords } from './words.ts';

type Expiring = Extract<NoticeContent, { kind: 'card_expiring' }>;

/** A card that is charged, or would be as the backup, expires soon or has. */
export function cardExpiring(notice: Expiring, reader: MailReader, pages: Pages): MailText {
  const { text, business } = reader;
  const { cardExpiring: words, fact } = text;
  const card = methodWords(notice.card, reader);
  const month = reader.month({ month: notice.expMonth, year: notice.expYear });
  const day = reader.day(notice.nextBillingAt);
  const when = notice.hasExpired ? 'over' : 'ahead';
  return {
    subject: words.subject[when]({ card, month }),
    preheader: words.preheader({ day, business: business.name }),
    title: words.title[notice.role][when],
    paragraphs: [
      words.what[notice.role][when]({ card, month }),
      words.why[whatFails(notice)]({ day }),
      words.newDate,
    ],
    facts: [
      [fact.card, card],
      [fact.expires, month],
      [fact.nextPayment, reader.dayOfWeek(notice.nextBillingAt)],
    ],
    action: pageAction(text.action.updateCard, pages.home, reader),
  };
}

/** What goes wrong if nobody does anything, as the places in the files of the languages are named. */
function whatFails({ role, nextBillingAt, ...card }: Expiring): keyof Why {
  if (role === 'secondary') return 'secondary';
  const expiry = expiryOf(card);
  return expiry !== null && nextBillingAt < expiry.at ? 'later' : 'next';
}

type Why = MailReader['text']['cardExpiring']['why'];
