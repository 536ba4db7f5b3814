import type { Policy } from '../policy.ts';
import { dayMs, hourMs, type Instant } from '../time.ts';
import type { DunningCase, Reminder } from './dunning-case.ts';

/** A mail said the date a moment ago: the next about it comes no sooner than this. */
const leastBetweenMs = dayMs;

/**
 * What the customer is told next by time alone, computed anew with each change of the plan: what
 * was told already lies in the past and is not told again.
 * @param dunningCase As it is about to be saved: progress, nextScheduledAt and end.
 * @param isLastTry Whether the pass at `nextScheduledAt` is the last of the schedule.
 */
export function planReminder(
  { progress, nextScheduledAt, end }: DunningCase,
  isLastTry: boolean,
  policy: Policy,
  now: Instant,
): Reminder | null {
  const { beforeEndDays, beforeLastTryHours } = policy.notices;
  if (progress.state === 'exhausted') {
    if (end === undefined || end.doneAt !== null) return null;
    const at = end.at - beforeEndDays * dayMs;
    return at > now + leastBetweenMs ? { about: 'end', at } : null;
  }
  if (!isLastTry || nextScheduledAt === null) return null;
  const at = nextScheduledAt - beforeLastTryHours * hourMs;
  return at > now ? { about: 'last_try', at } : null;
}
