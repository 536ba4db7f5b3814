import type { Extension } from '../customer/customer.ts';
import type { SubscriptionId } from '../ids.ts';
import type { EndAction, Policy } from '../policy.ts';
import type { InvoiceFacts } from '../stripe/stripe-facts.ts';
import { dayMs, type Instant } from '../time.ts';
import type { AnnouncedEnd, CloseReason, DunningCase, Owed } from './dunning-case.ts';
import { noticeOfEnd, noticeOfEndAhead, tellOfEndAhead } from './end-notices.ts';
import { next, tell } from './next-version.ts';
import { planReminder } from './reminders.ts';

/**
 * The end of dunning for a case whose schedule is used up; `null` where the policy does nothing
 * then, or the end was announced before: a date that was told stays.
 */
export function planEnd(
  dunningCase: DunningCase,
  policy: Policy,
  now: Instant,
): Pick<DunningCase, 'end'> | null {
  const { access, action, afterDays } = policy.end;
  if (dunningCase.end !== undefined) return null;
  if (access === 'keep' && action === 'leave_open') return null;
  const at = now + afterDays * dayMs;
  return { end: { announcedAt: now, at, access, action, doneAt: null } };
}

/**
 * The case at the end of a pass with what is announced then: the end where the schedule is used
 * up, with its line in the history and its mail, and the next reminder.
 * @param saved As it is about to be saved otherwise; stays of the same version.
 * @param isLastTry Whether the pass at `nextScheduledAt` is the last of the schedule.
 */
export function announce(
  saved: DunningCase,
  isLastTry: boolean,
  policy: Policy,
  now: Instant,
): DunningCase {
  const planned = saved.progress.state === 'exhausted' ? planEnd(saved, policy, now)?.end : null;
  const ending = planned == null ? saved : announceEnd(saved, planned, now, tellOfEndAhead);
  return { ...ending, reminder: planReminder(ending, isLastTry, policy, now) };
}

/**
 * With this end, its line in the history, and its mail where there is time for one.
 * @param tellOf Adds the mail to what is owed.
 */
function announceEnd(
  dunningCase: DunningCase,
  end: AnnouncedEnd,
  now: Instant,
  tellOf: typeof tellOfEndAhead,
): DunningCase {
  const { at: endsAt, access, action } = end;
  const told = tell(dunningCase, { kind: 'end_announced', endsAt, access, action }, now);
  const owed = endsAt > now ? tellOf(told.owed, dunningCase, end) : told.owed;
  return { ...dunningCase, ...told, end, owed };
}

/** Where the announced end of a case stands, at read time. */
export type EndStands =
  | { readonly end: 'ahead'; readonly at: Instant }
  /** It is due, and a payment that is under way or wanted may still make it needless. */
  | { readonly end: 'waits' }
  | { readonly end: 'come'; readonly since: Instant };

/**
 * Never before the announced date, never during an extension, and not while the case is still
 * being tried; `null` where no end was announced.
 */
export function whereEndStands(
  dunningCase: DunningCase,
  extension: Extension | null,
  now: Instant,
): EndStands | null {
  const { end, progress, openAttempt, retryWanted, retryServed } = dunningCase;
  if (end === undefined) return null;
  const at = Math.max(end.at, extension?.until ?? 0);
  if (at > now) return { end: 'ahead', at };
  const isTried = progress.state !== 'exhausted' || openAttempt !== null;
  if (end.doneAt === null && (isTried || retryWanted > retryServed)) return { end: 'waits' };
  return { end: 'come', since: at };
}

/** The end has come without payment: standing and Stripe follow, and the customer is told. */
export function endDunning(
  dunningCase: DunningCase,
  end: AnnouncedEnd,
  { subscription: facts }: Pick<InvoiceFacts, 'subscription'>,
  now: Instant,
): DunningCase {
  const { access, action } = end;
  const subscription = facts?.subscription ?? null;
  const told = tell(dunningCase, { kind: 'dunning_ended', access, action }, now);
  return next(dunningCase, {
    end: { ...end, doneAt: now, ...stopped(action, subscription) },
    reminder: null,
    historyCount: told.historyCount,
    owed: [
      // Before it is told: what a mail says was done, was.
      ...(action === 'leave_open' ? [] : [{ kind: 'end_dunning', action, subscription } as const]),
      ...told.owed,
      ...noticeOfEnd(dunningCase, end),
    ],
  });
}

