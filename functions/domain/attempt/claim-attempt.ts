import { attemptKey, type DunningCase, type OwnAttempt } from '../case/dunning-case.ts';
import { next, seenOf } from '../case/next-version.ts';
import { defaultToRestore } from '../case/subscription-default.ts';
import { withPass } from '../pass/begin-pass.ts';
import type { Step } from '../pass/decide-next-step.ts';
import type { Situation } from '../pass/situation.ts';
import type { Instant } from '../time.ts';

/**
 * Claims the next attempt. Only from here on may Stripe be asked to charge, and only with the
 * key that stands on record.
 */
export function claimAttempt(
  situation: Situation,
  step: Extract<Step, { step: 'charge' }>,
  leaseMs: number,
): DunningCase & { readonly openAttempt: OwnAttempt } {
  const { dunningCase, facts, primary, primarySetBy, now } = situation;
  const begun = withPass(dunningCase, step.pass);
  const n = dunningCase.attemptCount + 1;
  const { method } = step.candidate;
  const openAttempt: OwnAttempt = {
    n,
    role: step.role,
    method: method.method,
    revision: method.revision,
    key: attemptKey(dunningCase.invoice, method.method, n),
    startedAt: now,
    sentAt: now,
    leaseUntil: now + leaseMs,
    chargeBefore: facts.charges[0]?.charge ?? null,
    request: 'maybe_sent',
    primarySetBy,
    ...defaultToRestore(step.role, facts, primary?.method.method ?? null),
    trace: step.trace,
  };
  const claimed = next(begun, {
    progress: { state: 'due', dueAt: openAttempt.leaseUntil },
    ...seenOf(facts),
    attemptCount: n,
  });
  return { ...claimed, openAttempt };
}

/** Takes over an attempt that another process left, to send it again under the same key. */
export function reclaimAttempt(
  dunningCase: DunningCase,
  attempt: OwnAttempt,
  now: Instant,
  leaseMs: number,
): DunningCase & { readonly openAttempt: OwnAttempt } {
  const leaseUntil = now + leaseMs;
  const claimed = next(dunningCase, { progress: { state: 'due', dueAt: leaseUntil } });
  return {
    ...claimed,
    openAttempt: { ...attempt, sentAt: now, leaseUntil, request: 'maybe_sent' },
  };
}

/** Leaves the attempt open: its outcome is not known, or it is to be sent again at `at`. */
export const keepAttemptOpen = (
  dunningCase: DunningCase,
  attempt: OwnAttempt,
  request: OwnAttempt['request'],
  at: Instant,
): DunningCase =>
  next(dunningCase, {
    progress: { state: 'due', dueAt: at },
    openAttempt: { ...attempt, request, leaseUntil: at },
  });
