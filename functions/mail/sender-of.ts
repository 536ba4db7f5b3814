import type { Mail } from '../domain/ports.ts';
import type { Settings } from '../environment.ts';
import { plainText } from '../text/speak.ts';

/** Whom a mail is from, and who reads what is answered to it. */
export const senderOf = ({
  business,
  mail,
}: Pick<Settings, 'business' | 'mail'>): Pick<Mail, 'from' | 'replyTo'> => ({
  from: { name: plainText(business.name), address: mail.sender },
  replyTo: mail.replyTo ?? business.supportEmail,
});
