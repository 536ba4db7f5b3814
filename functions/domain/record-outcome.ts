import type {
  AttemptOutcome,
  Debit,
  DunningCase,
  HistoryEvent,
  OpenAttempt,
  Pass,
  Refusal,
} from './dunning-case.ts';
import type { FoundDebit } from './find-debit.ts';
import { betweenStepsMs, next, tell } from './next-version.ts';
import { noticeOfSuccess } from './notices-owed.ts';
import type { Situation } from './situation.ts';
import type { Instant } from './time.ts';

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
      return recovered(situation, attempt, told);
    case 'processing':
      return next(dunningCase, {
        ...base,
        progress: { state: 'processing', dueAt: now + betweenStepsMs, debit: debitOf(attempt) },
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

const debitOf = ({ n, role, method, revision, chargeBefore }: OpenAttempt): Debit => ({
  n,
  role,
  method,
  revision,
  chargeBefore,
});

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
  const told = tell(dunningCase, { kind: 'debit_ended', n, role, method, outcome }, now);
  if (outcome.kind === 'succeeded') return recovered(situation, debit, told);
  return next(dunningCase, {
    ...told,
    progress: { state: 'due', dueAt: now + betweenStepsMs },
    pass: withRefusal(dunningCase.pass, refusalOf(debit, outcome, now)),
  });
}

function recovered(
  situation: Situation,
  attempt: Debit,
  told: Pick<DunningCase, 'owed' | 'historyCount'>,
): DunningCase {
  const { dunningCase, now } = situation;
  return next(dunningCase, {
    ...told,
    openAttempt: null,
    progress: { state: 'recovered', endedAt: now, role: attempt.role },
    pass: null,
    retryServed: dunningCase.retryWanted,
    owed: [...told.owed, ...noticeOfSuccess(situation, attempt)],
  });
}

function refusalOf(
  attempt: Debit,
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
