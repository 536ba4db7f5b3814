import type { Happening, StoredItem } from '../../evidence.ts';
import type { Known, MakeRule } from '../rule.ts';

/** Nobody's number begins with another digit; what follows may be grouped. */
const cardNumbers = /(?<![0-9A-Za-z.])[2-6](?:[ -]?\d){12,18}(?![0-9A-Za-z])/g;
const secret = /(?<![A-Za-z0-9])(?:(?:sk|rk)_(?:test|live)_|whsec_)[A-Za-z0-9]/;
const address = /[\w.%+-]+@[\w-]+\.[\w.-]*\w/;

/**
 * "No card number enters, is logged or is stored", no key and no signing secret; no mail address
 * and no name in log lines and messages but the wish for a link, and an address in the customer's own
 * item and in the audit log only.
 */
export const noSecrets: MakeRule = (known, verdict) => ({
  observe({ happening }) {
    const text = known.words.of(happening);
    if (text === '') return;
    verdict.weigh();
    const where = whereOf(happening);
    const number = text.match(cardNumbers)?.find(isCardNumber);
    if (number !== undefined)
      verdict.breach(`A card number that ends in ${number.slice(-4)} ${where}.`);
    if (secret.test(text)) verdict.breach(`A key or signing secret ${where}.`);
    const person = whoIsNamed(known, happening, text);
    if (person !== null) verdict.breach(`${person} ${where}.`);
  },
});

function whereOf(happening: Happening): string {
  switch (happening.kind) {
    case 'item_written':
      return `is in the item ${happening.after.pk} ${happening.after.sk}`;
    case 'mail_sent':
      return `is in the mail ${happening.mail.id}`;
    case 'message_sent':
    case 'message_died':
      return `is in the message ${happening.message.messageId} of ${happening.message.queue}`;
    default:
      return `was logged`;
  }
}

/** A number of a length that networks use, with a right check digit (Luhn). */
export function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  const { length } = digits;
  // Mastercard's new range has 16 digits; Visa's old numbers have 13, all others have more.
  if (digits.startsWith('2') ? length !== 16 : length < (digits.startsWith('4') ? 13 : 14)) {
    return false;
  }
  let sum = 0;
  for (let place = 0; place < length; place += 1) {
    const digit = Number(digits[length - 1 - place]);
    const doubled = place % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** The members and the audit log name people, and a case what it still owes to the audit log. */
function wordsThatNameNobody({ sk, ...item }: StoredItem, text: string): string {
  if (sk === 'V#CUSTOMER' || sk.startsWith('AUDIT#')) return '';
  return sk.startsWith('V#CASE#') ? JSON.stringify({ ...item, owed: [] }) : text;
}

function whoIsNamed(known: Known, happening: Happening, text: string): string | null {
  if (happening.kind === 'mail_sent') return null;
  if (happening.kind === 'item_written') {
    const named = wordsThatNameNobody(happening.after, text);
    return named.includes('@') && address.test(named) ? 'A mail address' : null;
  }
  // What SES says of a mail names its recipient; nobody of ours wrote that.
  // Who asks for a link says their address: it is what the message is for.
  const mayName = 'message' in happening && /mail|signIn/i.test(happening.message.queue);
  if (mayName) return null;
  if (text.includes('@') && address.test(text)) return 'A mail address';
  for (const name of known.ledger.names) {
    if (name.length > 2 && text.includes(name)) return `The name ${name}`;
  }
  return null;
}
