import type { MethodView } from '../api/api-types.ts';
import type { Words } from './words.ts';

type Named = Pick<MethodView, 'type' | 'brand' | 'last4'>;

/** Stripe's names of brands and wallets as their owners write them. */
const properNames: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
  cartes_bancaires: 'Cartes Bancaires',
  eftpos_au: 'eftpos',
  apple_pay: 'Apple Pay',
  google_pay: 'Google Pay',
  samsung_pay: 'Samsung Pay',
  link: 'Link',
  paypal: 'PayPal',
};

/** Stripe's bank debits: money from an account, under a mandate. */
export const isBankAccount = (type: string): boolean =>
  type.endsWith('_debit') || type.includes('bank_account');

/** The name of a brand or wallet; `null` where it has none that people know. */
export const properName = (code: string | null): string | null =>
  code === null ? null : (properNames[code] ?? null);

/** What a method is called in sentences, such as `Visa ending in 4242`. */
export function sayMethod({ text }: Words, { type, brand, last4 }: Named): string {
  if (isBankAccount(type)) {
    return last4 === null ? text.methods.plainBank : text.methods.bank({ last4 });
  }
  if (type === 'card') {
    const name = properName(brand) ?? text.methods.plainCard;
    return last4 === null ? name : text.methods.card({ brand: name, last4 });
  }
  return properName(type) ?? text.methods.plainOther;
}

/** How well a method is, in one sentence. */
export function sayHealth(words: Words, method: MethodView): string {
  const { text, format } = words;
  const { health, refused, expMonth, expYear } = method;
  if (health === 'brand_changed') return sayBrandChanged(words, method);
  if (health === 'usable') return text.methods.usable;
  if (health === 'expired' && expMonth !== null && expYear !== null) {
    return text.methods.expired({ month: format.monthOfYear(expMonth, expYear) });
  }
  if (refused === null) return text.methods.refusedPlain;
  const { reason, at } = refused;
  return text.methods.refused({ why: text.reason[reason], when: format.day(at) });
}

/** What can be done about a refusal; `null` where the method was not refused. */
export const sayRemedy = ({ text }: Words, { health, refused }: MethodView): string | null =>
  health === 'refused' && refused !== null ? text.remedy[refused.reason] : null;

function sayBrandChanged({ text }: Words, { role, brand, brandBefore }: MethodView): string {
  const nameOf = (code: string | null) => properName(code) ?? text.methods.plainCard;
  return text.brandChanged[role ?? 'spare']({ before: nameOf(brandBefore), now: nameOf(brand) });
}
