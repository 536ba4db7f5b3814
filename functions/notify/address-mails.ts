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
  const subject = words.subject[why]({ address });
  return {
    subject,
    preheader: words.preheader,
    title: subject,
    paragraphs: [words.happened[why]({ address }), words.stopped, words.remedy],
    facts: [],
    action: pageAction(reader.text.action.open, pages.home, reader),
  };
}
