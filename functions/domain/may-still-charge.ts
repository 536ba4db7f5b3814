import type { OpenAttempt } from './dunning-case.ts';
import type { Situation } from './situation.ts';

/**
 * Whether an attempt may be sent: hold, role, consent and revision are still as they were when
 * it was claimed, and charging is allowed.
 */
export function mayStillCharge(situation: Situation, attempt: OpenAttempt): boolean {
  const { dunningCase, charging, now } = situation;
  if (charging !== 'own') return false;
  if (dunningCase.hold !== null && dunningCase.hold.until > now) return false;
  const candidate = attempt.role === 'primary' ? situation.primary : situation.secondary;
  if (candidate === null || !candidate.attached) return false;
  const { method } = candidate;
  if (method.method !== attempt.method || method.revision !== attempt.revision) return false;
  return attempt.role === 'primary' || method.consent !== null;
}
