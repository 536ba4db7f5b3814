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
  const name = brandNames.get(brand ?? type) ?? nameOf(kindOf({ type, brand }), text.method);
  return last4 === null ? name : text.method.endingIn({ name, last4 });
}

/** The same as the customer's own, as a sentence wants it: `your Visa ending in 4242`. */
export const yourMethod = (label: CardLabel, reader: MailReader): string =>
  reader.text.method.yours[kindOf(label)]({ method: methodWords(label, reader) });

/** As the places in the files of the languages are named. */
function kindOf({ type, brand }: Pick<CardLabel, 'type' | 'brand'>) {
  if (type.includes('bank') || type.includes('debit')) return 'bankAccount';
  if (type === 'card' || brandNames.has(brand ?? '')) return 'card';
  return brandNames.has(type) ? 'wallet' : 'other';
}

/** A wallet always has a name of its own. */
const nameOf = (
  kind: ReturnType<typeof kindOf>,
  { bankAccount, card, other }: MailReader['text']['method'],
): string => (kind === 'bankAccount' ? bankAccount : kind === 'card' ? card : other);

export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
