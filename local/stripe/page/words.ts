import { capitalise, type TagKind, tag, words } from '../../pages/words.ts';
import { writeAmount } from '../engine/objects/line-words.ts';
import type { ChargedMethod, PaymentMethodRecord } from '../engine/records.ts';

/** Minor units as the currency writes them: JPY has none, KWD has three digits of them. */
export const money = (amount: number, currency: string) => writeAmount(String(amount), currency);

/**
 * The way to a hosted page on this server: an account that was kept may have been on another
 * port when it gave the page its address.
 */
export const pathOf = (address: string | null | undefined) =>
  address ? new URL(address).pathname : '';

/** `09/2030`, as it stands on a card. */
export const expiryOf = (card: { readonly exp_month: number; readonly exp_year: number }) =>
  `${String(card.exp_month).padStart(2, '0')}/${card.exp_year}`;

/** `Visa 4242`: how people call a saved method. */
export function nameOfMethod(method: PaymentMethodRecord | ChargedMethod): string {
  switch (method.type) {
    case 'card':
      return `${capitalise(method.card.brand ?? 'card')} ${method.card.last4 ?? ''}`;
    case 'us_bank_account':
      return `${method.us_bank_account.bank_name ?? 'Bank account'} ${method.us_bank_account.last4 ?? ''}`;
    case 'sepa_debit':
      return `SEPA debit ${method.sepa_debit.last4 ?? ''}`;
  }
}

const statusKinds: Readonly<Record<string, TagKind>> = {
  active: 'good',
  paid: 'good',
  past_due: 'bad',
  unpaid: 'bad',
  uncollectible: 'bad',
  incomplete: 'wait',
  trialing: 'wait',
  paused: 'wait',
  open: 'wait',
  draft: 'wait',
};

export const statusOf = (status: string) => tag(statusKinds[status] ?? 'calm', words(status));
