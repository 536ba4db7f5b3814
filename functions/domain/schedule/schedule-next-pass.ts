import type { Pass } from '../case/dunning-case.ts';
import type { Explanation } from '../case/explanation.ts';
import type { DeclineKind } from '../decline/decline.ts';
import { keptUntil } from '../pass/choose-method.ts';
import type { Situation } from '../pass/situation.ts';
import { standingRefusals } from '../pass/standing-refusals.ts';
import { hourMs, type Instant } from '../time.ts';
import { jitterMs } from './jitter.ts';
import type { LocalDay } from './local-time.ts';
import { customersDayOf, passTimeOn, windowEnd } from './pass-time.ts';
import { paydayBetween } from './paydays.ts';

/** What the schedule says at the end of a pass. */
export interface NextPass {
  /** When its next pass runs; `null` where it is used up, or its window is over. */
  readonly at: Instant | null;
  /** How much of it is used by then. */
  readonly scheduleUsed: number;
  /** Whether no other pass of the schedule can follow that one. */
  readonly isLast: boolean;
  readonly trace: readonly Explanation[];
}

/** Two passes of the schedule are never closer than this. */
const leastBetweenMs = 12 * hourMs;

/**
 * The pass after one in which every method was refused. A pass that a person wanted, or that only
 * the fallback waited for, uses nothing of the schedule: what was planned before it stays planned.
 * @param situation At the end of the pass; `now` is when it ended.
 */
export function scheduleNextPass(situation: Situation, pass: Pass): NextPass {
  const { dunningCase, now } = situation;
  const { scheduleUsed, nextScheduledAt } = dunningCase;
  const isBeside = pass.cause === 'wanted' || pass.cause === 'fallback';
  if (isBeside && nextScheduledAt !== null && nextScheduledAt > now) {
    const trace: Explanation[] = [{ rule: 'schedule_stands', about: null, at: nextScheduledAt }];
    const isLast = !hasRoomAfter(situation, pass, nextScheduledAt, scheduleUsed);
    return { at: nextScheduledAt, scheduleUsed, isLast, trace };
  }
  return planNext(situation, pass);
}

function planNext(situation: Situation, pass: Pass): NextPass {
  const { scheduleUsed } = situation.dunningCase;
  const used = scheduleUsed + 1;
  const none = (why: Explanation): NextPass => ({
    at: null,
    scheduleUsed,
    isLast: false,
    trace: [why],
  });
  const times = plannedTimes(situation, pass);
  if (times === null) return none({ rule: 'schedule_used_up', about: String(scheduleUsed) });
  const { days, byDays, planned } = times;
  const from = keptUntil(situation, pass);
  const at =
    from === null ? planned : Math.max(planned, from + jitterMs(situation.dunningCase.invoice));
  if (at > windowEnd(situation)) return none({ rule: 'window_over', about: null, at });
  const trace: Explanation[] = [{ rule: 'scheduled_after_days', about: String(days), at: byDays }];
  if (planned !== byDays) trace.push({ rule: 'moved_to_payday', about: null, at: planned });
  if (at !== planned) trace.push({ rule: 'moved_behind_network_wait', about: null, at });
  return { at, scheduleUsed: used, isLast: !hasRoomAfter(situation, pass, at, used), trace };
}

/** What the schedule has after now, before any network's wait; `null` where it is used up. */
function plannedTimes(
  situation: Situation,
  pass: Pass,
): { readonly days: number; readonly byDays: Instant; readonly planned: Instant } | null {
  const { dunningCase, policy } = situation;
  const days = policy.retryAfterDays[dunningCase.scheduleUsed];
  if (days === undefined) return null;
  const byDays = timeOn(situation, today(situation) + days);
  return { days, byDays, planned: timeOfPayday(situation, pass, days) ?? byDays };
}

/**
 * Where money was missing: the first payday after today, and before the day on which the pass
 * after the next one would have run. `null` where that is not so, or there is none, or none
 * within the window: a try is not given up for a better day.
 */
function timeOfPayday(situation: Situation, pass: Pass, days: number): Instant | null {
  if (newestKind(situation, pass) !== 'insufficient_funds') return null;
  const { dunningCase, policy } = situation;
  const gapAfter = policy.retryAfterDays[dunningCase.scheduleUsed + 1] ?? days;
  const ended = today(situation);
  const payday = paydayBetween(ended, ended + days + gapAfter, policy.paydays);
  const at = payday === null ? null : timeOn(situation, payday);
  return at === null || at > windowEnd(situation) ? null : at;
}

/** Why the primary was refused last. */
function newestKind(situation: Situation, { refusals }: Pass): DeclineKind | null {
  const { primary } = situation;
  if (primary === null) return null;
  const { method } = primary.method;
  const inPass = refusals.findLast((each) => each.role === 'primary' && each.method === method);
  return inPass?.kind ?? standingRefusals(situation, primary)[0]?.kind ?? null;
}

/** The time of a pass on that day in the customer's zone, or a day later where it is too soon. */
function timeOn(situation: Situation, day: LocalDay): Instant {
  const at = passTimeOn(situation, day);
  return at < situation.now + leastBetweenMs ? passTimeOn(situation, day + 1) : at;
}

/** Whether the window has room for the pass after one at that time, should that one fail alike. */
function hasRoomAfter(situation: Situation, pass: Pass, now: Instant, used: number): boolean {
  const dunningCase = { ...situation.dunningCase, scheduleUsed: used };
  const times = plannedTimes({ ...situation, dunningCase, now }, pass);
  return times !== null && times.planned <= windowEnd(situation);
}

const today = (situation: Situation): LocalDay => customersDayOf(situation, situation.now);
