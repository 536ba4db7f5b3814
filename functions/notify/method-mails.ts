import type { NoticeContent } from '../domain/notice/notice-content.ts';
import { isWebLink } from '../mail/is-web-link.ts';
import type { MailText } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import { type Pages, pageAction } from './actions.ts';
import { changeWords } from './change-words.ts';
import type { People } from './find-people.ts';
import { capitalise, methodWords } from './words.ts';

type Of<Kind extends NoticeContent['kind']> = Extract<NoticeContent, { kind: Kind }>;

export function methodsChanged(
  notice: Of<'methods_changed'>,
  reader: MailReader,
  pages: Pages,
  people: People,
): MailText {
  const { text } = reader;
  const { methodsChanged: words } = text;
  return {
    subject: subjectOf(notice, reader),
    preheader: words.preheader,
    title: subjectOf(notice, reader),
    paragraphs: [
      ...notice.changes.map(({ what, card }) =>
        capitalise(words.each[what]({ card: methodWords(card, reader) })),
      ),
      ...changeWords(notice, reader, people),
    ],
    facts: [],
    action: pageAction(text.action.open, pages.home, reader),
  };
}

/** What was changed last says most: whoever adds a primary adds it first. */
function subjectOf({ changes }: Of<'methods_changed'>, reader: MailReader): string {
  const { methodsChanged: words } = reader.text;
  const cards = new Set(changes.map(({ card }) => methodWords(card, reader)));
  const last = changes.at(-1);
  if (last === undefined || cards.size > 1) {
    return words.subject({ business: reader.business.name });
  }
  return words.subjectOf[last.what]({ card: methodWords(last.card, reader) });
}

export function consentGiven(
  notice: Of<'consent_given'>,
  reader: MailReader,
  pages: Pages,
  people: People,
): MailText {
  const { text, business } = reader;
  const { consentGiven: words } = text;
  const said = { business: business.name, card: methodWords(notice.card, reader) };
  return {
    subject: words.subject(said),
    preheader: words.preheader,
    title: words.title,
    paragraphs: [
      notice.by.kind === 'staff' ? words.recorded(said) : words.agreed(said),
      words.told,
      ...changeWords(notice, reader, people),
    ],
    facts: [],
    action: pageAction(text.action.open, pages.home, reader),
  };
}

export function consentWithdrawn(
  notice: Of<'consent_withdrawn'>,
  reader: MailReader,
  pages: Pages,
  people: People,
): MailText {
  const { text } = reader;
  const { consentWithdrawn: words } = text;
  const card = methodWords(notice.card, reader);
  return {
    subject: words.subject({ card }),
    preheader: words.preheader,
    title: words.title,
    paragraphs: [words.withdrawn({ card }), words.again, ...changeWords(notice, reader, people)],
    facts: [],
    action: pageAction(text.action.open, pages.home, reader),
  };
}

export function cardUpdated(
  notice: Of<'card_updated'>,
  reader: MailReader,
  pages: Pages,
): MailText {
  const { text } = reader;
  const { cardUpdated: words } = text;
  const card = methodWords(notice.card, reader);
  const month = reader.month(notice.expires);
  return {
    subject: words.subject({ card }),
    preheader: words.preheader({ month }),
    title: words.title,
    paragraphs: [words.updated({ card, month }), words.nothingToDo],
    facts: [],
    action: pageAction(text.action.open, pages.home, reader),
  };
}

export function bankAccountVerification(
  notice: Of<'bank_account_verification'>,
  reader: MailReader,
): MailText {
  const { bankAccountVerification: words } = reader.text;
  const account = methodWords(notice.card, reader);
  return {
    subject: words.subject({ business: reader.business.name, account }),
    preheader: words.preheader,
    title: words.title,
    paragraphs: [
      words.deposits({ account, day: reader.day(notice.arrivesAt) }),
      words.howTo,
      words.notYou,
    ],
    facts: [],
    action: isWebLink(notice.url)
      ? { label: words.button, url: notice.url, note: words.note }
      : null,
  };
}
