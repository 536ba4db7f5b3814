import type { Evidence } from '../../evidence.ts';
import { type CaseItem, hasEnded } from '../following/case-item.ts';
import { limits } from '../published/limits.ts';
import type { MakeRule } from '../rule.ts';

const dayMs = 86_400_000;
const longestMs = Math.max(...limits.retryAfterDays) * dayMs + limits.jitterMs + limits.processMs;

/**
 * "Every case ends or has a due time", in the index, at every moment; what has ended and owes
 * work or a wanted retry has one as well (docs/data-model.md).
 */
export const dueTime: MakeRule = ({ cases }, verdict) => ({
  observe({ evidence }) {
    const item = cases.written?.item;
    if (item === undefined) return;
    verdict.weigh();
    const why = whyNotDue(item, evidence.now);
    if (why !== null) verdict.breach(`The case of ${item.invoice} (${item.state}) ${why}.`);
  },
});

function whyNotDue(item: CaseItem, now: number): string | null {
  const ended = hasEnded(item);
  const isSettled = item.state === 'recovered' || item.state === 'closed';
  if (isSettled === (item.openShard !== null))
    return 'is in the index of open cases, or not, wrongly';
  const isWanted = item.state === 'exhausted' && item.retryWanted > item.retryServed;
  if (ended && item.owed.length === 0 && !isWanted) return null;
  const { dueShard, dueAt } = item;
  if (dueShard === null || dueAt === null) return 'has no due time in the index';
  const due = Date.parse(dueAt);
  if (!/^DUE#[0-7]$/.test(dueShard) || Number.isNaN(due)) return `is due at ${dueShard} ${dueAt}`;
  if (new Date(due).toISOString() !== dueAt) return `is due at ${dueAt}, which does not sort`;
  if (!ended && due !== Math.max(item.wantsLookAt ?? Number.NaN, item.queuedUntil)) {
    return `is due at ${dueAt} in the index and at another time by itself`;
  }
  if (due <= Math.max(now, item.holdUntil) + longestMs) return null;
  return `is due at ${dueAt} only, later than the policy ever waits`;
}

/** After a pass without payment the next one comes by docs/policy.md's days, or none does. */
export const schedule: MakeRule = ({ cases }, verdict) => ({
  observe({ at, evidence }) {
    const file = cases.written;
    const pass = file?.passes.get(file.item.passCount);
    if (file == null || pass?.endedAt !== at) return;
    verdict.weigh();
    const { item, before } = file;
    if (pass.cause === 'wanted' && item.nextScheduledAt === before?.nextScheduledAt) return;
    const why = whyOffSchedule(item, evidence.now);
    if (why !== null) verdict.breach(`Pass ${pass.number} of ${item.invoice} ended; ${why}.`);
  },
});

function whyOffSchedule(item: CaseItem, now: number): string | null {
  const { nextScheduledAt, scheduleUsed } = item;
  const all = limits.retryAfterDays.length;
  if (nextScheduledAt === null) {
    return scheduleUsed === all ? null : `no other follows after ${scheduleUsed} of ${all} retries`;
  }
  const days = limits.retryAfterDays[scheduleUsed - 1];
  if (days === undefined) return `another follows as number ${scheduleUsed} of ${all}`;
  const waits = nextScheduledAt - now;
  const isInTime =
    waits >= days * dayMs - limits.processMs && waits <= days * dayMs + limits.jitterMs;
  return isInTime ? null : `the next one comes after ${waits / dayMs} days in place of ${days}`;
}

/** "Every message that fails for good is in a dead-letter queue." */
export const deadLetters: MakeRule = (_known, verdict) => ({
  observe({ happening, evidence }) {
    if (happening.kind !== 'message_died') return;
    verdict.weigh();
    const { messageId, queue } = happening.message;
    const lies = evidence.messages.some((each) => each.messageId === messageId && each.isDead);
    if (!lies)
      verdict.breach(`The message ${messageId} of ${queue} died into no dead-letter queue.`);
  },
});

/** When the faults have stopped and a calm has passed: nothing is stuck and nothing is owed. */
export const nothingLeft: MakeRule = (known, verdict) => ({
  conclude(evidence) {
    const stopped = known.items.get('SWITCH', 'CHARGING')?.charging ?? 'allowed';
    for (const { item } of known.cases.all()) {
      verdict.weigh();
      for (const why of whyStuck(item, evidence, stopped === 'allowed')) {
        verdict.breach(`The case of ${item.invoice} (${item.state}) ${why}.`);
      }
    }
    for (const { messageId, queue, isDead, visibleAt, body } of evidence.messages) {
      if (!isDead && visibleAt > evidence.now) continue;
      const where = isDead ? 'dead in' : 'left in';
      verdict.breach(`The message ${messageId} is ${where} ${queue}: ${body}`);
    }
  },
});

function whyStuck(item: CaseItem, { now }: Evidence, isAllowed: boolean): readonly string[] {
  const why: string[] = [];
  if (item.openAttempt !== null) why.push(`has ${item.openAttempt.key} left open`);
  if (item.owed.length > 0) why.push(`owes ${item.owed.map(({ kind }) => kind).join(', ')}`);
  const isPaid = item.state === 'recovered' || item.state === 'closed';
  if (isAllowed && !isPaid && item.retryWanted > item.retryServed) {
    why.push(`has served ${item.retryServed} of ${item.retryWanted} wanted retries`);
  }
  const due = item.dueAt === null ? now : Date.parse(item.dueAt);
  // The sweep comes each minute, and again when a queued case was not worked on.
  if (due < now - 2 * limits.queuedMs) why.push(`is due since ${item.dueAt}`);
  return why;
}
