import type { ChargedMethod, PaymentMethodRecord } from './engine/records.ts';

/** A saved method in words: "Visa ending in 4242, expires 12/2030". */
export function methodWords(method: PaymentMethodRecord): string {
  if (method.type !== 'card') return bankWords(bankOf(method));
  const { brand, last4, exp_month, exp_year } = method.card;
  return `${capitalise(brand)} ending in ${last4}, expires ${String(exp_month).padStart(2, '0')}/${exp_year}`;
}

/** The method of a charge in words, without its expiry. */
export function chargedWords(method: ChargedMethod): string {
  if (method.type !== 'card') return bankWords(bankOf(method));
  return `${capitalise(method.card.brand ?? 'card')} ending in ${method.card.last4 ?? ''}`;
}

type Bank = { readonly name: string; readonly last4: string | null };

function bankOf(method: Exclude<PaymentMethodRecord | ChargedMethod, { type: 'card' }>): Bank {
  return method.type === 'us_bank_account'
    ? { name: method.us_bank_account.bank_name ?? 'Bank', last4: method.us_bank_account.last4 }
    : { name: 'SEPA bank', last4: method.sepa_debit.last4 };
}

const bankWords = ({ name, last4 }: Bank) => `${name} account ending in ${last4 ?? ''}`;
const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
