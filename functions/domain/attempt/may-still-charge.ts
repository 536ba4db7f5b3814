import type { OwnAttempt } from '../case/dunning-case.ts';
import { findCloseReason } from '../case/find-close-reason.ts';
import { whyNoFallback } from '../pass/fallback.ts';
import type { Situation } from '../pass/situation.ts';
import { whyKnownUnusable } from '../pass/why-unusable.ts';

/**
 * Whether an attempt may be sent: the invoice is still ours and nothing else is on its way to
 * pay it; hold, role, consent and revision are as they were when it was claimed, nothing is known
 * against the method, such as a block by another invoice's try, and charging is allowed.
 */
export function mayStillCharge(situation: Situation, attempt: OwnAttempt): boolean {
  const { dunningCase, facts, policy, charging, now } = situation;
  if (charging !== 'own') return false;
  if (findCloseReason(facts, policy, dunningCase.end) !== null || facts.paymentProcessing)
    return false;
  if (dunningCase.hold !== null && dunningCase.hold.until > now) return false;
  // Another primary comes first, whatever had been refused before it was chosen.
  if (situation.primarySetBy !== (attempt.primarySetBy ?? 0)) return false;
  const candidate = attempt.role === 'primary' ? situation.primary : situation.secondary;
  if (candidate === null || whyKnownUnusable(candidate, now) !== null) return false;
  const { method } = candidate;
  if (method.method !== attempt.method || method.revision !== attempt.revision) return false;
  if (attempt.role === 'primary') return true;
  const isAgreed = method.consent !== null && method.suspended === null;
  return isAgreed && whyNoFallback(facts, policy) === null;
}
