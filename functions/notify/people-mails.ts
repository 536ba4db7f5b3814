import type { NoticeContent } from '../domain/notice/notice-content.ts';
import type { MailText } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import { type Pages, pageAction } from './actions.ts';
import { changeWords } from './change-words.ts';
import type { People } from './find-people.ts';

type Of<Kind extends NoticeContent['kind']> = Extract<NoticeContent, { kind: Kind }>;

export function membersChanged(
  notice: Of<'members_changed'>,
  reader: MailReader,
  pages: Pages,
  people: People,
): MailText {
  const { text, business } = reader;
  const { membersChanged: words } = text;
  const who = people.concerned?.email ?? words.somebody;
  return {
    subject: words.subject[notice.what]({ who, business: business.name }),
    preheader: words.preheader,
    title: words.title[notice.what]({ who }),
    paragraphs: [whatChanged(notice, words, who), ...changeWords(notice, reader, people)],
    facts: [],
    action: pageAction(text.action.open, pages.home, reader),
  };
}

function whatChanged(
  { what, role }: Of<'members_changed'>,
  words: MailReader['text']['membersChanged'],
  who: string,
): string {
  return what === 'removed' ? words.removed({ who }) : words[what][role]({ who });
}

export function invitation(
  notice: Of<'invitation'>,
  reader: MailReader,
  pages: Pages,
  { maker, concerned }: People,
): MailText {
  const { text, business } = reader;
  const { invitation: words } = text;
  return {
    subject: words.subject({ business: business.name }),
    preheader: words.preheader,
    title: words.title,
    paragraphs: [
      maker === null
        ? words.byStaff({ business: business.name })
        : words.by({ who: maker.email, business: business.name }),
      words[notice.role],
      words.howTo({ address: concerned?.email ?? '' }),
      words.notYou,
    ],
    facts: [],
    action: { label: words.button, url: pages.home, note: words.note },
  };
}

export function extensionGranted(
  notice: Of<'extension_granted'>,
  reader: MailReader,
  pages: Pages,
): MailText {
  const { text, business } = reader;
  const { extensionGranted: words } = text;
  const day = reader.day(notice.until);
  return {
    subject: words.subject({ business: business.name, day }),
    preheader: words.preheader,
    title: words.title({ day }),
    paragraphs: [words.granted({ day }), words.after],
    facts: [],
    action: pageAction(text.action.open, pages.home, reader),
  };
}
