import { layoutMail, type MailText, type RenderedMail } from '../mail/layout-mail.ts';
import type { MailReader } from '../mail/mail-reader.ts';

/** The mail with a link to sign in. */
export function renderSignIn(url: string, reader: MailReader): RenderedMail {
  return layoutMail(writeSignIn(url, reader), reader);
}

/** What the mail with a link to sign in says. */
export function writeSignIn(url: string, reader: MailReader): MailText {
  const { signIn: words } = reader.text;
  const business = reader.business.name;
  return {
    subject: words.subject({ business }),
    preheader: words.preheader,
    title: words.title,
    paragraphs: [words.asked({ business }), words.link, words.notYou],
    facts: [],
    action: { label: words.button, url, note: words.secret },
  };
}
