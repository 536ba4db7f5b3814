import { withPass } from './begin-pass.ts';
import type { Step } from './decide-next-step.ts';
import type { DunningCase, HistoryEvent } from './dunning-case.ts';
import { next, seenOf, tell } from './next-version.ts';
import { noticeOfFailure } from './notices-owed.ts';
import { scheduleNextPass } from './schedule-next-pass.ts';
import type { Situation } from './situation.ts';

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
    ...seenOf(facts),
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
    ...seenOf(facts),
    scheduleUsed: scheduled?.scheduleUsed ?? begun.scheduleUsed,
    nextScheduledAt: scheduled?.at ?? null,
  });
}
