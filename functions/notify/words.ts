import type { SafeReason } from '../domain/decline.ts';
import type { CardLabel } from '../domain/messages.ts';

/** What happened and what helps, for each reason that a customer may be told. */
export const reasonWords: Readonly<Record<SafeReason, { what: string; help: string }>> = {
  declined: {
    what: 'The bank declined the payment.',
    help: 'Please ask your bank, or use another card.',
  },
  insufficient_funds: {
    what: 'There was not enough money available.',
    help: 'Please add funds, or use another card.',
  },
  incorrect_details: {
    what: 'Some of the card details are not right.',
    help: 'Please enter the card again, or use another one.',
  },
  expired: { what: 'The card has expired.', help: 'Please use your current card.' },
  authentication: {
    what: 'The bank wants you to confirm the payment yourself.',
    help: 'Please open the invoice and confirm it there.',
  },
  try_again: {
    what: "The bank's systems could not process the payment.",
    help: 'You do not have to do anything: this usually passes.',
  },
  not_supported: {
    what: 'This card cannot be used for this kind of payment.',
    help: 'Please use another card.',
  },
  unusable: {
    what: 'This payment method cannot be used any more.',
    help: 'Please use another one.',
  },
};

const brandNames: Readonly<Record<string, string>> = {
  amex: 'American Express',
  cartes_bancaires: 'Cartes Bancaires',
  diners: 'Diners Club',
  discover: 'Discover',
  eftpos_au: 'eftpos',
  jcb: 'JCB',
  link: 'Link',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
};

/** `Visa ending in 4242`, `bank account ending in 6789`, `card`. */
export function methodWords({ type, brand, last4 }: CardLabel): string {
  const isBank = type.includes('bank') || type.includes('debit');
  const name = brandNames[brand ?? ''] ?? (isBank ? 'bank account' : 'card');
  return last4 === null ? name : `${name} ending in ${last4}`;
}
