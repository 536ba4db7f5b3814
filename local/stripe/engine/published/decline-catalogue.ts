/** What Stripe advises after a decline: docs.stripe.com/declines/card. */
export type AdviceCode = 'confirm_card_data' | 'do_not_try_again' | 'try_again_later';

/** What is known of one decline code. */
export interface Entry {
  readonly code?: string;
  /** Where the error's `decline_code` says less than the charge's outcome. */
  readonly declineCode?: string;
  readonly message?: string;
  readonly advice: AdviceCode | null;
  /** ISO 8583 response code as Visa and as Mastercard send it. */
  readonly visa: string | null;
  readonly mastercard: string | null;
  readonly merchantAdvice: string | null;
  readonly blocked?: true;
}

/**
 * By decline code. Codes and messages: docs.stripe.com/declines/codes and /error-codes; advice:
 * docs.stripe.com/declines/card; network codes: Visa's and Mastercard's response codes as
 * acquirers publish them (51 insufficient funds, 41 lost, 43 stolen, 54 expired, 14 invalid
 * number, 91 issuer unavailable, 96 malfunction, R0/R1/R3 stop orders, 1A and 65 authentication);
 * Mastercard's advice: 01 new account data, 02 try later, 03 never, 21 order cancelled, 24 wait
 * an hour.
 */
export const catalogue = {
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
  // What Radar blocks is `fraudulent` in the error; only the charge's outcome tells why.
  highest_risk_level: {
    ...entry('do_not_try_again', null, null, null),
    declineCode: 'fraudulent',
    blocked: true,
  },
  // The codes of the same page that an online business seldom sees.
  approve_with_id: entry('try_again_later', '08', '08', '02'),
  card_not_supported: {
    ...entry('do_not_try_again', '57', '57', '03'),
    message: 'Your card is not supported.',
  },
  currency_not_supported: {
    ...entry('do_not_try_again', '57', '57', '03'),
    message: 'Your card does not support this currency.',
  },
  duplicate_transaction: entry(null, '94', '94', null),
  incorrect_pin: entry(null, '55', '55', null),
  incorrect_zip: {
    ...entry('confirm_card_data', '05', '05', '01'),
    code: 'incorrect_zip',
    message: "Your card's zip code failed validation.",
  },
  invalid_amount: {
    ...entry(null, '13', '13', null),
    code: 'invalid_charge_amount',
    message: 'Your card was declined because the amount is invalid.',
  },
  invalid_cvc: {
    ...entry('confirm_card_data', 'N7', '63', '01'),
    code: 'invalid_cvc',
    message: "Your card's security code is invalid.",
  },
  invalid_expiry_month: {
    ...entry('confirm_card_data', '54', '54', '01'),
    code: 'invalid_expiry_month',
    message: "Your card's expiration month is invalid.",
  },
  invalid_expiry_year: {
    ...entry('confirm_card_data', '54', '54', '01'),
    code: 'invalid_expiry_year',
    message: "Your card's expiration year is invalid.",
  },
  invalid_number: {
    ...entry('confirm_card_data', '14', '14', '01'),
    code: 'invalid_number',
    message: 'Your card number is not a valid credit card number.',
  },
  invalid_pin: entry(null, '55', '55', null),
  merchant_blacklist: { ...entry('do_not_try_again', null, null, null), blocked: true },
  new_account_information_available: entry('confirm_card_data', '05', '05', '01'),
  no_action_taken: entry('try_again_later', '21', '05', '02'),
  not_permitted: entry('do_not_try_again', '57', '57', '03'),
  offline_pin_required: entry(null, '65', '65', null),
  online_or_offline_pin_required: entry(null, '65', '65', null),
  pin_try_exceeded: entry(null, '75', '75', null),
  reenter_transaction: entry('try_again_later', '19', '05', '24'),
  security_violation: entry('try_again_later', '63', '63', '02'),
  service_not_allowed: entry('try_again_later', '58', '58', '02'),
  testmode_decline: entry(null, null, null, null),
  authentication_required: {
    ...entry(null, '1A', '65', null),
    code: 'authentication_required',
    message: 'Your card was declined. This transaction requires authentication.',
  },
} as const satisfies Readonly<Record<string, Entry>>;

function entry(
  advice: AdviceCode | null,
  visa: string | null,
  mastercard: string | null,
  merchantAdvice: string | null,
): Entry {
  return { advice, visa, mastercard, merchantAdvice };
}
