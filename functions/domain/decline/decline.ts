import { dayMs } from '../time.ts';
import { isNetworkNever, kindOfCode, kindOfNetworkCode, networkWaitOf } from './decline-codes.ts';

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

const blocks: Readonly<Record<DeclineKind, BlockScope>> = {
  generic: 'none',
  transient: 'none',
  insufficient_funds: 'none',
  invalid_data: 'data',
  authentication: 'invoice',
  risk: 'invoice',
  not_allowed: 'invoice',
  card_dead: 'card',
  unusable: 'none',
};

/** What a refusal of this kind blocks: a rule of the networks, and no business's to set. */
export const blockScope = (kind: DeclineKind): BlockScope => blocks[kind];

/**
 * What kind of refusal this is. The network's word "never" outranks Stripe's decline code, which
 * outranks the error code. Where these say little, the network's own code and then the issuer's
 * advice say more; its "do not try again" holds against every kind that would try again. A code
 * that nobody published is a `generic` decline.
 * @param brand The card's brand as Stripe names it, `null` where there is none.
 */
export function classifyDecline(codes: DeclineCodes, brand: string | null): DeclineKind {
  if (isNetworkNever(codes, brand)) return 'card_dead';
  const named = namedKind(codes);
  const kind = saysLittle(named) ? (kindOfNetworkCode(codes, brand) ?? named) : named;
  if (blockScope(kind) === 'none' && codes.adviceCode === 'do_not_try_again') return 'not_allowed';
  if (saysLittle(kind) && codes.adviceCode === 'confirm_card_data') return 'invalid_data';
  return kind;
}

const saysLittle = (kind: DeclineKind): boolean => kind === 'generic' || kind === 'transient';

/** By Stripe's codes alone. */
const namedKind = ({ code, declineCode }: DeclineCodes): DeclineKind =>
  kindOfCode(declineCode) ?? kindOfCode(code) ?? 'generic';

/**
 * How long the same card is to be left alone, in milliseconds; `null` where nobody says so. By the
 * card's network (Mastercard's merchant advice codes 24 to 30), or by Stripe, which takes no more
 * tries of a card that was refused too often (docs.stripe.com/error-codes).
 */
export function networkWaitMs(codes: DeclineCodes, brand: string | null): number | null {
  if (codes.code === 'card_decline_rate_limit_exceeded') return dayMs;
  return networkWaitOf(codes, brand);
}

/** True for a code that {@link classifyDecline} had to guess; such codes are counted. */
export function isUnknownDeclineCode({ code, declineCode }: DeclineCodes): boolean {
  const spoken = declineCode ?? code;
  return spoken !== null && kindOfCode(spoken) === undefined;
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
      return reasonOfNotAllowed(codes);
    case 'unusable':
      return 'unusable';
  }
}

/** Where only the issuer's advice forbids another try, the code still says why it was refused. */
function reasonOfNotAllowed(codes: DeclineCodes | null): SafeReason {
  const named = codes === null ? 'not_allowed' : namedKind(codes);
  if (named === 'insufficient_funds') return 'insufficient_funds';
  return saysLittle(named) ? 'declined' : 'not_supported';
}
