import type { WrittenNotice } from '../domain/notice/notice-content.ts';
import type { MailText } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';
import type { Pages } from './actions.ts';

type Unreachable = Extract<WrittenNotice, { kind: 'address_unreachable' }>;

/** To the other owners: mails to one of them do not arrive. */
export function addressUnreachable(
  { address, why }: Unreachable,
  { text, business }: MailReader,
  pages: Pages,
): MailText {
  const words = text.addressUnreachable;
  const happened = why === 'bounce' ? words.bounced : words.complained;
  return {
    subject: words.subject({ address }),
    preheader: words.preheader,
    title: words.title,
    paragraphs: [happened({ address }), words.stopped, words.remedy],
    facts: [],
    action: {
      label: words.button,
      url: pages.home,
      note: text.action.billingPage({ business: business.name }),
    },
  };
}
