import type { ChargedMethod, PaymentMethodRecord } from '../engine/records.ts';
import { type Html, html } from '../html.ts';

/** Names as Stripe writes them, for people: `past_due` becomes `past due`. */
export const words = (name: string) => name.replaceAll('_', ' ');
export const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Minor units as the currency writes them: JPY has none, KWD has three digits of them. */
export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

/** @param seconds epoch seconds, UTC. */
export function timeOf(seconds: number): Html {
  const iso = new Date(seconds * 1000).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

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

export type TagKind = 'good' | 'bad' | 'wait' | 'calm';

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
