import { standingBlock } from './card-ledger.ts';
import type { OwnAttempt } from './dunning-case.ts';
import { findCloseReason } from './find-close-reason.ts';
import type { Situation } from './situation.ts';

/**
 * Whether an attempt may be sent: the invoice is still ours and nothing else is on its way to
 * pay it; hold, role, consent and revision are as they were when it was claimed, no block
 * stands against the card, perhaps by another invoice's try, and charging is allowed.
 */
export function mayStillCharge(situation: Situation, attempt: OwnAttempt): boolean {
  const { dunningCase, facts, policy, charging, now } = situation;
  if (charging !== 'own') return false;
  if (findCloseReason(facts, policy) !== null || facts.paymentProcessing) return false;
  if (dunningCase.hold !== null && dunningCase.hold.until > now) return false;
  // Another primary comes first, whatever had been refused before it was chosen.
  if (situation.primarySetBy !== (attempt.primarySetBy ?? 0)) return false;
  const candidate = attempt.role === 'primary' ? situation.primary : situation.secondary;
  if (candidate === null || !candidate.attached) return false;
  const { method, ledger } = candidate;
  if (standingBlock(ledger, method) !== null) return false;
  if (method.method !== attempt.method || method.revision !== attempt.revision) return false;
  return attempt.role === 'primary' || method.consent !== null;
}
