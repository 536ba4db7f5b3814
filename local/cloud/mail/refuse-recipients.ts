import { addressOf } from '../aws-request.ts';
import type { MailRefusal, MailRequest } from './read-mail-request.ts';

/**
 * Why SES refuses a mail for those who are to get it, in SES's words: it takes one recipient at
 * least, and no mail if one address is not well formed ("SendEmail" in the API reference). Its
 * addresses are ASCII; the recipients in the headers of a raw mail are not looked at.
 */
export function refuseRecipients({
  recipientCount,
  destinations,
}: Pick<MailRequest, 'recipientCount' | 'destinations'>): MailRefusal | undefined {
  const wrong = destinations.map((one) => fault(addressOf(one))).find((one) => one !== undefined);
  const message = recipientCount === 0 ? "Empty required header 'To'." : wrong;
  return message === undefined ? undefined : { code: 'InvalidParameterValue', message };
}

function fault(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const [name, domain] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1)];
  if (at < 0 || domain === '') return "Missing final '@domain'";
  if (name === '') return `User name is missing: '${address}'`;
  if (!/^[\x21-\x7e]+$/.test(name)) return 'Local address contains control or whitespace';
  if (domain.startsWith('.')) return 'Domain starts with dot';
  if (domain.endsWith('.')) return 'Domain ends with dot';
  if (domain.includes('..')) return 'Domain contains dot-dot';
  if (!/^[\w.-]+$/.test(domain)) return 'Domain contains illegal character';
  return undefined;
}
