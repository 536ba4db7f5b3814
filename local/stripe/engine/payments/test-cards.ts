import type { CardOutcome, DeclineCode } from './declines.ts';

/** A card of Stripe's testing page (docs.stripe.com/testing). */
export interface TestCard {
  readonly brand: string;
  readonly number: string;
  readonly funding: 'credit' | 'debit' | 'prepaid';
  /** What its charges come to, until a script says otherwise. */
  readonly charges: CardOutcome;
  /** The decline with which it refuses to be attached to a customer. */
  readonly attachDecline?: DeclineCode;
}

const accepted = (
  brand: string,
  number: string,
  funding: TestCard['funding'] = 'credit',
): TestCard => ({ brand, number, funding, charges: 'succeeded' });

const refused = (number: string, decline: DeclineCode): TestCard => ({
  brand: 'visa',
  number,
  funding: 'credit',
  charges: decline,
  attachDecline: decline,
});

const cards = new Map<string, TestCard>([
  ['visa', accepted('visa', '4242424242424242')],
  ['visa_debit', accepted('visa', '4000056655665556', 'debit')],
  ['mastercard', accepted('mastercard', '5555555555554444')],
  ['mastercard_debit', accepted('mastercard', '5200828282828210', 'debit')],
  ['mastercard_prepaid', accepted('mastercard', '5105105105105100', 'prepaid')],
  ['amex', accepted('amex', '378282246310005')],
  ['discover', accepted('discover', '6011111111111117')],
  ['diners', accepted('diners', '3056930009020004')],
  ['jcb', accepted('jcb', '3566002020360505')],
  ['unionpay', accepted('unionpay', '6200000000000005')],
  [
    'chargeCustomerFail',
    {
      brand: 'visa',
      number: '4000000000000341',
      funding: 'credit',
      charges: 'generic_decline',
    },
  ],
  [
    'authenticationRequired',
    {
      brand: 'visa',
      number: '4000002760003184',
      funding: 'credit',
      charges: 'authentication_required',
    },
  ],
  ['visa_chargeDeclined', refused('4000000000000002', 'generic_decline')],
  ['visa_chargeDeclinedInsufficientFunds', refused('4000000000009995', 'insufficient_funds')],
  ['visa_chargeDeclinedLostCard', refused('4000000000009987', 'lost_card')],
  ['visa_chargeDeclinedStolenCard', refused('4000000000009979', 'stolen_card')],
  [
    'visa_chargeDeclinedVelocityLimitExceeded',
    refused('4000000000006975', 'card_velocity_exceeded'),
  ],
  ['chargeDeclinedExpiredCard', refused('4000000000000069', 'expired_card')],
  ['chargeDeclinedIncorrectCvc', refused('4000000000000127', 'incorrect_cvc')],
  ['chargeDeclinedProcessingError', refused('4000000000000119', 'processing_error')],
]);

/** The card behind `pm_card_visa` and its like, if there is one. */
export function testCardOfPaymentMethod(id: string): TestCard | undefined {
  return id.startsWith('pm_card_') ? cards.get(id.slice('pm_card_'.length)) : undefined;
}

/** The card behind `tok_visa` and its like, if there is one. */
export function testCardOfToken(id: string): TestCard | undefined {
  return id.startsWith('tok_') ? cards.get(id.slice('tok_'.length)) : undefined;
}
