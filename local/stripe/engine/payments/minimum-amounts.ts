import { writeAmount } from '../objects/line-words.ts';
import { invalidParameter, invalidRequest } from '../protocol/answer.ts';

/**
 * The least amounts that Stripe charges, in minor units, by settlement currency
 * (docs.stripe.com/currencies, minimum and maximum charge amounts).
 */
const minimums: Readonly<Record<string, number>> = {
  aed: 200,
  bgn: 100,
  czk: 1500,
  dkk: 250,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  mxn: 1000,
  myr: 200,
  nok: 300,
  pln: 200,
  ron: 200,
  sek: 300,
  thb: 1000,
};

/**
 * The least that is charged in a currency, in minor units. What is not listed is 50, or the value
 * of half a US dollar, which here is taken as 50 too.
 */
export function leastCharge(currency: string): number {
  return minimums[currency] ?? 50;
}

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
  const least = leastCharge(currency.toLowerCase());
  if (amount < least) {
    const words = writeAmount(String(least), currency);
    throw invalidRequest(`Amount must be at least ${words} ${currency.toLowerCase()}`, {
      code: 'amount_too_small',
      param: 'amount',
    });
  }
  if (amount > largest) {
    const words = writeAmount(String(largest), currency);
    throw invalidRequest(`Amount must be no more than ${words} ${currency.toLowerCase()}`, {
      code: 'amount_too_large',
      param: 'amount',
    });
  }
}
