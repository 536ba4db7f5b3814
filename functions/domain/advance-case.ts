import { withPass } from './begin-pass.ts';
import type { Step } from './decide-next-step.ts';
import { safeReason } from './decline.ts';
import {
  type AttemptOutcome,
  attemptKey,
  type CloseReason,
  type DunningCase,
  type HistoryEvent,
  type OpenAttempt,
  type Owed,
  type Pass,
  type Refusal,
} from './dunning-case.ts';
import type { CardLabel, NoticeContent } from './messages.ts';
import type { Money } from './money.ts';
import { scheduleNextPass } from './schedule-next-pass.ts';
import type { Candidate, Situation } from './situation.ts';
import { type Instant, minuteMs } from './time.ts';

/**
 * Between two steps of a pass the case is due this much later: a pass that died there is found
 * by the sweep, and one that lives is not overtaken by it.
 */
const betweenStepsMs = 2 * minuteMs;

/** The next version of a case. Each function below makes one, for one conditional write. */
const next = (dunningCase: DunningCase, change: Partial<DunningCase>): DunningCase => ({
  ...dunningCase,
  // Whoever writes has the case in hand: from now on its own due time says when the sweep comes.
  queuedUntil: 0,
  ...change,
  version: dunningCase.version + 1,
});

/** Somebody wants a retry now. */
export const wantRetry = (dunningCase: DunningCase): DunningCase =>
  next(dunningCase, { retryWanted: dunningCase.retryWanted + 1 });

/** The sweep has sent the case to the queue and does not send it again before `until`. */
export const markQueued = (dunningCase: DunningCase, until: Instant): DunningCase =>
  next(dunningCase, { queuedUntil: until });

/** Stripe's own retries of the invoice were switched off: collecting is ours until handed back. */
export const ownCollection = (dunningCase: DunningCase, amountDue: Money): DunningCase =>
  next(dunningCase, { ownsCollection: true, amountDue });

/** The invoice needs no collecting any more. */
export function closeCase(
  dunningCase: DunningCase,
  reason: CloseReason,
  now: Instant,
): DunningCase {
  const givesBack =
    dunningCase.ownsCollection &&
    ['not_ours', 'subscription_canceled', 'collection_paused'].includes(reason);
  const told = tell(dunningCase, { kind: 'closed', reason }, now);
  return next(dunningCase, {
    progress: { state: 'closed', endedAt: now, reason },
    pass: null,
    openAttempt: null,
    retryServed: dunningCase.retryWanted,
    ownsCollection: false,
    ...told,
    owed: givesBack ? [...told.owed, { kind: 'hand_back' }] : told.owed,
  });
}

/** Nothing may be charged before `until`. */
export const waitUntil = (
  dunningCase: DunningCase,
  state: 'waiting' | 'processing',
  until: Instant,
): DunningCase => next(dunningCase, { progress: { state, dueAt: until } });

/**
 * Claims the next attempt. Only from here on may Stripe be asked to charge, and only with the
 * key that stands on record.
 */
export function claimAttempt(
  situation: Situation,
  step: Extract<Step, { step: 'charge' }>,
  leaseMs: number,
): DunningCase & { readonly openAttempt: OpenAttempt } {
  const { dunningCase, facts, now } = situation;
  const begun = withPass(dunningCase, step.pass);
  const n = dunningCase.attemptCount + 1;
  const { method } = step.candidate;
  const openAttempt: OpenAttempt = {
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
    trace: step.trace,
  };
  const claimed = next(begun, {
    progress: { state: 'due', dueAt: openAttempt.leaseUntil },
    amountDue: facts.amountDue,
    attemptCount: n,
  });
  return { ...claimed, openAttempt };
}

/** Takes over an attempt that another process left, to send it again under the same key. */
export function reclaimAttempt(
  dunningCase: DunningCase,
  attempt: OpenAttempt,
  now: Instant,
  leaseMs: number,
): DunningCase & { readonly openAttempt: OpenAttempt } {
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
  attempt: OpenAttempt,
  request: OpenAttempt['request'],
  at: Instant,
): DunningCase =>
  next(dunningCase, {
    progress: { state: 'due', dueAt: at },
    openAttempt: { ...attempt, request, leaseUntil: at },
  });

/** Records what became of the open attempt, once. */
export function recordOutcome(
  situation: Situation,
  attempt: OpenAttempt,
  outcome: AttemptOutcome,
): DunningCase {
  const { dunningCase, now } = situation;
  const { n, role, method, startedAt, trace } = attempt;
  const event: HistoryEvent = { kind: 'attempt', n, role, method, startedAt, outcome, trace };
  const told = tell(dunningCase, event, now);
  const base = { ...told, openAttempt: null };
  switch (outcome.kind) {
    case 'succeeded':
      return next(dunningCase, {
        ...base,
        progress: { state: 'recovered', endedAt: now, role: attempt.role },
        pass: null,
        retryServed: dunningCase.retryWanted,
        owed: [...told.owed, ...noticeOfSuccess(situation, attempt)],
      });
    case 'processing':
      return next(dunningCase, {
        ...base,
        progress: { state: 'processing', dueAt: now + betweenStepsMs },
      });
    case 'declined':
    case 'requires_action':
    case 'method_unusable':
      return next(dunningCase, {
        ...base,
        progress: { state: 'due', dueAt: now + betweenStepsMs },
        pass: withRefusal(dunningCase.pass, refusalOf(attempt, outcome, now)),
      });
    case 'not_executed':
    case 'skipped':
      return next(dunningCase, {
        ...base,
        progress: { state: 'due', dueAt: now + betweenStepsMs },
      });
  }
}

