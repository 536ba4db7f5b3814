import type { Actor, AuditEntry, Audited } from '../audit.ts';
import { type Instant, isoInstant } from '../time.ts';
import { closeCase, handBackAt, handsBack } from './advance-case.ts';
import { type ByHand, type DunningCase, isAskedFor } from './dunning-case.ts';
import { isUnpaidSinceEnd } from './end-of-dunning.ts';
import { betweenStepsMs, next, tell, tellAll } from './next-version.ts';
import { plannedAt } from './planned-at.ts';

/** Who does something with a case by hand, why, and when. */
export interface Doing {
  readonly arn: string;
  readonly reason: string | null;
  readonly now: Instant;
}

/** Why a person cannot have it so. */
export type ByHandRefusal =
  /** Nothing is left to do about the invoice. */
  | 'ended'
  /** A charge, or a debit on its way, may still take the money. */
  | 'payment_under_way'
  | 'held'
  /** Staff gave it back to Stripe, and that is not done yet. */
  | 'being_handed_back';

/** The case as it is to be written, with its audit entry owed; or why nothing is. */
export type ByHandDecision =
  | { readonly changed: DunningCase; readonly entry: AuditEntry }
  | { readonly refused: ByHandRefusal }
  | 'as_wished';

/**
 * Tries the invoice now; one wish that is not served yet is as good as two. What waits for later is
 * due soon: should the process die before it has sent its message, the sweep sends another.
 */
export function retryByHand(dunningCase: DunningCase, doing: Doing): ByHandDecision {
  const refused = refuse(dunningCase);
  if (refused !== null) return { refused };
  if (isHeld(dunningCase, doing.now)) return { refused: 'held' };
  const { retryWanted } = dunningCase;
  if (isAskedFor(dunningCase)) return 'as_wished';
  return record(dunningCase, doing, 'retry', {
    retryWanted: retryWanted + 1,
    progress: dueSoon(dunningCase.progress, doing.now),
  });
}

const dueSoon = (progress: DunningCase['progress'], now: Instant): DunningCase['progress'] =>
  progress.state === 'waiting' || progress.state === 'action_required'
    ? { ...progress, dueAt: Math.min(progress.dueAt, now + betweenStepsMs) }
    : progress;

/** Stops every charge of the invoice until then; a hold that stands is made longer or shorter. */
export function holdByHand(
  dunningCase: DunningCase,
  doing: Doing & { readonly reason: string },
  until: Instant,
): ByHandDecision {
  const refused = refuse(dunningCase);
  if (refused !== null) return { refused };
  const { hold } = dunningCase;
  const { reason } = doing;
  if (hold?.until === until && hold.reason === reason) return 'as_wished';
  return record(dunningCase, doing, 'hold', {
    hold: { reason, until },
    progress: withoutHold(dunningCase, doing.now),
  });
}

/** Ends a hold: a pass runs when it is due, at once where only the hold kept it back. */
export function releaseByHand(dunningCase: DunningCase, doing: Doing): ByHandDecision {
  if (!isHeld(dunningCase, doing.now)) return 'as_wished';
  const refused = refuse(dunningCase);
  if (refused !== null) return { refused };
  return record(dunningCase, doing, 'release', {
    hold: null,
    progress: withoutHold(dunningCase, doing.now),
  });
}

/**
 * Gives collecting back to Stripe and closes the case: at once, or as soon as taking the invoice
 * over can have no effect any more, for that request may be late.
 */
export function handBackByHand(
  dunningCase: DunningCase,
  doing: Doing & { readonly reason: string },
): ByHandDecision {
  const { progress } = dunningCase;
  const isClosed = progress.state === 'closed';
  if (isClosed && progress.reason === 'handed_back') return 'as_wished';
  if (dunningCase.handBackWanted && !isClosed) return 'as_wished';
  if (progress.state === 'recovered') return { refused: 'ended' };
  if (isClosed && progress.reason !== 'closed_by_staff') return { refused: 'ended' };
  if (isPaymentUnderWay(dunningCase)) return { refused: 'payment_under_way' };
  const until = handBackAt(dunningCase);
  if (handsBack(dunningCase, 'handed_back', null) && until > doing.now) {
    return record(dunningCase, doing, 'hand_back', {
      handBackWanted: true,
      hold: { reason: doing.reason, until },
      progress: { state: 'waiting', dueAt: until },
      pass: null,
    });
  }
  return record(dunningCase, doing, 'hand_back', {}, (told) =>
    closeCase(told, 'handed_back', doing.now),
  );
}