function stopped(
  action: EndAction,
  subscription: SubscriptionId | null,
): Pick<AnnouncedEnd, 'paused' | 'canceled'> {
  if (subscription === null) return {};
  if (action === 'pause_subscription') return { paused: subscription };
  return action === 'cancel_subscription' ? { canceled: subscription } : {};
}

/** An extension moves the end behind itself, and the customer is told of the new day. */
export function postponeEnd(
  dunningCase: DunningCase,
  end: AnnouncedEnd,
  policy: Policy,
  now: Instant,
): DunningCase {
  const moved = announceEnd(next(dunningCase, {}), end, now, (owed, ended) => [
    ...owed,
    ...noticeOfEndAhead(ended, end, 'announced'),
  ]);
  return { ...moved, reminder: planReminder(moved, false, policy, now) };
}

/**
 * What the end would do at Stripe cannot be taken back: asked once more right before it is done.
 * Staff may have given an extension since it was decided, or the customer may be paying now.
 * @returns The case whose end is ahead again; `null` where the end has come as decided.
 */
export function withdrawEnd(
  dunningCase: DunningCase,
  extension: Extension | null,
  policy: Policy,
  now: Instant,
): DunningCase | null {
  if (dunningCase.end === undefined) return null;
  const { paused, canceled, ...decided } = dunningCase.end;
  const undone: DunningCase = { ...dunningCase, end: { ...decided, doneAt: null } };
  const stands = whereEndStands(undone, extension, now);
  if (stands === null || stands.end === 'come') return null;
  const end: AnnouncedEnd = {
    ...decided,
    at: stands.end === 'ahead' ? stands.at : decided.at,
    doneAt: null,
  };
  const owed = undone.owed.flatMap((each) => owedInstead(undone, end, each));
  const withdrawn = next(undone, { end, owed });
  return { ...withdrawn, reminder: planReminder(withdrawn, false, policy, now) };
}

/** What was to tell that the end has come tells when it comes now. */
function owedInstead(dunningCase: DunningCase, end: AnnouncedEnd, owed: Owed): Owed[] {
  if (owed.kind === 'end_dunning') return [];
  if (owed.kind === 'notice' && owed.notice.kind === 'dunning_ended') {
    return noticeOfEndAhead(dunningCase, end, 'announced');
  }
  if (owed.kind !== 'history' || owed.entry.event.kind !== 'dunning_ended') return [owed];
  const { at: endsAt, access, action } = end;
  const event = { kind: 'end_announced', endsAt, access, action } as const;
  return [{ kind: 'history', entry: { ...owed.entry, event } }];
}

/**
 * Whether the end of dunning still says something about the customer: its invoice is not paid, and
 * what ended the case, if anything did, was what the end itself did at Stripe.
 */
export function isUnpaidSinceEnd({ progress, end }: DunningCase): boolean {
  if (end === undefined || end.doneAt === null || progress.state === 'recovered') return false;
  return progress.state !== 'closed' || isOwnEnd(end, progress.reason);
}

/** Whether the end of this case keeps the subscription paused: its invoice is not paid. */
export const keepsPaused = (dunningCase: DunningCase, subscription: SubscriptionId): boolean =>
  dunningCase.end?.paused === subscription && isUnpaidSinceEnd(dunningCase);

/** The same, or it is about to end the pause. */
export const isPausing = (dunningCase: DunningCase, subscription: SubscriptionId): boolean =>
  keepsPaused(dunningCase, subscription) ||
  dunningCase.owed.some(
    (owed) => owed.kind === 'resume_subscription' && owed.subscription === subscription,
  );

/** Whether the end of this case has canceled the subscription, or is about to. */
export const hasCanceled = ({ end }: DunningCase, subscription: SubscriptionId): boolean =>
  end?.canceled === subscription;

/** Whether an invoice is closed for this reason because the end of dunning had it so. */
export function isOwnEnd(end: AnnouncedEnd | undefined, reason: CloseReason): boolean {
  if (end === undefined || end.doneAt === null) return false;
  const { action } = end;
  return (
    (reason === 'uncollectible' && action === 'mark_uncollectible') ||
    (reason === 'subscription_canceled' && action === 'cancel_subscription')
  );
}
