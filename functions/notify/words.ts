import type { CardLabel } from '../domain/notice/notice-content.ts';
import type { MailReader } from '../mail/mail-reader.ts';

const brandNames: ReadonlyMap<string, string> = new Map([
  ['amex', 'American Express'],
  ['cartes_bancaires', 'Cartes Bancaires'],
  ['diners', 'Diners Club'],
  ['discover', 'Discover'],
  ['eftpos_au', 'eftpos'],
  ['jcb', 'JCB'],
  ['link', 'Link'],
  ['mastercard', 'Mastercard'],
  ['unionpay', 'UnionPay'],
  ['visa', 'Visa'],
]);

/** `Visa ending in 4242`, `bank account ending in 6789`, `card`; in the middle of a sentence. */
export function methodWords({ type, brand, last4 }: CardLabel, { text }: MailReader): string {
  const name = brandNames.get(brand ?? type) ?? kindWords(type, text.method);
  return last4 === null ? name : text.method.endingIn({ name, last4 });
}

function kindWords(type: string, { bankAccount, card, other }: MailReader['text']['method']) {
  if (type.includes('bank') || type.includes('debit')) return bankAccount;
  return type === 'card' ? card : other;
}

export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
