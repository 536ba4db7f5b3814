import { isDebit } from '../domain/customer/is-debit.ts';
import { properName } from '../domain/customer/proper-name.ts';
import type { CardLabel } from '../domain/notice/notice-content.ts';
import type { MailReader } from '../mail/mail-reader.ts';

/** `Visa ending in 4242`, `bank account ending in 6789`, `card`; in the middle of a sentence. */
export function methodWords({ type, brand, last4 }: CardLabel, { text }: MailReader): string {
  const name = properName(brand ?? type) ?? nameOf(kindOf({ type, brand }), text.method);
  return last4 === null ? name : text.method.endingIn({ name, last4 });
}

/** The same as the customer's own, as a sentence wants it: `your Visa ending in 4242`. */
export const yourMethod = (label: CardLabel, reader: MailReader): string =>
  reader.text.method.yours[kindOf(label)]({ method: methodWords(label, reader) });

/** As the places in the files of the languages are named. */
function kindOf({ type, brand }: Pick<CardLabel, 'type' | 'brand'>) {
  if (isDebit(type)) return 'bankAccount';
  if (type === 'card' || brand !== null) return 'card';
  return properName(type) === null ? 'other' : 'wallet';
}

/** A wallet always has a name of its own. */
const nameOf = (
  kind: ReturnType<typeof kindOf>,
  { bankAccount, card, other }: MailReader['text']['method'],
): string => (kind === 'bankAccount' ? bankAccount : kind === 'card' ? card : other);

export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
