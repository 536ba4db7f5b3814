import type { CloseReason, DunningCase } from './dunning-case.ts';
import type { Money } from './money.ts';
import { next, tell } from './next-version.ts';
import type { Instant } from './time.ts';

/** Somebody wants a retry now. */
export const wantRetry = (dunningCase: DunningCase): DunningCase =>
  next(dunningCase, { retryWanted: dunningCase.retryWanted + 1 });

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
  ownsCollection && ['not_ours', 'subscription_canceled', 'collection_paused'].includes(reason);

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
    ownsCollection: false,
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