/** Every method was refused or none can be charged: on to the schedule's next time, or the end. */
export function endPass(
  situation: Situation,
  step: Extract<Step, { step: 'end_pass' }>,
): DunningCase {
  const { dunningCase, facts, policy, now } = situation;
  const begun = withPass(dunningCase, step.pass);
  const { pass } = step;
  const scheduled = scheduleNextPass(begun, pass, policy, now);
  const needsAction = pass.refusals.some((refusal) => refusal.kind === 'authentication');
  const wantedAgain = begun.retryWanted > begun.retryServed;
  const nextPassAt = scheduled?.at ?? null;
  const event: HistoryEvent = { kind: 'pass_ended', nextPassAt, trace: step.trace };
  const told = tell({ ...begun, amountDue: facts.amountDue }, event, now);
  return next(begun, {
    ...told,
    progress: wantedAgain
      ? { state: 'due', dueAt: now }
      : scheduled === null
        ? { state: 'exhausted', endedAt: now }
        : { state: needsAction ? 'action_required' : 'waiting', dueAt: scheduled.at },
    pass: null,
    amountDue: facts.amountDue,
    scheduleUsed: scheduled?.scheduleUsed ?? begun.scheduleUsed,
    nextScheduledAt: nextPassAt,
    owed: [...told.owed, ...noticeOfFailure(situation, pass, nextPassAt)],
  });
}

/** Observed only: what would have been done is on record, and the schedule goes on. */
export function recordObservation(
  situation: Situation,
  step: Extract<Step, { step: 'observe' }>,
): DunningCase {
  const { dunningCase, facts, policy, now } = situation;
  const begun = withPass(dunningCase, step.pass);
  const scheduled = scheduleNextPass(begun, step.pass, policy, now);
  const event: HistoryEvent = { kind: 'observed', trace: step.trace };
  return next(begun, {
    ...tell({ ...begun, amountDue: facts.amountDue }, event, now),
    progress:
      scheduled === null
        ? { state: 'exhausted', endedAt: now }
        : { state: 'waiting', dueAt: scheduled.at },
    pass: null,
    amountDue: facts.amountDue,
    scheduleUsed: scheduled?.scheduleUsed ?? begun.scheduleUsed,
    nextScheduledAt: scheduled?.at ?? null,
  });
}

/** Strikes off what was owed and is done. */
export const settleOwed = (dunningCase: DunningCase): DunningCase =>
  next(dunningCase, { owed: [] });

/** Adds a line to the history; it is written to its own item once the case is saved. */
function tell(
  dunningCase: DunningCase,
  event: HistoryEvent,
  now: Instant,
): Pick<DunningCase, 'owed' | 'historyCount'> {
  const sequence = dunningCase.historyCount + 1;
  const { invoice, passCount: pass, amountDue: amount } = dunningCase;
  const entry = { invoice, sequence, pass, at: now, amount, event };
  return { historyCount: sequence, owed: [...dunningCase.owed, { kind: 'history', entry }] };
}

function refusalOf(
  attempt: OpenAttempt,
  outcome: Extract<AttemptOutcome, { kind: 'declined' | 'requires_action' | 'method_unusable' }>,
  now: Instant,
): Refusal {
  const { role, method, revision } = attempt;
  const base = { role, method, revision, at: now, by: 'backstop' as const };
  switch (outcome.kind) {
    case 'declined':
      return { ...base, kind: outcome.decline, codes: outcome.codes };
    case 'requires_action':
      return { ...base, kind: 'authentication', codes: outcome.codes };
    case 'method_unusable':
      return { ...base, kind: 'unusable', codes: null };
  }
}

const withRefusal = (pass: Pass | null, refusal: Refusal): Pass | null =>
  pass === null ? null : { ...pass, refusals: [...pass.refusals, refusal] };

function noticeOfSuccess(situation: Situation, attempt: OpenAttempt): Owed[] {
  const { dunningCase, facts, primary, secondary } = situation;
  if (attempt.role !== 'secondary' || secondary === null) return [];
  const refusal = dunningCase.pass?.refusals.find(
    (each) => each.role === 'primary' && each.method === primary?.method.method,
  );
  const notice: NoticeContent = {
    kind: 'secondary_charged',
    fact: `${dunningCase.invoice}-${attempt.n}`,
    invoiceNumber: facts.number,
    hostedInvoiceUrl: facts.hostedInvoiceUrl,
    amount: dunningCase.amountDue ?? facts.amountDue,
    failed: primary === null ? null : label(primary),
    failedReason: refusal === undefined ? null : safeReason(refusal.kind, refusal.codes),
    charged: label(secondary),
  };
  return [{ kind: 'notice', notice }];
}

/** A pass that a person asked for is answered where it was asked for, not by mail. */
function noticeOfFailure(situation: Situation, pass: Pass, nextTryAt: Instant | null): Owed[] {
  if (pass.cause === 'wanted') return [];
  if (pass.cause === 'scheduled' && pass.refusals.length === 0 && nextTryAt !== null) return [];
  const { dunningCase, facts, primary, secondary } = situation;
  const failed = pass.refusals.flatMap((refusal) => {
    // By method: the roles may have changed since.
    const candidate = [primary, secondary].find((each) => each?.method.method === refusal.method);
    if (candidate === undefined || candidate === null) return [];
    return [{ card: label(candidate), reason: safeReason(refusal.kind, refusal.codes) }];
  });
  const notice: NoticeContent = {
    kind: 'payment_failed',
    fact: `${dunningCase.invoice}-pass-${pass.number}`,
    invoiceNumber: facts.number,
    hostedInvoiceUrl: facts.hostedInvoiceUrl,
    amount: facts.amountDue,
    failed,
    nextTryAt,
  };
  return [{ kind: 'notice', notice }];
}

const label = ({ method }: Candidate): CardLabel => ({
  type: method.type,
  brand: method.brand,
  last4: method.last4,
});
