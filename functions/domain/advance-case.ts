import type { CloseReason, DunningCase } from './dunning-case.ts';
import type { Money } from './money.ts';
import { next, tell } from './next-version.ts';
import { executedByMs, type Instant } from './time.ts';

/** Somebody wants a retry now. */
export const wantRetry = (dunningCase: DunningCase): DunningCase =>
  next(dunningCase, { retryWanted: dunningCase.retryWanted + 1 });

/**
 * The customer's methods are others now, by this version of the customer: worth a retry, once for
 * each change. Raised even where a wish stands already, because the pass that serves that one may
 * have looked before the change. The same case where there is nothing to wake.
 */
export function wakeCase(dunningCase: DunningCase, change: number): DunningCase {
  const { state } = dunningCase.progress;
  if (state === 'recovered' || state === 'closed') return dunningCase;
  if ((dunningCase.wokenBy ?? 0) >= change) return dunningCase;
  return { ...wantRetry(dunningCase), wokenBy: change };
}

/** The sweep has sent the case to the queue and does not send it again before `until`. */
export const markQueued = (dunningCase: DunningCase, until: Instant): DunningCase =>
  next(dunningCase, { queuedUntil: until });

/** Stripe's own retries of the invoice were switched off: collecting is ours until handed back. */
export const ownCollection = (
  dunningCase: DunningCase,
  amountDue: Money,
  now: Instant,
): DunningCase => next(dunningCase, { ownsCollection: true, takenOverAt: now, amountDue });

/** Whether closing for this reason gives collecting back to Stripe: the invoice needs it still. */
export const handsBack = ({ ownsCollection }: DunningCase, reason: CloseReason): boolean =>
  ownsCollection &&
  ['not_ours', 'subscription_canceled', 'collection_paused', 'handed_back'].includes(reason);

/** From when taking the invoice over, should that request be late, can have no effect any more. */
export const handBackAt = ({ takenOverAt }: DunningCase): Instant =>
  takenOverAt === undefined ? 0 : takenOverAt + executedByMs;

/** The invoice needs no collecting any more. */
export function closeCase(
  dunningCase: DunningCase,
  reason: CloseReason,
  now: Instant,
): DunningCase {
  const told = tell(dunningCase, { kind: 'closed', reason }, now);
  return next(dunningCase, {
    progress: { state: 'closed', endedAt: now, reason },
    pass: null,
    openAttempt: null,
    retryServed: dunningCase.retryWanted,
    // Nothing changes at Stripe then, so that handing it back stays possible.
    ownsCollection: reason === 'closed_by_staff' && dunningCase.ownsCollection,
    ...told,
    owed: handsBack(dunningCase, reason) ? [...told.owed, { kind: 'hand_back' }] : told.owed,
  });
}

/** Nothing may be charged before `until`. */
export const waitUntil = (
  dunningCase: DunningCase,
  state: 'waiting' | 'processing',
  until: Instant,
): DunningCase => {
  const { progress } = dunningCase;
  const debit = progress.state === 'processing' ? progress.debit : undefined;
  const isOnItsWay = state === 'processing' && debit !== undefined;
  return next(dunningCase, {
    progress: isOnItsWay ? { state, dueAt: until, debit } : { state, dueAt: until },
  });
};

/** Strikes off what was owed and is done. */
export const settleOwed = (dunningCase: DunningCase): DunningCase =>
  next(dunningCase, { owed: [] });
