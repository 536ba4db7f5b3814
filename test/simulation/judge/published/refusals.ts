import type { ChargeRecord } from '../../../../local/stripe/engine/records.ts';

/**
 * How far a refusal reaches, in the three kinds of blocks of the design: the card is dead; the
 * data must be corrected; no more automatic tries of this invoice. `none` blocks nothing.
 */
export type Reach = 'card' | 'data' | 'invoice' | 'none';

/** What a bank, a network or Stripe said to one try that it refused. */
export interface Refusal {
  readonly reach: Reach;
  /** As docs/policy.md names it, for what the policy says about it. */
  readonly kind: string;
  /** For how long the network asks to leave the card alone, in milliseconds. */
  readonly waitMs: number;
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
  'card_not_supported',
  'currency_not_supported',
  'do_not_try_again',
  'not_permitted',
  // "A genuine card must be used."
  'testmode_decline',
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
  const isCard = details.type === 'card';
  const reach = isCard ? reachOf(reason, brand, refusal) : reachOfDebit(code ?? '');
  const kind = isCard ? kindOf(reason, reach, refusal) : kindOfDebit(code ?? '');
  const waitMs = brand === 'mastercard' ? (waits[refusal.networkAdviceCode ?? ''] ?? 0) : 0;
  return { ...refusal, reach, kind, waitMs, words: reason };
}

/**
 * Failure codes of bank debits after which the account or its mandate is gone
 * (docs.stripe.com/payments/ach-direct-debit, /sepa-debit): nothing can be debited any more.
 */
const endedAccounts: ReadonlySet<string> = new Set([
  'account_closed',
  'account_number_invalid',
  'bank_account_restricted',
  'debit_not_authorized',
  'no_account',
]);

/** The bank sends us to the customer, or the account cannot pay this at all. */
const debitsOfInvoice: ReadonlySet<string> = new Set(['invalid_currency', 'refer_to_customer']);

/** Stripe's own limits for one account, which pass by. */
const debitLimits: ReadonlySet<string> = new Set([
  'charge_exceeds_source_limit',
  'charge_exceeds_weekly_limit',
]);

function reachOfDebit(code: string): Reach {
  if (endedAccounts.has(code)) return 'card';
  return debitsOfInvoice.has(code) ? 'invoice' : 'none';
}

function kindOfDebit(code: string): string {
  if (endedAccounts.has(code)) return 'card_dead';
  if (debitsOfInvoice.has(code)) return 'not_allowed';
  if (code === 'insufficient_funds') return code;
  return debitLimits.has(code) ? 'transient' : 'generic';
}

const hourMs = 3_600_000;
/** Mastercard's merchant advice codes that ask to wait, says Transaction Processing Excellence. */
const waits: Readonly<Record<string, number>> = {
  24: hourMs,
  25: 24 * hourMs,
  26: 2 * 24 * hourMs,
  27: 4 * 24 * hourMs,
  28: 6 * 24 * hourMs,
  29: 8 * 24 * hourMs,
  30: 10 * 24 * hourMs,
};

const fundsCodes: ReadonlySet<string> = new Set([
  'insufficient_funds',
  'card_velocity_exceeded',
  'withdrawal_count_limit_exceeded',
]);
const transientCodes: ReadonlySet<string> = new Set([
  'issuer_not_available',
  'processing_error',
  'reenter_transaction',
  'try_again_later',
]);
const riskCodes: ReadonlySet<string> = new Set([
  'fraudulent',
  'highest_risk_level',
  'merchant_blacklist',
]);

function kindOf(reason: string, reach: Reach, codes: Codes): string {
  const isIn = (published: ReadonlySet<string>) =>
    published.has(reason) || published.has(codes.code ?? '');
  if (reach === 'card') return 'card_dead';
  if (reach === 'data') return 'invalid_data';
  if (isIn(new Set(['authentication_required']))) return 'authentication';
  if (isIn(riskCodes)) return 'risk';
  if (reach === 'invoice') return 'not_allowed';
  if (isIn(fundsCodes)) return 'insufficient_funds';
  return isIn(transientCodes) ? 'transient' : 'generic';
}

type Codes = Omit<Refusal, 'reach' | 'words' | 'kind' | 'waitMs'>;

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
