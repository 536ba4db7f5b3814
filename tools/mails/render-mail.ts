import type { RenderedMail } from '../../functions/mail/layout-mail.ts';
import { type MailReader, openReader } from '../../functions/mail/mail-reader.ts';
import { renderNotice, writeNotice } from '../../functions/notify/render-notice.ts';
import { renderSignIn, writeSignIn } from '../../functions/sign-in/render-sign-in.ts';
import type { Mail } from './catalogue/all-mails.ts';
import { business, pages } from './catalogue/samples.ts';
import type { Language } from './languages.ts';

/** Whoever gets the mail of the catalogue, in this language. */
export const readerOf = (mail: Pick<Mail, 'to' | 'business'>, language: Language): MailReader => ({
  ...openReader(
    { name: mail.to, locale: language.tag, timeZone: null },
    { business: { ...business, ...mail.business }, mail: { sender: 'billing@example.com' } },
    { [language.tag]: language.own },
  ),
  direction: language.direction,
});

/** A mail as it is sent, and the line that an inbox shows behind its subject. */
export interface ShownMail extends RenderedMail {
  readonly preheader: string;
}

export function renderMail(mail: Mail, language: Language): ShownMail {
  const { content } = mail;
  const reader = readerOf(mail, language);
  if (content.kind === 'sign_in') {
    const { preheader } = writeSignIn(content.url, reader);
    return { ...renderSignIn(content.url, reader), preheader };
  }
  const { preheader } = writeNotice(content, reader, pages, mail.people);
  return { ...renderNotice(content, reader, pages, mail.people), preheader };
}
