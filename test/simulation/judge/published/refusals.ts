import type { ChargeRecord } from '../../../../local/stripe/engine/records.ts';

/**
 * How far a refusal reaches, in the three kinds of blocks of the design: the card is dead; the
 * data must be corrected; no more automatic tries of this invoice. `none` blocks nothing.
 */
export type Reach = 'card' | 'data' | 'invoice' | 'none';

/** What a bank, a network or Stripe said to one try that it refused. */
export interface Refusal {
  readonly reach: Reach;
  readonly code: string | null;
  readonly adviceCode: string | null;
  readonly networkAdviceCode: string | null;
  readonly networkDeclineCode: string | null;
  /** In a few words, for a breach. */
  readonly words: string;
}

/**
 * Lost, stolen, picked up, closed, revoked: docs.stripe.com/declines/codes. The card itself, or
 * the account behind it, is no good any more.
 */
const deadCodes: ReadonlySet<string> = new Set([
  'lost_card',
  'stolen_card',
  'pickup_card',
  'invalid_account',
  // "It's possible it was reported lost or stolen."
  'restricted_card',
  // The three stop orders of the networks: R0, R1, R3.
  'stop_payment_order',
  'revocation_of_authorization',
  'revocation_of_all_authorizations',
]);

/** Visa Rules 5.9.2, category 1: the issuer will never approve. */
const visaNever: ReadonlySet<string> = new Set('04 07 12 14 15 41 43 46 57 R0 R1 R3'.split(' '));
/** Mastercard's merchant advice codes 03 (do not try again) and 21 (payment cancelled). */
const mastercardNever: ReadonlySet<string> = new Set(['03', '21']);

/** Expiry, number or CVC are wrong, says docs.stripe.com/declines/codes. */
const dataCodes: ReadonlySet<string> = new Set([
  'expired_card',
  'incorrect_address',
  'incorrect_cvc',
  'incorrect_number',
  'incorrect_zip',
  'invalid_cvc',
  'invalid_expiry_month',
  'invalid_expiry_year',
  'invalid_number',
]);

/**
 * The rest of Stripe's hard list (docs.stripe.com/billing/revenue-recovery/smart-retries), what
 * Stripe or the issuer suspects of fraud, and what docs.stripe.com/declines/codes says of a kind
 * of payment that this card cannot make: its PIN is asked for, or the amount is refused.
 */
const invoiceCodes: ReadonlySet<string> = new Set([
  'authentication_required',
  'highest_risk_level',
  'transaction_not_allowed',
  'fraudulent',
  'merchant_blacklist',
  'incorrect_pin',
  'invalid_pin',
  'pin_try_exceeded',
  'offline_pin_required',
  'online_or_offline_pin_required',
  'invalid_amount',
]);

/** What the refusal of a failed charge says; null unless it failed. */
export function refusalOf(charge: ChargeRecord): Refusal | null {
  if (charge.status !== 'failed') return null;
  const { outcome, failure_code: code } = charge;
  const { payment_method_details: details } = charge;
  const refusal = {
    code,
    adviceCode: outcome.advice_code ?? null,
    networkAdviceCode: outcome.network_advice_code ?? null,
    networkDeclineCode: outcome.network_decline_code ?? null,
  };
  const reason = outcome.reason ?? code ?? '';
  const brand = details.type === 'card' ? details.card.brand : null;
  const reach = details.type === 'card' ? reachOf(reason, brand, refusal) : 'none';
  return { ...refusal, reach, words: reason };
}

type Codes = Omit<Refusal, 'reach' | 'words'>;

function reachOf(reason: string, brand: string | null, codes: Codes): Reach {
  if (brand === 'visa' && visaNever.has(codes.networkDeclineCode ?? '')) return 'card';
  if (brand === 'mastercard' && mastercardNever.has(codes.networkAdviceCode ?? '')) return 'card';
  if (isIn(deadCodes)) return 'card';
  if (isIn(dataCodes)) return 'data';
  if (isIn(invoiceCodes)) return 'invoice';
  // docs.stripe.com/declines/card. "Do not try again" is about this payment, not every other one.
  if (codes.adviceCode === 'confirm_card_data') return 'data';
  return codes.adviceCode === 'do_not_try_again' ? 'invoice' : 'none';

  function isIn(published: ReadonlySet<string>): boolean {
    return published.has(reason) || published.has(codes.code ?? '');
  }
}