/** Ends the case; the invoice stays at Stripe as it is. */
export function closeByHand(
  dunningCase: DunningCase,
  doing: Doing & { readonly reason: string },
): ByHandDecision {
  const { progress } = dunningCase;
  if (progress.state === 'closed' && progress.reason === 'closed_by_staff') return 'as_wished';
  // What our own end has closed still counts against the customer: so it does no more.
  const isClosedByEnd = progress.state === 'closed' && isUnpaidSinceEnd(dunningCase);
  const refused = isClosedByEnd ? null : refuse(dunningCase);
  if (refused !== null) return { refused };
  if (isPaymentUnderWay(dunningCase)) return { refused: 'payment_under_way' };
  return record(dunningCase, doing, 'close', {}, (told) =>
    closeCase(told, 'closed_by_staff', doing.now),
  );
}

/**
 * Staff have dealt with what came after the payment: the case needs nobody any more. What was
 * blocked because of it stays so until it is lifted.
 */
export function acknowledgeByHand(
  dunningCase: DunningCase,
  doing: Doing & { readonly reason: string },
): ByHandDecision {
  const { troubles = [] } = dunningCase;
  if (troubles.length === 0) return 'as_wished';
  const ended = troubles.map(
    ({ source }) => ({ kind: 'trouble_ended', source, how: 'acknowledged' }) as const,
  );
  return record(dunningCase, doing, 'acknowledge', { troubles: [] }, (told) => ({
    ...told,
    ...tellAll(told, ended, doing.now),
  }));
}

function refuse({ progress, handBackWanted }: DunningCase): ByHandRefusal | null {
  if (progress.state === 'recovered' || progress.state === 'closed') return 'ended';
  return handBackWanted ? 'being_handed_back' : null;
}

const isHeld = ({ hold }: DunningCase, now: Instant): boolean => hold !== null && hold.until > now;

const isPaymentUnderWay = ({ openAttempt, progress }: DunningCase): boolean =>
  openAttempt !== null || progress.state === 'processing';

/** Where the case would stand had there been no hold: what only waits for its end is due before. */
function withoutHold(dunningCase: DunningCase, now: Instant): DunningCase['progress'] {
  const { progress, hold } = dunningCase;
  if (progress.state !== 'waiting' || progress.dueAt !== hold?.until) return progress;
  return { state: 'waiting', dueAt: Math.max(now, plannedAt(dunningCase) ?? now) };
}

const auditedAs: Readonly<Record<ByHand, Audited>> = {
  retry: 'retry_wanted',
  hold: 'case_held',
  release: 'case_released',
  hand_back: 'case_handed_back',
  close: 'case_closed',
  acknowledge: 'trouble_acknowledged',
};

/** One write: the change, its line in the history, and the audit entry that it owes. */
function record(
  dunningCase: DunningCase,
  { arn, reason, now }: Doing,
  action: ByHand,
  change: Partial<DunningCase>,
  end: (told: DunningCase) => DunningCase = (told) => told,
): ByHandDecision {
  const by: Actor = { kind: 'staff', arn };
  const until = change.hold?.until ?? null;
  const told = tell(dunningCase, { kind: 'by_hand', action, by: arn, reason, until }, now);
  const version = dunningCase.version + 1;
  const changed = { ...end(next(dunningCase, { ...change, ...told })), version };
  const entry: AuditEntry = {
    id: `${dunningCase.invoice}-${version}`,
    at: now,
    by,
    what: auditedAs[action],
    about: dunningCase.invoice,
    from: summary(dunningCase),
    to: summary(changed),
    reason,
  };
  return { changed: { ...changed, owed: [...changed.owed, { kind: 'audit', entry }] }, entry };
}

const summary = ({ progress, hold, retryWanted, troubles = [] }: DunningCase) => ({
  state: progress.state,
  hold: hold && { reason: hold.reason, until: isoInstant(hold.until) },
  retryWanted,
  ...(troubles.length > 0 && { troubles: troubles.map(({ source }) => source) }),
});
