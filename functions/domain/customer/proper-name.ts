/** Stripe's names of brands and wallets as their owners write them. */
const properNames: ReadonlyMap<string, string> = new Map([
  ['amex', 'American Express'],
  ['apple_pay', 'Apple Pay'],
  ['cartes_bancaires', 'Cartes Bancaires'],
  ['diners', 'Diners Club'],
  ['discover', 'Discover'],
  ['eftpos_au', 'eftpos'],
  ['google_pay', 'Google Pay'],
  ['jcb', 'JCB'],
  ['link', 'Link'],
  ['mastercard', 'Mastercard'],
  ['paypal', 'PayPal'],
  ['samsung_pay', 'Samsung Pay'],
  ['unionpay', 'UnionPay'],
  ['visa', 'Visa'],
]);

/** The name of a brand or wallet; `null` where it has none that people know. */
export const properName = (code: string | null): string | null =>
  properNames.get(code ?? '') ?? null;
