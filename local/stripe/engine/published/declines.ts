import { type AdviceCode, catalogue, type Entry } from './decline-catalogue.ts';

/** What the bank, the network or Stripe says to one charge attempt that it refuses. */
export interface Decline {
  /** Stripe's error code: `card_declined`, or one of its own such as `expired_card`. */
  readonly code: string;
  readonly declineCode: string;
  /** The `reason` of the charge's outcome: the decline code, or Radar's reason to block it. */
  readonly reason: string;
  readonly message: string;
  readonly adviceCode: AdviceCode | null;
  /** The network's own code; null where the charge never reached the network. */
  readonly networkDeclineCode: string | null;
  /** Mastercard's merchant advice code; other networks give none. */
  readonly networkAdviceCode: string | null;
  /** Refused by Stripe's Radar before the bank was asked. */
  readonly blocked: boolean;
}

const declined = 'Your card was declined.';

export type DeclineCode = keyof typeof catalogue;
/** What one charge attempt comes to. */
export type CardOutcome = 'succeeded' | DeclineCode;

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
    declineCode: found.declineCode ?? declineCode,
    reason: declineCode,
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

/** @param reason the `reason` of a failed charge's outcome */
export function isNeverRetried(reason: string): boolean {
  return neverRetried.has(reason);
}
