import type {
  AttemptOutcome,
  Debit,
  DunningCase,
  HistoryEvent,
  OpenAttempt,
  Pass,
  Progress,
  Refusal,
} from '../case/dunning-case.ts';
import { betweenStepsMs, next, tell } from '../case/next-version.ts';
import { owedOncePaid } from '../case/owed-once-paid.ts';
import {
  noticeOfDebit,
  noticeOfReturn,
  noticeOfSuccess,
  tellUnpaid,
} from '../case/payment-notices.ts';
import { owedDefault } from '../case/subscription-default.ts';
import type { Situation } from '../pass/situation.ts';
import type { Instant } from '../time.ts';
import type { FoundDebit } from './find-debit.ts';
import { noteOutcome } from './note-try.ts';

/** Records what became of the open attempt, once. */
export function recordOutcome(
  situation: Situation,
  attempt: OpenAttempt,
  outcome: AttemptOutcome,
): DunningCase {
  const { dunningCase, now } = situation;
  const { n, role, method, startedAt, trace } = attempt;
  const by = attempt.initiator === 'customer' ? { initiator: attempt.initiator } : {};
  const event: HistoryEvent = {
    kind: 'attempt',
    n,
    ...by,
    role,
    method,
    startedAt,
    outcome,
    trace,
  };
  const told = noteOutcome(dunningCase, tell(dunningCase, event, now), attempt, outcome, now);
  const base = { ...told, openAttempt: null };
  switch (outcome.kind) {
    case 'succeeded':
      return recovered(situation, attempt, told, 'at_once');
    case 'processing':
      return next(dunningCase, {
        ...base,
        ...tellUnpaid(told.owed, noticeOfDebit(situation, attempt)),
        progress: { state: 'processing', dueAt: now + betweenStepsMs, debit: debitOf(attempt) },
      });
    case 'declined':
    case 'requires_action':
    case 'method_unusable':
      return next(dunningCase, {
        ...base,
        progress: goesOn(debitOf(attempt), now),
        pass: withRefusal(dunningCase.pass, refusalOf(attempt, outcome, now)),
      });
    case 'not_executed':
    case 'skipped':
      return next(dunningCase, { ...base, progress: goesOn(debitOf(attempt), now) });
  }
}

/** A pass goes on at once; what a customer's own try interrupted goes on where it stood. */
function goesOn({ interrupted }: Pick<Debit, 'interrupted'>, now: Instant): Progress {
  if (interrupted !== undefined && interrupted.state !== 'due') return interrupted;
  return { state: 'due', dueAt: now + betweenStepsMs };
}

function debitOf(attempt: OpenAttempt): Debit {
  const { n, role, method, revision, chargeBefore, primarySetBy, subscriptionDefault } = attempt;
  const debit = {
    n,
    role,
    method,
    revision,
    chargeBefore,
    ...(primarySetBy === undefined ? {} : { primarySetBy }),
    ...(subscriptionDefault === undefined ? {} : { subscriptionDefault }),
  };
  if (attempt.initiator !== 'customer') return debit;
  const { initiator, interrupted } = attempt;
  return { ...debit, initiator, interrupted };
}

/**
 * Records what became of the bank debit of an attempt whose outcome was `processing`: the money
 * came, or the pass goes on with one refusal more.
 */
export function recordDebit(
  situation: Situation,
  { debit, outcome }: Extract<FoundDebit, { readonly state: 'ended' }>,
): DunningCase {
  const { dunningCase, now } = situation;
  const { n, role, method } = debit;
  const event: HistoryEvent = { kind: 'debit_ended', n, role, method, outcome };
  const told = noteOutcome(dunningCase, tell(dunningCase, event, now), debit, outcome, now);
  if (outcome.kind === 'succeeded') return recovered(situation, debit, told, 'days_later');
  const refusal = refusalOf(debit, outcome, now);
  const returned = refusal && { ...refusal, returned: true as const };
  return next(dunningCase, {
    ...told,
    progress: goesOn(debit, now),
    pass: withRefusal(dunningCase.pass, returned),
    ...tellUnpaid(told.owed, noticeOfReturn(situation, debit, whyRefused(outcome))),
  });
}

function recovered(
  situation: Situation,
  attempt: Debit,
  told: Pick<DunningCase, 'owed' | 'historyCount' | 'lastTried'>,
  when: 'at_once' | 'days_later',
): DunningCase {
  const { dunningCase, now } = situation;
  return next(dunningCase, {
    ...told,
    openAttempt: null,
    progress: { state: 'recovered', endedAt: now, role: attempt.role },
    pass: null,
    retryServed: dunningCase.retryWanted,
    owed: [
      ...told.owed,
      ...owedDefault(attempt),
      ...noticeOfSuccess(situation, attempt, when),
      ...owedOncePaid(dunningCase),
    ],
  });
}

function refusalOf(
  attempt: Debit,
  outcome: Extract<AttemptOutcome, { kind: 'declined' | 'requires_action' | 'method_unusable' }>,
  now: Instant,
): Refusal | null {
  const { role, method, revision } = attempt;
  // What was refused without a role is no try of any role.
  if (role === 'spare') return null;
  const by = attempt.initiator ?? ('backstop' as const);
  return { role, method, revision, at: now, by, ...whyRefused(outcome) };
}

function whyRefused(
  outcome: Extract<AttemptOutcome, { kind: 'declined' | 'requires_action' | 'method_unusable' }>,
): Pick<Refusal, 'kind' | 'codes'> {
  switch (outcome.kind) {
    case 'declined':
      return { kind: outcome.decline, codes: outcome.codes };
    case 'requires_action':
      return { kind: 'authentication', codes: outcome.codes };
    case 'method_unusable':
      return { kind: 'unusable', codes: null };
  }
}

const withRefusal = (pass: Pass | null, refusal: Refusal | null): Pass | null =>
  pass === null || refusal === null ? pass : { ...pass, refusals: [...pass.refusals, refusal] };
