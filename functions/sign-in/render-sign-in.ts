import {
  layoutMail,
  type MailReader,
  type MailText,
  type RenderedMail,
} from '../mail/layout-mail.ts';

/** The mail with a link to sign in. */
export function renderSignIn(url: string, reader: MailReader): RenderedMail {
  const { business } = reader.settings;
  const text: MailText = {
    subject: `Sign in to your billing page at ${business.name}`,
    preheader: 'The link works once, for 10 minutes.',
    title: 'Sign in',
    paragraphs: [
      `Somebody, probably you, asked to sign in to your billing page at ${business.name}. There you see your payment methods and invoices.`,
      'The link below signs you in. It works once, for 10 minutes. After that, ask for a new one on the page.',
      'If it was not you, do nothing: nobody can sign in without this mail.',
    ],
    facts: [],
    action: {
      label: 'Sign in',
      url,
      note: 'Whoever has this link can sign in as you. Please do not pass this mail on.',
    },
  };
  return { subject: text.subject, ...layoutMail(text, reader) };
}
