/** The codes with which Stripe explains a refused charge; any of them may be missing. */
export interface DeclineCodes {
  /** docs.stripe.com/error-codes */
  readonly code: string | null;
  /** docs.stripe.com/declines/codes */
  readonly declineCode: string | null;
  /** `confirm_card_data`, `do_not_try_again` or `try_again_later`: the issuer's advice. */
  readonly adviceCode: string | null;
  /** Mastercard's merchant advice code, two digits. */
  readonly networkAdviceCode: string | null;
  /** The network's own code, e.g. Visa's `51`. */
  readonly networkDeclineCode: string | null;
}

/**
 * What a refusal means for the next step.
 *
 * | kind | meaning |
 * |---|---|
 * | `generic` | the bank gave no usable reason; another try may work |
 * | `transient` | something on the way failed; another try soon may work |
 * | `insufficient_funds` | money may come; trying at once is a wasted try |
 * | `invalid_data` | expiry, number or CVC are wrong; works only after they were corrected |
 * | `authentication` | the customer must act (3-D Secure) |
 * | `risk` | Stripe or the issuer suspects fraud; never again automatically for this invoice |
 * | `not_allowed` | this card cannot pay this kind of charge |
 * | `card_dead` | lost, stolen, closed, revoked: never again with this card |
 * | `unusable` | Stripe cannot use the method at all; no bank was asked |
 */
export type DeclineKind =
  | 'generic'
  | 'transient'
  | 'insufficient_funds'
  | 'invalid_data'
  | 'authentication'
  | 'risk'
  | 'not_allowed'
  | 'card_dead'
  | 'unusable';

/** How far a refusal reaches: this pass only, this invoice, until data change, or the card itself. */
export type BlockScope = 'none' | 'invoice' | 'data' | 'card';

const byKind: Record<DeclineKind, { blocks: BlockScope; sameMethodAtOnce: boolean }> = {
  generic: { blocks: 'none', sameMethodAtOnce: true },
  transient: { blocks: 'none', sameMethodAtOnce: true },
  insufficient_funds: { blocks: 'none', sameMethodAtOnce: false },
  invalid_data: { blocks: 'data', sameMethodAtOnce: false },
  authentication: { blocks: 'invoice', sameMethodAtOnce: false },
  risk: { blocks: 'invoice', sameMethodAtOnce: false },
  not_allowed: { blocks: 'invoice', sameMethodAtOnce: false },
  card_dead: { blocks: 'card', sameMethodAtOnce: false },
  unusable: { blocks: 'none', sameMethodAtOnce: false },
};

/** What a refusal of this kind blocks. */
export const blockScope = (kind: DeclineKind): BlockScope => byKind[kind].blocks;

/** Whether the same method may be tried once more in the pass that follows the refusal. */
export const mayTryAgainAtOnce = (kind: DeclineKind): boolean => byKind[kind].sameMethodAtOnce;

/**
 * Stripe's published decline codes (docs.stripe.com/declines/codes) and the error codes that
 * arrive in their place (docs.stripe.com/error-codes). `expired_card` is not dead: the
 * network's updater can repair it.
 */
