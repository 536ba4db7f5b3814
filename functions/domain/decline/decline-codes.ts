import { dayMs, hourMs } from '../time.ts';
import type { DeclineKind } from './decline.ts';

// What published codes mean for the next step. What the pages say stands, dated, under
// test/unit/domain/published/, and a test compares the two.

/**
 * Stripe's decline codes of cards and of other ways to pay (docs.stripe.com/declines/codes), and
 * Radar's words for what it blocked (docs.stripe.com/declines#blocked-payments). `expired_card`
 * is not dead: the network's updater can repair it.
 */
const declineCodes: Readonly<Record<string, DeclineKind>> = {
  approve_with_id: 'generic',
  authentication_not_handled: 'authentication',
  authentication_required: 'authentication',
  call_issuer: 'generic',
  card_not_supported: 'not_allowed',
  card_velocity_exceeded: 'insufficient_funds',
  compliance_violation: 'not_allowed',
  currency_not_supported: 'not_allowed',
  do_not_honor: 'generic',
  do_not_try_again: 'not_allowed',
  duplicate_transaction: 'generic',
  expired_card: 'invalid_data',
  expired_payment_information: 'invalid_data',
  fraudulent: 'risk',
  generic_decline: 'generic',
  highest_risk_level: 'risk',
  incorrect_address: 'invalid_data',
  incorrect_cvc: 'invalid_data',
  incorrect_number: 'invalid_data',
  incorrect_pin: 'not_allowed',
  incorrect_zip: 'invalid_data',
  insufficient_funds: 'insufficient_funds',
  invalid_account: 'card_dead',
  invalid_amount: 'not_allowed',
  invalid_authorization: 'card_dead',
  invalid_billing_agreement: 'card_dead',
  // The business's own account there: no customer can do anything about it.
  invalid_business_account: 'unusable',
  invalid_customer_account: 'not_allowed',
  invalid_cvc: 'invalid_data',
  invalid_expiry_month: 'invalid_data',
  invalid_expiry_year: 'invalid_data',
  invalid_number: 'invalid_data',
  invalid_payment_information: 'invalid_data',
  invalid_pin: 'not_allowed',
  issuer_not_available: 'transient',
  lost_card: 'card_dead',
  low_probability_of_authorization: 'generic',
  merchant_blacklist: 'risk',
  mobile_device_authentication_required: 'authentication',
  new_account_information_available: 'invalid_data',
  no_action_taken: 'generic',
  not_permitted: 'not_allowed',
  offline_pin_required: 'not_allowed',
  online_or_offline_pin_required: 'not_allowed',
  partner_generic_decline: 'generic',
  partner_high_risk_customer: 'risk',
  partner_payment_not_found: 'generic',
  payment_disputed: 'not_allowed',
  payment_limit_exceeded: 'insufficient_funds',
  pickup_card: 'card_dead',
  pin_try_exceeded: 'not_allowed',
  processing_error: 'transient',
  reenter_transaction: 'transient',
  restricted_card: 'card_dead',
  revocation_of_all_authorizations: 'card_dead',
  revocation_of_authorization: 'card_dead',
  rule: 'risk',
  security_violation: 'generic',
  service_not_allowed: 'generic',
  stolen_card: 'card_dead',
  stop_payment_order: 'card_dead',
  testmode_decline: 'not_allowed',
  transaction_not_allowed: 'not_allowed',
  try_again_later: 'transient',
  withdrawal_count_limit_exceeded: 'insufficient_funds',
};

/**
 * Why a bank debit comes back or is refused (docs.stripe.com/payments/ach-direct-debit and its
 * blocked bank accounts, /payments/sepa-debit, /payments/payment-methods/bacs-debit,
 * /declines/network-codes). An account that is closed, unknown or not to be debited is as dead as
 * a lost card; so is one whose holder took the authorisation back.
 */
const debitCodes: Readonly<Record<string, DeclineKind>> = {
  account_closed: 'card_dead',
  account_number_invalid: 'card_dead',
  authorization_revoked: 'card_dead',
  bank_account_closed: 'card_dead',
  bank_account_declined: 'card_dead',
  bank_account_frozen: 'card_dead',
  bank_account_invalid_details: 'card_dead',
  bank_account_restricted: 'card_dead',
  bank_account_unusable: 'card_dead',
  bank_account_unverified: 'not_allowed',
  bank_ownership_changed: 'card_dead',
  branch_does_not_exist: 'card_dead',
  charge_exceeds_source_limit: 'transient',
  charge_exceeds_transaction_limit: 'not_allowed',
  charge_exceeds_weekly_limit: 'transient',
  debit_authorization_not_match: 'card_dead',
  debit_disputed: 'card_dead',
  debit_not_authorized: 'card_dead',
  generic_could_not_process: 'transient',
  incorrect_account_holder_name: 'card_dead',
  invalid_account_number: 'card_dead',
  invalid_currency: 'not_allowed',
  no_account: 'card_dead',
  payment_method_bank_account_blocked: 'card_dead',
  recipient_deceased: 'card_dead',
  refer_to_customer: 'not_allowed',
  routing_number_invalid: 'card_dead',
  tokenized_account_number_deactivated: 'card_dead',
};

