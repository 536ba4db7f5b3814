import type { NoticeContent } from '../domain/notice/notice-content.ts';
import type { MailText } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import { type Pages, pageAction } from './actions.ts';
import type { People } from './find-people.ts';

type Unreachable = Extract<NoticeContent, { kind: 'address_unreachable' }>;

/** To the other owners: mails to one of them do not arrive. */
export function addressUnreachable(
  { why }: Unreachable,
  reader: MailReader,
  pages: Pages,
  { concerned }: People,
): MailText {
  const words = reader.text.addressUnreachable;
  const address = concerned?.email ?? '';
  const happened = why === 'bounce' ? words.bounced : words.complained;
  return {
    subject: words.subject({ address }),
    preheader: words.preheader,
    title: words.title,
    paragraphs: [happened({ address }), words.stopped, words.remedy],
    facts: [],
    action: pageAction(words.button, pages.home, reader),
  };
}
