import type { CardOutcome, DeclineCode } from './declines.ts';

/**
 * When the bank asks the cardholder (docs.stripe.com/testing, 3D Secure):
 * - `always`: at each set-up and payment, so an off-session payment is declined;
 * - `unless_set_up`: off-session only until the card was set up, on-session always;
 * - `on_session`: as if it were set up already;
 * - `on_request`: only where `request_three_d_secure` asks for it;
 * - `not_enrolled`: never, and a request for it is acknowledged without the cardholder;
 * - `unsupported`: the card knows nothing of 3-D Secure.
 */
export type Authentication =
  | 'always'
  | 'unless_set_up'
  | 'on_session'
  | 'on_request'
  | 'not_enrolled'
  | 'unsupported';

/** What the issuer or the cardholder does after a charge succeeded. */
export type Aftermath =
  | {
      readonly kind: 'dispute';
      readonly caseType: 'chargeback' | 'inquiry';
      readonly reason: 'fraudulent' | 'product_not_received';
    }
  | { readonly kind: 'fraud_warning' };

export type CheckResult = 'pass' | 'fail' | 'unavailable';

/** What a card does by itself, until a script says otherwise. */
export interface CardBehaviour {
  /** What its charges come to, after authentication where that is asked for. */
  readonly charges: CardOutcome;
  /** The decline with which it refuses to be attached to a customer. */
  readonly attachDecline: DeclineCode | null;
  readonly authentication: Authentication;
  readonly cvcCheck: CheckResult;
  readonly line1Check: CheckResult;
  readonly postalCodeCheck: CheckResult;
  readonly risk: 'normal' | 'elevated';
  readonly aftermath: Aftermath | null;
  readonly refunds: 'at_once' | 'pending' | 'fail_later';
}

/** A card that simply pays. */
export const ordinary: CardBehaviour = {
  charges: 'succeeded',
  attachDecline: null,
  authentication: 'not_enrolled',
  cvcCheck: 'pass',
  line1Check: 'pass',
  postalCodeCheck: 'pass',
  risk: 'normal',
  aftermath: null,
  refunds: 'at_once',
};

/**
 * Whether the cardholder is asked before a payment.
 *
 * @param session.isSetUp whether the card was set up for payments without the cardholder.
 */
export function asksCardholder(
  { authentication }: CardBehaviour,
  session: {
    readonly offSession: boolean;
    readonly isSetUp: boolean;
    readonly isRequested: boolean;
  },
): boolean {
  if (authentication === 'always') return true;
  if (authentication === 'unless_set_up') return !session.offSession || !session.isSetUp;
  if (authentication === 'on_session') return !session.offSession;
  return authentication === 'on_request' && session.isRequested && !session.offSession;
}

/** What a fresh card's next off-session charge comes to. */
export function firstOutcome(behaviour: CardBehaviour): CardOutcome {
  const session = { offSession: true, isSetUp: false, isRequested: false };
  return asksCardholder(behaviour, session) ? 'authentication_required' : behaviour.charges;
}