/** Error codes of a refusal that say what no decline code says (docs.stripe.com/error-codes). */
const errorCodes: Readonly<Record<string, DeclineKind>> = {
  amount_too_large: 'not_allowed',
  amount_too_small: 'not_allowed',
  billing_invalid_mandate: 'not_allowed',
  card_decline_rate_limit_exceeded: 'generic',
  card_declined: 'generic',
  invalid_charge_amount: 'not_allowed',
  invoice_payment_intent_requires_action: 'authentication',
  payment_intent_action_required: 'authentication',
  payment_intent_authentication_failure: 'authentication',
  payment_intent_mandate_invalid: 'not_allowed',
  payment_intent_payment_attempt_expired: 'generic',
  payment_intent_payment_attempt_failed: 'generic',
  payment_method_currency_mismatch: 'not_allowed',
  payment_method_customer_decline: 'not_allowed',
  payment_method_not_available: 'transient',
  payment_method_provider_decline: 'generic',
  payment_method_provider_timeout: 'transient',
  postal_code_invalid: 'invalid_data',
  subscription_payment_intent_requires_action: 'authentication',
};

const byCode = { ...errorCodes, ...debitCodes, ...declineCodes };

/**
 * Nacha's return codes and ISO 20022's reasons, as Stripe maps them
 * (docs.stripe.com/declines/network-codes), for a debit whose own code says little.
 */
const byReturnCode: Readonly<Record<string, DeclineKind>> = {
  ...allAre('insufficient_funds', 'R01 R09 AM04'),
  // Closed, not found, frozen, no account of this sort, its bank gone, its holder dead.
  ...allAre('card_dead', 'R02 R03 R04 R12 R13 R14 R15 R16 R20 R28 R34 AC01 AC04 AC06 MD07 RC01'),
  // Not authorised, revoked, stopped, asked back.
  ...allAre('card_dead', 'R05 R07 R08 R10 R11 R29 R31 R37 R38 R39 R51 R52 MD01 MD02 MD06 BE05'),
  ...allAre('not_allowed', 'MS02 MS03'),
};

/**
 * Visa's category 3, "data quality": to be tried again only after the data were looked at
 * (Visa Rules 5.9.2). Its 14 is in category 1 as well, which is the stricter one.
 */
const visaData: Readonly<Record<string, DeclineKind>> = {
  '1A': 'authentication',
  '54': 'invalid_data',
  '55': 'not_allowed',
  '6P': 'invalid_data',
  '70': 'not_allowed',
  '82': 'invalid_data',
  N7: 'invalid_data',
};

/** Mastercard's merchant advice "new account information available". */
const mastercardNewData: Readonly<Record<string, DeclineKind>> = { '01': 'invalid_data' };

/** Visa's category 1, "issuer will never approve" (Visa Rules, 5.9.2; one code a card). */
const visaNeverAgain = new Set('04 07 12 14 15 41 43 46 57 R0 R1 R3'.split(' '));
/** Mastercard's merchant advice codes "do not try again" and "recurring payment cancelled". */
const mastercardNeverAgain = new Set(['03', '21']);

/** Mastercard's merchant advice codes that say how long to wait. */
const mastercardWaitMs: Readonly<Record<string, number>> = {
  '24': hourMs,
  '25': dayMs,
  '26': 2 * dayMs,
  '27': 4 * dayMs,
  '28': 6 * dayMs,
  '29': 8 * dayMs,
  '30': 10 * dayMs,
};

/** The two codes of a network that a refused charge may carry. */
export interface NetworkCodes {
  /** Mastercard's merchant advice code, two digits. */
  readonly networkAdviceCode: string | null;
  /** The network's own code, e.g. Visa's `51` or Nacha's `R01`. */
  readonly networkDeclineCode: string | null;
}

/** The kind of one of Stripe's codes; `undefined` for a code that no page has. */
export const kindOfCode = (code: string | null): DeclineKind | undefined => lookUp(byCode, code);

/** What the network's own code says more than a decline that says little. */
export function kindOfNetworkCode(
  { networkAdviceCode, networkDeclineCode }: NetworkCodes,
  brand: string | null,
): DeclineKind | undefined {
  if (brand === 'visa') return lookUp(visaData, networkDeclineCode);
  if (brand === 'mastercard') return lookUp(mastercardNewData, networkAdviceCode);
  return brand === null ? lookUp(byReturnCode, networkDeclineCode) : undefined;
}

/** Whether the network forbids to try the card ever again. */
export function isNetworkNever(codes: NetworkCodes, brand: string | null): boolean {
  if (brand === 'visa') return visaNeverAgain.has(codes.networkDeclineCode ?? '');
  if (brand === 'mastercard') return mastercardNeverAgain.has(codes.networkAdviceCode ?? '');
  return false;
}

/** How long the network asks to wait with the card, in milliseconds; `null` where it does not. */
export function networkWaitOf(codes: NetworkCodes, brand: string | null): number | null {
  if (brand !== 'mastercard') return null;
  return lookUp(mastercardWaitMs, codes.networkAdviceCode) ?? null;
}

/** By own properties only: a code that is named like one of every object's is unknown too. */
const lookUp = <Value>(
  table: Readonly<Record<string, Value>>,
  code: string | null,
): Value | undefined => (code !== null && Object.hasOwn(table, code) ? table[code] : undefined);

function allAre(kind: DeclineKind, codes: string): Readonly<Record<string, DeclineKind>> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, kind]));
}
