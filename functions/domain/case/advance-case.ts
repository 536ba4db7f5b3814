import type { Money } from '../money.ts';
import type { EarlyStep } from '../pass/decide-next-step.ts';
import type { SubscriptionFacts } from '../stripe/stripe-facts.ts';
import { executedByMs, type Instant } from '../time.ts';
import type { CloseReason, DunningCase, HistoryEvent, Progress } from './dunning-case.ts';
import { isOwnEnd } from './end-of-dunning.ts';
import { next, tell, tellAll } from './next-version.ts';
import { owedOncePaid, owedOnceSettled } from './owed-once-paid.ts';

/** Somebody wants a retry now. */
export const wantRetry = (dunningCase: DunningCase): DunningCase =>
  next(dunningCase, { retryWanted: dunningCase.retryWanted + 1 });

/**
 * The customer's methods are others now, by this version of the customer: worth a retry, once for
 * each change. Raised even where a wish stands already, because the pass that serves that one may
 * have looked before the change. The same case where there is nothing to wake.
 * @param isAsked False where no person changed them, but a card's network: the policy's waiting and
 * what stops automatic tries hold then.
 */
export function wakeCase(dunningCase: DunningCase, change: number, isAsked = true): DunningCase {
  const { state } = dunningCase.progress;
  if (state === 'recovered' || state === 'closed') return dunningCase;
  if ((dunningCase.wokenBy ?? 0) >= change) return dunningCase;
  const woken = { ...wantRetry(dunningCase), wokenBy: change };
  return isAsked ? woken : { ...woken, unaskedRetries: (dunningCase.unaskedRetries ?? 0) + 1 };
}

/** The sweep has sent the case to the queue and does not send it again before `until`. */
export const markQueued = (dunningCase: DunningCase, until: Instant): DunningCase =>
  next(dunningCase, { queuedUntil: until });

/**
 * Whether Stripe's own retries, seen on now, were off before: somebody has switched them on again.
 * Not while our own request to switch them off may still come: it may have failed, or be late.
 */
export const isTakenOverAgain = (dunningCase: DunningCase, now: Instant): boolean =>
  dunningCase.ownsCollection && handBackAt(dunningCase) <= now;

/** Stripe's own retries of the invoice were switched off: collecting is ours until handed back. */
export const ownCollection = (
  dunningCase: DunningCase,
  amountDue: Money,
  now: Instant,
): DunningCase => {
  const event = { kind: 'took_over', again: isTakenOverAgain(dunningCase, now) } as const;
  const told = tell({ ...dunningCase, amountDue }, event, now);
  return next(dunningCase, { ownsCollection: true, takenOverAt: now, amountDue, ...told });
};

/**
 * Whether closing for this reason gives collecting back to Stripe: the invoice needs it still.
 * @param subscription As it was seen now; `null` of an invoice of none.
 */
export const handsBack = (
  { ownsCollection, end }: DunningCase,
  reason: CloseReason,
  subscription: SubscriptionFacts | null,
): boolean =>
  ownsCollection &&
  // What an end of dunning has canceled is not to be collected any more.
  !isOwnEnd(end, reason) &&
  !(reason === 'subscription_canceled' && subscription?.canceledByEnd) &&
  ['not_ours', 'subscription_canceled', 'collection_paused', 'handed_back'].includes(reason);

/** From when taking the invoice over, should that request be late, can have no effect any more. */
export const handBackAt = ({ takenOverAt }: DunningCase): Instant =>
  takenOverAt === undefined ? 0 : takenOverAt + executedByMs;

/**
 * The invoice needs no collecting any more.
 * @param subscription As for `handsBack`; no matter for the reasons that are not Stripe's.
 */
export function closeCase(
  dunningCase: DunningCase,
  reason: CloseReason,
  now: Instant,
  subscription: SubscriptionFacts | null = null,
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
    owed: [
      ...told.owed,
      ...(handsBack(dunningCase, reason, subscription) ? [{ kind: 'hand_back' } as const] : []),
      ...(reason === 'paid_elsewhere' ? owedOncePaid(dunningCase) : []),
      ...(reason === 'voided' ? owedOnceSettled(dunningCase) : []),
    ],
  });
}

/** Nothing may be charged before `until`; why is told once, not at each look. */
export function waitUntil(
  dunningCase: DunningCase,
  { step, until, trace }: Extract<EarlyStep, { readonly step: 'wait' | 'freeze' }>,
  now: Instant,
): DunningCase {
  const { progress, waitsFor } = dunningCase;
  const rule = trace[0]?.rule;
  const isTold = rule === undefined || rule === waitsFor;
  const told = isTold ? {} : tell(dunningCase, { kind: 'waiting', until, trace }, now);
  return next(dunningCase, {
    ...told,
    ...(rule === undefined ? {} : { waitsFor: rule }),
    progress:
      step === 'freeze'
        ? { state: 'processing', dueAt: until, ...frozenFrom(progress) }
        : { state: 'waiting', dueAt: until },
  });
}

/** What is kept while a payment is on its way: where it began, and where the case stood. */
function frozenFrom(
  progress: Progress,
): Pick<Extract<Progress, { state: 'processing' }>, 'debit' | 'interrupted'> {
  switch (progress.state) {
    case 'processing': {
      const { state, dueAt, ...kept } = progress;
      return kept;
    }
    case 'waiting':
    case 'action_required':
    case 'exhausted':
      return { interrupted: progress };
    default:
      return {};
  }
}

/** Somebody else's payment that was on its way has come to nothing: the case stands as before. */
export function unfreeze(dunningCase: DunningCase, progress: Progress): DunningCase {
  const { waitsFor, ...awake } = dunningCase;
  return next(awake, { progress });
}

/** Strikes off what was owed and is done, with what there is to tell of how it went. */
export const settleOwed = (
  dunningCase: DunningCase,
  events: readonly HistoryEvent[],
  now: Instant,
): DunningCase => next(dunningCase, tellAll({ ...dunningCase, owed: [] }, events, now));
