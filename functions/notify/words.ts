import type { SafeReason } from '../domain/decline/decline.ts';
import type { CardLabel } from '../domain/messages.ts';

/** How one reason is put to the customer. */
export interface ReasonWords {
  /** What happened. */
  readonly what: string;
  /** What helps while the invoice is open; its page takes any card and lets the bank ask. */
  readonly payNow: string;
  /** What helps before the next renewal, once the backup has paid this one. */
  readonly beforeRenewal: string;
}

const replaceByReply = 'If you want to replace it, reply to this mail and we will help you.';

/** The words for each reason that a customer may be told. */
export const reasonWords: Readonly<Record<SafeReason, ReasonWords>> = {
  declined: {
    what: 'The bank declined the payment.',
    payNow: 'You can ask your bank why, or pay with another card.',
    beforeRenewal: 'The bank can tell you why it declined.',
  },
  insufficient_funds: {
    what: 'There was not enough money available.',
    payNow: 'You can pay with another card now, or with this one once there is enough money.',
    beforeRenewal: 'Please see that enough money is available by then.',
  },
  incorrect_details: {
    what: 'Some of the card details are not right.',
    payNow: 'You can pay now by entering the card again, or with another card.',
    beforeRenewal: replaceByReply,
  },
  expired: {
    what: 'The card has expired.',
    payNow: 'You can pay now with your new card, or with another one.',
    beforeRenewal: replaceByReply,
  },
  authentication: {
    what: 'The bank wants you to confirm the payment yourself.',
    payNow: 'You can confirm it when you pay now.',
    beforeRenewal: 'The bank may ask for this again.',
  },
  try_again: {
    what: "The bank's systems could not process the payment.",
    payNow: 'This usually passes by itself. You can also pay now with another card.',
    beforeRenewal: 'This usually passes by itself.',
  },
  not_supported: {
    what: 'This card cannot be used for this kind of payment.',
    payNow: 'You can pay now with another card.',
    beforeRenewal: replaceByReply,
  },
  unusable: {
    what: 'This payment method cannot be used any more.',
    payNow: 'You can pay now with another card.',
    beforeRenewal: replaceByReply,
  },
};

/** Where it is not known why the method was not charged. */
export const beforeRenewalOfUnknown = replaceByReply;

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

/** `Visa ending in 4242`, `bank account ending in 6789`, `card`. */
export function methodWords({ type, brand, last4 }: CardLabel): string {
  const name = brandNames.get(brand ?? type) ?? kindWords(type);
  return last4 === null ? name : `${name} ending in ${last4}`;
}

function kindWords(type: string): string {
  if (type.includes('bank') || type.includes('debit')) return 'bank account';
  return type === 'card' ? 'card' : 'payment method';
}