const byDeclineCode: Readonly<Record<string, DeclineKind>> = {
  approve_with_id: 'generic',
  authentication_not_handled: 'authentication',
  authentication_required: 'authentication',
  call_issuer: 'generic',
  card_declined: 'generic',
  card_not_supported: 'not_allowed',
  card_velocity_exceeded: 'insufficient_funds',
  currency_not_supported: 'not_allowed',
  do_not_honor: 'generic',
  do_not_try_again: 'not_allowed',
  duplicate_transaction: 'generic',
  expired_card: 'invalid_data',
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
  invalid_cvc: 'invalid_data',
  invalid_expiry_month: 'invalid_data',
  invalid_expiry_year: 'invalid_data',
  invalid_number: 'invalid_data',
  invalid_pin: 'not_allowed',
  issuer_not_available: 'transient',
  lost_card: 'card_dead',
  merchant_blacklist: 'risk',
  mobile_device_authentication_required: 'authentication',
  new_account_information_available: 'invalid_data',
  no_action_taken: 'generic',
  not_permitted: 'not_allowed',
  offline_pin_required: 'not_allowed',
  online_or_offline_pin_required: 'not_allowed',
  pickup_card: 'card_dead',
  pin_try_exceeded: 'not_allowed',
  processing_error: 'transient',
  reenter_transaction: 'transient',
  restricted_card: 'card_dead',
  revocation_of_all_authorizations: 'card_dead',
  revocation_of_authorization: 'card_dead',
  security_violation: 'generic',
  service_not_allowed: 'generic',
  stolen_card: 'card_dead',
  stop_payment_order: 'card_dead',
  testmode_decline: 'generic',
  transaction_not_allowed: 'not_allowed',
  try_again_later: 'transient',
  withdrawal_count_limit_exceeded: 'insufficient_funds',
  // Error codes of a refusal that is the customer's to solve, under either class of error.
  invoice_payment_intent_requires_action: 'authentication',
  payment_intent_authentication_failure: 'authentication',
  subscription_payment_intent_requires_action: 'authentication',
};

/** Visa's category 1, "issuer will never approve" (Visa Rules, 5.9.2; one code a card). */
const visaNeverAgain = new Set('04 07 12 14 15 41 43 46 57 R0 R1 R3'.split(' '));
/** Mastercard's merchant advice codes "do not try again" and "recurring payment cancelled". */
const mastercardNeverAgain = new Set(['03', '21']);

/**
 * What kind of refusal this is. The network's word "never" outranks Stripe's decline code,
 * which outranks the issuer's advice. A code that nobody published is a `generic` decline.
 * @param brand The card's brand as Stripe names it, `null` where there is none.
 */
export function classifyDecline(codes: DeclineCodes, brand: string | null): DeclineKind {
  if (isNetworkNever(codes, brand)) return 'card_dead';
  const named = kindOfCode(codes.declineCode) ?? kindOfCode(codes.code);
  const kind = named ?? 'generic';
  if (kind !== 'generic' && kind !== 'transient') return kind;
  if (codes.adviceCode === 'do_not_try_again') return 'not_allowed';
  if (codes.adviceCode === 'confirm_card_data') return 'invalid_data';
  return kind;
}

/** By own properties only: a code that is named like one of every object's is unknown too. */
const kindOfCode = (code: string | null): DeclineKind | undefined =>
  code !== null && Object.hasOwn(byDeclineCode, code) ? byDeclineCode[code] : undefined;

function isNetworkNever(codes: DeclineCodes, brand: string | null): boolean {
  if (brand === 'visa') return visaNeverAgain.has(codes.networkDeclineCode ?? '');
  if (brand === 'mastercard') return mastercardNeverAgain.has(codes.networkAdviceCode ?? '');
  return false;
}

/** True for a decline code that {@link classifyDecline} had to guess; such codes are counted. */
export function isUnknownDeclineCode(codes: DeclineCodes): boolean {
  return codes.declineCode !== null && kindOfCode(codes.declineCode) === undefined;
}

/**
 * The reason as a customer may read it. `lost_card`, `stolen_card`, `pickup_card`,
 * `fraudulent` and `merchant_blacklist` are never shown as such (docs.stripe.com/declines/codes):
 * they become `declined`.
 */
export type SafeReason =
  | 'declined'
  | 'insufficient_funds'
  | 'incorrect_details'
  | 'expired'
  | 'authentication'
  | 'try_again'
  | 'not_supported'
  | 'unusable';

/** The plain reason of a refusal for the customer's eyes. */
export function safeReason(kind: DeclineKind, codes: DeclineCodes | null): SafeReason {
  switch (kind) {
    case 'generic':
    case 'risk':
    case 'card_dead':
      return 'declined';
    case 'transient':
      return 'try_again';
    case 'insufficient_funds':
      return 'insufficient_funds';
    case 'invalid_data':
      return codes?.declineCode === 'expired_card' || codes?.code === 'expired_card'
        ? 'expired'
        : 'incorrect_details';
    case 'authentication':
      return 'authentication';
    case 'not_allowed':
      return 'not_supported';
    case 'unusable':
      return 'unusable';
  }
}
