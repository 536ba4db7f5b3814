import { layoutMail, type RenderedMail } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';

/** The mail with a link to sign in. */
export function renderSignIn(url: string, reader: MailReader): RenderedMail {
  const { signIn: words } = reader.text;
  const business = reader.business.name;
  const subject = words.subject({ business });
  const text = {
    subject,
    preheader: words.preheader,
    title: words.title,
    paragraphs: [words.asked({ business }), words.link, words.notYou],
    facts: [],
    action: { label: words.button, url, note: words.secret },
  };
  return { subject, ...layoutMail(text, reader) };
}
