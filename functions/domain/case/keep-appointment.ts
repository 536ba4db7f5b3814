import type { Extension } from '../customer/customer.ts';
import type { EarlySituation } from '../pass/decide-next-step.ts';
import { dayMs, hourMs, type Instant } from '../time.ts';
import type { DunningCase, Reminder } from './dunning-case.ts';
import { noticeOfEndAhead, noticeOfLastTry } from './end-notices.ts';
import { endDunning, postponeEnd, whereEndStands } from './end-of-dunning.ts';
import { next } from './next-version.ts';

/** How soon what is due is looked at again while charging is stopped or only observed. */
const lookAgainWhileIdleMs = hourMs;

/**
 * What time alone brings to a case in which no try is due: the end of dunning, or something to
 * remind the customer of. Stripe was asked a moment ago, and the invoice is open.
 * @param extension The customer's, read now.
 * @returns The next version; `null` where nothing is due after all.
 */
export function keepAppointment(
  situation: EarlySituation,
  extension: Extension | null,
): DunningCase | null {
  const { dunningCase, charging, now } = situation;
  const { progress, reminder, end } = dunningCase;
  if (charging !== 'own') return next(dunningCase, { queuedUntil: now + lookAgainWhileIdleMs });
  if (progress.state === 'exhausted' && end?.doneAt === null && end.at <= now) {
    const stands = whereEndStands(dunningCase, extension, now);
    if (stands?.end === 'ahead') {
      return postponeEnd(dunningCase, { ...end, at: stands.at }, situation.policy, now);
    }
    if (stands?.end === 'come') return endDunning(dunningCase, end, situation.facts, now);
    return null;
  }
  if (reminder == null || reminder.at > now) return null;
  return reminder.about === 'end'
    ? remindOfEnd(situation, extension, reminder)
    : remindOfLastTry(situation);
}

function remindOfEnd(
  { dunningCase, policy, now }: EarlySituation,
  extension: Extension | null,
  reminder: Reminder,
): DunningCase {
  const { end } = dunningCase;
  if (end === undefined || end.doneAt !== null) return next(dunningCase, { reminder: null });
  const stands = whereEndStands(dunningCase, extension, now);
  const endsAt = stands?.end === 'ahead' ? stands.at : end.at;
  const later = endsAt - policy.notices.beforeEndDays * dayMs;
  if (later > now) return next(dunningCase, { reminder: { ...reminder, at: later } });
  return next(dunningCase, {
    reminder: null,
    owed: [
      ...dunningCase.owed,
      ...noticeOfEndAhead(dunningCase, { ...end, at: endsAt }, 'reminded'),
    ],
  });
}

function remindOfLastTry({ dunningCase, policy }: EarlySituation): DunningCase {
  const tryAt = lastTryAt(dunningCase);
  const told = tryAt === null ? [] : noticeOfLastTry(dunningCase, tryAt, policy.end);
  return next(dunningCase, { reminder: null, owed: [...dunningCase.owed, ...told] });
}

/** A hold keeps every try back until it ends. */
function lastTryAt({ nextScheduledAt, hold, handBackWanted }: DunningCase): Instant | null {
  if (nextScheduledAt === null || handBackWanted === true) return null;
  return Math.max(nextScheduledAt, hold?.until ?? 0);
}
