import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import { amountWords } from './refund-charge.ts';

/**
 * The least amounts that Stripe charges, in minor units, by settlement currency
 * (docs.stripe.com/currencies, minimum and maximum charge amounts).
 */
const minimums: Readonly<Record<string, number>> = {
  aed: 200,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  usd: 50,
};

const largest = 99_999_999;

/** @throws Refusal for an amount that Stripe does not charge in this currency. */
export function refuseAmount(amount: number, currency: string): void {
  if (amount < 1) {
    throw invalidParameter(
      'The amount must be greater than or equal to the minimum charge amount allowed for your ' +
        'account and the currency set ' +
        '(https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). If you want to ' +
        'save a Payment Method for future use without an immediate payment, use a Setup Intent ' +
        'instead: https://docs.stripe.com/payments/setup-intents',
      'amount',
      'parameter_invalid_integer',
    );
  }
  if (!/^[A-Za-z]{3}$/.test(currency)) {
    throw invalidParameter(`Invalid currency: ${currency}.`, 'currency');
  }
  const least = minimums[currency.toLowerCase()] ?? 1;
  if (amount < least) {
    const words = amountWords(least, currency.toUpperCase());
    throw invalidRequest(`Amount must be at least ${words} ${currency.toLowerCase()}`, {
      code: 'amount_too_small',
      param: 'amount',
    });
  }
  if (amount > largest) {
    const words = amountWords(largest, currency.toUpperCase());
    throw invalidRequest(`Amount must be no more than ${words} ${currency.toLowerCase()}`, {
      code: 'amount_too_large',
      param: 'amount',
    });
  }
}
