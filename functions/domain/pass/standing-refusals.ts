import type { Tried } from '../case/dunning-case.ts';
import { classifyDecline, type DeclineCodes, type DeclineKind } from '../decline/decline.ts';
import type { ChargeFacts } from '../stripe/stripe-facts.ts';
import type { Instant } from '../time.ts';
import { isOutlived } from './is-outlived.ts';
import type { Candidate, Situation } from './situation.ts';

/** A definite no to a method for this invoice, which the method's data have not outlived. */
export interface StandingRefusal {
  readonly kind: DeclineKind;
  /** `null` where Stripe shows no charge of it. */
  readonly codes: DeclineCodes | null;
  /** Of the card that was tried; `null` where it was none. */
  readonly brand: string | null;
  readonly at: Instant;
}

/**
 * All of them, newest first: the charges that Stripe shows, and the last try of which Stripe may
 * show none, because the bank wanted the customer or Stripe could not use the method.
 */
export function standingRefusals(
  { dunningCase, facts }: Pick<Situation, 'dunningCase' | 'facts'>,
  { method }: Pick<Candidate, 'method'>,
): readonly StandingRefusal[] {
  const charged = facts.charges.filter(
    (charge) =>
      charge.method === method.method && charge.status === 'failed' && !isOutlived(charge, method),
  );
  const uncharged = (dunningCase.lastTried ?? []).filter(
    (tried) => tried.method === method.method && tried.at > (method.changedAt ?? 0),
  );
  return [...charged.map(ofCharge), ...uncharged.flatMap(ofTried)].sort((a, b) => b.at - a.at);
}

const ofCharge = ({ codes, brand, createdAt }: ChargeFacts): StandingRefusal => ({
  kind: codes === null ? 'generic' : classifyDecline(codes, brand),
  codes,
  brand,
  at: createdAt,
});

function ofTried({ result, reason, at }: Tried): readonly StandingRefusal[] {
  const mayLeaveNoCharge = reason === 'authentication' || reason === 'unusable';
  if (result !== 'refused' || !mayLeaveNoCharge) return [];
  return [{ kind: reason, codes: null, brand: null, at }];
}
