import { writeAmount } from '../engine/objects/line-words.ts';
import type { ChargedMethod, PaymentMethodRecord } from '../engine/records.ts';
import { html } from '../html.ts';

/** Names as Stripe writes them, for people: `past_due` becomes `past due`. */
export const words = (name: string) => name.replaceAll('_', ' ');
export const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Minor units as the currency writes them: JPY has none, KWD has three digits of them. */
export const money = (amount: number, currency: string) => writeAmount(String(amount), currency);

/** The last second that a date of four digits can say; the API takes later ones too. */
const lastSecond = 253_402_300_799;

/** `2026-11-22 03:33 UTC`. @param seconds epoch seconds, UTC. */
export function timeText(seconds: number): string {
  if (!(seconds <= lastSecond)) return 'after the year 9999';
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** @param seconds epoch seconds, UTC. */
export const timeOf = (seconds: number) => html`<time>${timeText(seconds)}</time>`;

const units: readonly (readonly [name: string, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** A length of time in its two largest units: `2 days 3 hours`. */
export function lengthOf(seconds: number): string {
  const parts: string[] = [];
  let left = Math.round(seconds);
  for (const [name, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return parts.length === 0 ? 'less than a minute' : parts.slice(0, 2).join(' ');
}

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

type TagKind = 'good' | 'bad' | 'wait' | 'calm';

export const tag = (kind: TagKind, text: string) => html`<span class="tag ${kind}">${text}</span>`;

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
