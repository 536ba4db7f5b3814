import type { Evidence } from '../../evidence.ts';
import { type CaseItem, hasEnded } from '../following/case-item.ts';
import type { CaseFile } from '../following/cases.ts';
import { limits } from '../published/limits.ts';
import type { Known, MakeRule } from '../rule.ts';
import { plannedSpans, windowEnd } from './planned-time.ts';

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
  const isListed = !isSettled || item.troubles.length > 0;
  // What was only observed is listed by itself, for the report of it.
  const isOpen = item.openShard?.startsWith('OPEN#') ?? false;
  if (isListed !== isOpen) return 'is in the index of open cases, or not, wrongly';
  const isWanted = item.state === 'exhausted' && item.retryWanted > item.retryServed;
  const endsAt = item.state === 'exhausted' && item.end?.doneAt === null ? item.end.at : null;
  if (ended && item.owed.length === 0 && !isWanted && endsAt === null) return null;
  const { dueShard, dueAt } = item;
  if (dueShard === null || dueAt === null) return 'has no due time in the index';
  const due = Date.parse(dueAt);
  if (!/^DUE#[0-7]$/.test(dueShard) || Number.isNaN(due)) return `is due at ${dueShard} ${dueAt}`;
  if (new Date(due).toISOString() !== dueAt) return `is due at ${dueAt}, which does not sort`;
  const wants = Math.max(item.wantsLookAt ?? Number.NaN, item.queuedUntil);
  const reminded = Math.max(item.remindAt ?? Number.NaN, item.queuedUntil);
  if (!ended && due !== wants && due !== reminded) {
    return `is due at ${dueAt} in the index and at another time by itself`;
  }
  if (due <= Math.max(...latestTimes(item, now, endsAt))) return null;
  return `is due at ${dueAt} only, later than the policy ever waits`;
}

/** Nothing that was planned is passed over; what is looked at by and by is so every few hours. */
const latestTimes = (item: CaseItem, now: number, endsAt: number | null): readonly number[] => [
  now + limits.processingMs + limits.processMs,
  item.holdUntil,
  item.queuedUntil,
  item.nextScheduledAt ?? 0,
  item.fallbackAt ?? 0,
  endsAt ?? 0,
];

/** After a pass without payment the next one comes as docs/policy.md plans it, or none does. */
export const schedule: MakeRule = (known, verdict) => ({
  observe({ at, evidence }) {
    const file = known.cases.written;
    const pass = file?.passes.get(file.item.passCount);
    if (file == null || pass?.endedAt !== at) return;
    verdict.weigh();
    const { item, before } = file;
    const isBetween = pass.cause === 'wanted' || pass.cause === 'fallback';
    const isUntouched =
      item.nextScheduledAt === before?.nextScheduledAt &&
      item.scheduleUsed === before?.scheduleUsed;
    const isAhead = (before?.nextScheduledAt ?? Number.POSITIVE_INFINITY) > evidence.now;
    const why =
      isBetween && isUntouched
        ? null
        : pass.cause === 'fallback' && isAhead
          ? 'it was only for the backup, and the schedule is another now'
          : whyOffSchedule(known, file, at, evidence.now);
    if (why !== null) verdict.breach(`Pass ${pass.number} of ${item.invoice} ended; ${why}.`);
  },
});

function whyOffSchedule(known: Known, file: CaseFile, at: number, now: number): string | null {
  const { nextScheduledAt, scheduleUsed } = file.item;
  const { retryAfterDays } = known.policy;
  const used = file.before?.scheduleUsed ?? 0;
  const spans = plannedSpans(known, file, at, now, used);
  const waits = waitsOf(known, file, now);
  const latest = windowEnd(known, file);
  if (nextScheduledAt === null) {
    const isOver = [...spans.map(({ to }) => to), ...waits].some((end) => end > latest);
    if (spans.length === 0 || isOver) return null;
    return `no other follows after ${used} of ${retryAfterDays.length} retries`;
  }
  if (spans.length === 0)
    return `another follows as number ${used + 1} of ${retryAfterDays.length}`;
  if (scheduleUsed !== used + 1) return `${scheduleUsed} of the schedule are used after ${used}`;
  const when = new Date(nextScheduledAt).toISOString();
  if (nextScheduledAt > latest) return `the next one comes at ${when}, after the window`;
  if (spans.some(({ from, to }) => nextScheduledAt >= from && nextScheduledAt <= to)) return null;
  const earliest = Math.min(...spans.map(({ from }) => from));
  const isBehindWait = waits.some(
    (wait) => nextScheduledAt >= wait - 1000 && nextScheduledAt <= wait + limits.jitterMs + 1000,
  );
  if (isBehindWait && nextScheduledAt >= earliest) return null;
  return `the next one comes at ${when}, not ${spans.map(tellSpan).join(' or ')}`;
}

const tellSpan = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  `${new Date(from).toISOString()} to ${new Date(to).toISOString()}`;

/** When networks allow what the customer has to be tried again. */
function waitsOf({ ledger }: Known, { item }: CaseFile, now: number): readonly number[] {
  return ledger.methods.ofCustomer(item.customer).flatMap((method) =>
    ledger.methods.cardsBetween(method, 0, Number.POSITIVE_INFINITY).flatMap((card) =>
      ledger.tries.ofCard(card).flatMap(({ refusal, time }) => {
        const capEnds = [time + 86_400_000, time + 30 * 86_400_000];
        const waitEnds = refusal === null || refusal.waitMs === 0 ? [] : [time + refusal.waitMs];
        return [...waitEnds, ...capEnds].filter((end) => end > now);
      }),
    ),
  );
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
