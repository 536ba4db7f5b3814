/** What the bank, the network or Stripe says to one charge attempt that it refuses. */
export interface Decline {
  /** Stripe's error code: `card_declined`, or one of its own such as `expired_card`. */
  readonly code: string;
  readonly declineCode: string;
  readonly message: string;
  readonly adviceCode: 'confirm_card_data' | 'do_not_try_again' | 'try_again_later' | null;
  /** The network's own code; null where the charge never reached the network. */
  readonly networkDeclineCode: string | null;
  /** Mastercard's merchant advice code; other networks give none. */
  readonly networkAdviceCode: string | null;
  /** Refused by Stripe's Radar before the bank was asked. */
  readonly blocked: boolean;
}

interface Entry {
  readonly code?: string;
  readonly message?: string;
  readonly advice: Decline['adviceCode'];
  /** ISO 8583 response code as Visa and as Mastercard send it. */
  readonly visa: string | null;
  readonly mastercard: string | null;
  readonly merchantAdvice: string | null;
  readonly blocked?: true;
}

const declined = 'Your card was declined.';

/**
 * By decline code. Codes and messages: docs.stripe.com/declines/codes and /error-codes; advice:
 * docs.stripe.com/declines/card; network codes: Visa's and Mastercard's response codes as
 * acquirers publish them (51 insufficient funds, 41 lost, 43 stolen, 54 expired, 14 invalid
 * number, 91 issuer unavailable, 96 malfunction, R0/R1/R3 stop orders, 1A and 65 authentication);
 * Mastercard's advice: 01 new account data, 02 try later, 03 never, 21 order cancelled, 24 wait
 * an hour.
 */
const catalogue = {
  generic_decline: entry('try_again_later', '05', '05', '02'),
  do_not_honor: entry('try_again_later', '05', '05', '02'),
  call_issuer: entry('try_again_later', '01', '01', null),
  try_again_later: entry('try_again_later', '19', '05', '24'),
  insufficient_funds: {
    ...entry('try_again_later', '51', '51', '24'),
    message: 'Your card has insufficient funds.',
  },
  card_velocity_exceeded: {
    ...entry('try_again_later', '61', '61', '24'),
    message: 'Your card was declined for making repeated attempts too frequently.',
  },
  withdrawal_count_limit_exceeded: {
    ...entry('try_again_later', '65', '65', '24'),
    message: 'You have exceeded the balance or credit limit available on your card.',
  },
  issuer_not_available: entry('try_again_later', '91', '91', '24'),
  processing_error: {
    ...entry('try_again_later', '96', '96', '24'),
    code: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  },
  expired_card: {
    ...entry('confirm_card_data', '54', '54', '01'),
    code: 'expired_card',
    message: 'Your card has expired.',
  },
  incorrect_cvc: {
    ...entry('confirm_card_data', 'N7', '63', '01'),
    code: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
  },
  incorrect_number: {
    ...entry('confirm_card_data', '14', '14', '01'),
    code: 'incorrect_number',
    message: 'Your card number is incorrect.',
  },
  invalid_account: entry('do_not_try_again', '46', '46', '03'),
  lost_card: entry('do_not_try_again', '41', '41', '03'),
  stolen_card: entry('do_not_try_again', '43', '43', '03'),
  pickup_card: entry('do_not_try_again', '04', '04', '03'),
  restricted_card: entry('do_not_try_again', '62', '62', '03'),
  fraudulent: entry('do_not_try_again', '59', '59', '03'),
  do_not_try_again: entry('do_not_try_again', '05', '05', '03'),
  transaction_not_allowed: {
    ...entry('do_not_try_again', '57', '57', '03'),
    message: 'Your card does not support this type of purchase.',
  },
  stop_payment_order: entry('do_not_try_again', 'R0', '05', '21'),
  revocation_of_authorization: entry('do_not_try_again', 'R1', '05', '21'),
  revocation_of_all_authorizations: entry('do_not_try_again', 'R3', '05', '21'),
  highest_risk_level: { ...entry('do_not_try_again', null, null, null), blocked: true },
  authentication_required: {
    ...entry(null, '1A', '65', null),
    code: 'authentication_required',
    message: 'Your card was declined. This transaction requires authentication.',
  },
} as const satisfies Readonly<Record<string, Entry>>;

export type DeclineCode = keyof typeof catalogue;
/** What one charge attempt comes to. */
export type CardOutcome = 'succeeded' | DeclineCode;

function entry(
  advice: Decline['adviceCode'],
  visa: string | null,
  mastercard: string | null,
  merchantAdvice: string | null,
): Entry {
  return { advice, visa, mastercard, merchantAdvice };
}

const declineCodes: readonly string[] = Object.keys(catalogue);

/** The outcomes that a card can be told to answer with. */
export const cardOutcomes: readonly string[] = ['succeeded', ...declineCodes];

export function isCardOutcome(word: string): word is CardOutcome {
  return cardOutcomes.includes(word);
}

/** The refusal of this kind as a card of this brand gets it. */
export function declineOf(declineCode: DeclineCode, brand: string): Decline {
  const found: Entry = catalogue[declineCode];
  const isMastercard = brand === 'mastercard';
  return {
    code: found.code ?? 'card_declined',
    declineCode,
    message: found.message ?? declined,
    adviceCode: found.advice,
    networkDeclineCode: isMastercard ? found.mastercard : found.visa,
    networkAdviceCode: isMastercard ? found.merchantAdvice : null,
    blocked: found.blocked ?? false,
  };
}

/**
 * Decline codes after which Stripe plans retries but carries none out until there is another
 * payment method (docs.stripe.com/billing/revenue-recovery/smart-retries, hard decline codes).
 */
const neverRetried: ReadonlySet<string> = new Set<DeclineCode>([
  'incorrect_number',
  'lost_card',
  'pickup_card',
  'stolen_card',
  'revocation_of_authorization',
  'revocation_of_all_authorizations',
  'authentication_required',
  'highest_risk_level',
  'transaction_not_allowed',
]);

export function isNeverRetried(declineCode: string): boolean {
  return neverRetried.has(declineCode);
}
