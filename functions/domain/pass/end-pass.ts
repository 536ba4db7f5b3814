import type { DunningCase, HistoryEvent, Pass, Progress } from '../case/dunning-case.ts';
import { announce } from '../case/end-of-dunning.ts';
import { next, seenOf, tell } from '../case/next-version.ts';
import { observeAgain } from '../case/observation.ts';
import { noticeOfFailure, tellUnpaid } from '../case/payment-notices.ts';
import { plannedAt } from '../case/planned-at.ts';
import { type NextPass, scheduleNextPass } from '../schedule/schedule-next-pass.ts';
import type { Instant } from '../time.ts';
import { withPass } from './begin-pass.ts';
import type { Step } from './decide-next-step.ts';
import type { Situation } from './situation.ts';

/** Every method was refused or none can be charged: on to the next time, or the end. */
export function endPass(
  situation: Situation,
  step: Extract<Step, { step: 'end_pass' }>,
): DunningCase {
  const { facts, policy, now } = situation;
  const { pass, asksHolder: needsAction } = step;
  const begun = withPass(situation.dunningCase, pass);
  const plan = planAfter({ ...situation, dunningCase: begun }, pass, step.fallbackAt);
  const trace = [...step.trace, ...plan.schedule.trace];
  const event: HistoryEvent = { kind: 'pass_ended', nextPassAt: plan.nextAt, trace };
  const told = tell({ ...begun, amountDue: facts.amountDue }, event, now);
  const after = { nextTryAt: plan.nextAt, nextIsLast: plan.nextIsLast, needsAction };
  const wantedAgain = begun.retryWanted > begun.retryServed;
  const saved = next(begun, {
    ...told,
    progress: wantedAgain
      ? { state: 'due', dueAt: now }
      : progressOf(plan.nextAt, needsAction ? 'action_required' : 'waiting', now),
    pass: null,
    ...seenOf(facts),
    ...plan.planned,
    ...tellUnpaid(told.owed, noticeOfFailure(situation, pass, after)),
  });
  return announce(saved, plan.schedule.isLast, policy, now);
}

/** Observed only: what would have been done is on record, and the schedule goes on. */
export function recordObservation(
  situation: Situation,
  step: Extract<Step, { step: 'observe' }>,
): DunningCase {
  const { facts, now } = situation;
  const { pass } = step;
  const begun = withPass(situation.dunningCase, pass);
  const plan = planAfter({ ...situation, dunningCase: begun }, pass, step.fallbackAt);
  const event: HistoryEvent = {
    kind: 'observed',
    trace: [...step.trace, ...plan.schedule.trace],
  };
  const { tries, fallbackAt } = step;
  const observed = { at: now, tries, fallbackAt, nextPassAt: plan.nextAt };
  return next(begun, {
    ...tell({ ...begun, amountDue: facts.amountDue }, event, now),
    progress: progressOf(plan.nextAt, 'waiting', now),
    pass: null,
    ...seenOf(facts),
    ...plan.planned,
    observed: observeAgain(situation, observed),
  });
}

/** What comes after a pass. */
interface Plan {
  readonly schedule: NextPass;
  /** When the next pass runs, by the schedule or for the fallback; `null`: none by itself. */
  readonly nextAt: Instant | null;
  readonly nextIsLast: boolean;
  readonly planned: Pick<DunningCase, 'scheduleUsed' | 'nextScheduledAt' | 'fallbackAt'>;
}

function planAfter(situation: Situation, pass: Pass, fallbackAt: Instant | null): Plan {
  const schedule = scheduleNextPass(situation, pass);
  const { at: nextScheduledAt, scheduleUsed } = schedule;
  const nextAt = plannedAt({ nextScheduledAt, fallbackAt });
  const isBySchedule = nextAt === schedule.at;
  return {
    schedule,
    nextAt,
    nextIsLast: nextAt !== null && (isBySchedule ? schedule.isLast : schedule.at === null),
    planned: { scheduleUsed, nextScheduledAt, fallbackAt },
  };
}

const progressOf = (
  at: Instant | null,
  state: 'waiting' | 'action_required',
  now: Instant,
): Progress => (at === null ? { state: 'exhausted', endedAt: now } : { state, dueAt: at });
