import type { CustomerAttempt, DunningCase } from '../case/dunning-case.ts';
import { findCloseReason } from '../case/find-close-reason.ts';
import type { PaymentMethod } from '../customer/payment-method.ts';
import { type CardLedger, cappedUntil, standingBlock } from '../decline/card-ledger.ts';
import type { Charging } from '../pass/situation.ts';
import type { Policy } from '../policy.ts';
import type { InvoiceFacts } from '../stripe/stripe-facts.ts';
import type { Instant } from '../time.ts';

/** Why a customer cannot pay in their page now. */
export type PaymentRefusal =
  | { readonly refused: 'ended' }
  | { readonly refused: 'handed_back' }
  | { readonly refused: 'observe' | 'stopped' }
  | { readonly refused: 'held'; readonly until: Instant }
  /** `since` is `null` for a debit that the bank has begun to carry out. */
  | { readonly refused: 'under_way'; readonly since: Instant | null };

/** A page of the customer's has the attempt in hand already, and may have the secret again. */
export interface UnderWayInPage {
  readonly attempt: CustomerAttempt;
}

/**
 * What the case itself says to a payment by its customer: why not, that it was begun before, or
 * `null` where it may begin. A staff's hold stops the customer too: it stands for a reason.
 */
export function refusePayment(
  dunningCase: DunningCase,
  charging: Charging,
  now: Instant,
): PaymentRefusal | UnderWayInPage | null {
  const { progress, openAttempt, hold, handBackWanted } = dunningCase;
  if (progress.state === 'recovered' || progress.state === 'closed') return { refused: 'ended' };
  if (handBackWanted === true) return { refused: 'handed_back' };
  if (charging !== 'own') return { refused: charging };
  if (hold !== null && hold.until > now) return { refused: 'held', until: hold.until };
  if (openAttempt !== null) {
    const isInPage = openAttempt.initiator === 'customer' && openAttempt.leaseUntil > now;
    if (isInPage) return { attempt: openAttempt };
    return { refused: 'under_way', since: openAttempt.startedAt };
  }
  return progress.state === 'processing' ? { refused: 'under_way', since: null } : null;
}

/** What Stripe's invoice says to it. */
export function refusePaymentOf(
  { end }: Pick<DunningCase, 'end'>,
  facts: InvoiceFacts,
  policy: Policy,
): PaymentRefusal | null {
  if (findCloseReason(facts, policy, end) !== null) return { refused: 'ended' };
  return facts.paymentProcessing ? { refused: 'under_way', since: null } : null;
}

/**
 * Why this method cannot be used: a block stands against its card, or it was tried too often. What
 * a network asks to wait is asked of merchants who try again by themselves: it keeps no customer
 * from paying, who may know that there is money now.
 */
export type MethodRefusal = 'removed' | 'blocked' | { readonly cappedUntil: Instant };

/** @returns `null` where the method may be tried for this invoice. */
export function refuseMethod(
  method: PaymentMethod,
  ledger: CardLedger,
  { amountDue }: InvoiceFacts,
  now: Instant,
): MethodRefusal | null {
  if (method.removedAt !== null) return 'removed';
  if (standingBlock(ledger, method) !== null) return 'blocked';
  const until = cappedUntil(ledger, method.brand, amountDue, now);
  return until === null ? null : { cappedUntil: until };
}
