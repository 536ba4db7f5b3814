import type { Extension } from '../customer/customer.ts';
import { type SafeReason, safeReason } from '../decline/decline.ts';
import type { PaymentMethodId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { Instant } from '../time.ts';
import type {
  AnnouncedEnd,
  AttemptOutcome,
  AttemptRole,
  ByHand,
  CloseReason,
  DunningCase,
  HistoryEntry,
} from './dunning-case.ts';
import { whereEndStands } from './end-of-dunning.ts';

/** What a customer may be told of what happened; no code of a bank and no name of staff. */
export type SafeEvent =
  | {
      readonly kind: 'tried';
      /** Who tried: the customer in their page, or we by ourselves. */
      readonly by: 'you' | 'us';
      readonly role: AttemptRole;
      readonly method: PaymentMethodId;
      readonly result: SafeResult;
      /** Only of what was refused. */
      readonly reason: SafeReason | null;
    }
  /** What became of a bank debit that was on its way. */
  | {
      readonly kind: 'debit_ended';
      readonly role: AttemptRole;
      readonly method: PaymentMethodId;
      readonly result: SafeResult;
      readonly reason: SafeReason | null;
    }
  | {
      readonly kind: 'payment_started';
      readonly role: AttemptRole;
      readonly method: PaymentMethodId;
    }
  /** All methods were tried; `null` where nothing is tried again by itself. */
  | { readonly kind: 'round_ended'; readonly nextTryAt: Instant | null }
  /** Nothing is tried any more by itself, and unless it is paid by then, this follows. */
  | { readonly kind: 'end_ahead'; readonly endsAt: Instant; readonly follows: SafeConsequence }
  | { readonly kind: 'access_ended'; readonly follows: SafeConsequence }
  | { readonly kind: 'by_business'; readonly what: Exclude<ByHand, 'acknowledge'> }
  | { readonly kind: 'ended'; readonly how: SafeEnd };

/** What the customer notices of the end; what only the business's books tell of is not theirs. */
export interface SafeConsequence {
  readonly access: 'goes_on' | 'ends';
  readonly subscription: 'goes_on' | 'canceled' | 'paused';
}

/** `not_made`: nothing was charged, and no bank was asked. */
export type SafeResult = 'paid' | 'on_its_way' | 'refused' | 'not_made';

/** `not_collected`: nothing is to be paid here any more. */
export type SafeEnd = 'paid' | 'canceled' | 'not_collected';

export interface SafeEntry {
  readonly sequence: number;
  readonly at: Instant;
  readonly amount: Money | null;
  readonly event: SafeEvent;
}

/** What happens to the case next, if nobody does anything. */
export type ComesNext =
  | { readonly next: 'try'; readonly at: Instant }
  /** A payment is on its way: it is looked at then. */
  | { readonly next: 'wait'; readonly until: Instant }
  /** No more tries: unless it is paid by then, the announced end comes. */
  | { readonly next: 'end'; readonly at: Instant; readonly follows: SafeConsequence }
  /** Nothing: it ended, or it is the customer's turn. */
  | { readonly next: 'nothing' };

/** The history of a case in words for its customer, in order; what is not for them is left out. */
export function safeTimeline(
  history: readonly HistoryEntry[],
  { owed }: Pick<DunningCase, 'owed'>,
): readonly SafeEntry[] {
  // What was written to the case is told from there, until it is in its own item.
  const unwritten = owed.flatMap((each) => (each.kind === 'history' ? [each.entry] : []));
  const bySequence = new Map([...history, ...unwritten].map((entry) => [entry.sequence, entry]));
  const entries = [...bySequence.values()].sort((a, b) => a.sequence - b.sequence);
  return entries.flatMap(({ sequence, at, amount, event }) => {
    const safe = safeEvent(event);
    return safe === null ? [] : [{ sequence, at, amount, event: safe }];
  });
}

function safeEvent(event: HistoryEntry['event']): SafeEvent | null {
  switch (event.kind) {
    case 'attempt': {
      const { role, method, outcome } = event;
      const by = event.initiator === 'customer' ? 'you' : 'us';
      return { kind: 'tried', by, role, method, ...safeResult(outcome) };
    }
    case 'debit_ended': {
      const { role, method, outcome } = event;
      return { kind: 'debit_ended', role, method, ...safeResult(outcome) };
    }
    case 'payment_started':
      return { kind: 'payment_started', role: event.role, method: event.method };
    case 'pass_ended':
      return { kind: 'round_ended', nextTryAt: event.nextPassAt };
    case 'by_hand':
      return event.action === 'acknowledge' ? null : { kind: 'by_business', what: event.action };
    case 'closed':
      return { kind: 'ended', how: safeEnd(event.reason) };
    case 'end_announced': {
      const follows = safeConsequence(event);
      return follows && { kind: 'end_ahead', endsAt: event.endsAt, follows };
    }
    case 'dunning_ended': {
      const follows = safeConsequence(event);
      return follows && { kind: 'access_ended', follows };
    }
    case 'observed':
    case 'waiting':
    case 'took_over':
    case 'default_restored':
    case 'trouble':
    case 'trouble_ended':
      return null;
  }
}

function safeConsequence({ access, action }: EndOf): SafeConsequence | null {
  const subscription = subscriptionAfter(action);
  if (access === 'keep' && subscription === 'goes_on') return null;
  return { access: access === 'suspend' ? 'ends' : 'goes_on', subscription };
}

type EndOf = Pick<AnnouncedEnd, 'access' | 'action'>;

function subscriptionAfter(action: EndOf['action']): SafeConsequence['subscription'] {
  switch (action) {
    case 'cancel_subscription':
      return 'canceled';
    case 'pause_subscription':
      return 'paused';
    case 'leave_open':
    case 'mark_uncollectible':
      return 'goes_on';
  }
}

function safeResult(outcome: AttemptOutcome): { result: SafeResult; reason: SafeReason | null } {
  switch (outcome.kind) {
    case 'succeeded':
      return { result: 'paid', reason: null };
    case 'processing':
      return { result: 'on_its_way', reason: null };
    case 'declined':
      return { result: 'refused', reason: safeReason(outcome.decline, outcome.codes) };
    case 'requires_action':
      return { result: 'refused', reason: safeReason('authentication', outcome.codes) };
    case 'method_unusable':
      return { result: 'refused', reason: safeReason('unusable', null) };
    case 'not_executed':
    case 'skipped':
      return { result: 'not_made', reason: null };
  }
}

export function safeEnd(reason: CloseReason): SafeEnd {
  switch (reason) {
    case 'paid_elsewhere':
      return 'paid';
    case 'voided':
    case 'subscription_canceled':
      return 'canceled';
    default:
      return 'not_collected';
  }
}

/**
 * What comes next by itself; a payment in the customer's own page keeps everything else back.
 * @param extension The customer's: it moves the end.
 */
export function comesNext(
  dunningCase: DunningCase,
  extension: Extension | null,
  now: Instant,
): ComesNext {
  const { progress, openAttempt, hold, retryWanted, retryServed, handBackWanted } = dunningCase;
  if (openAttempt !== null) return { next: 'wait', until: openAttempt.leaseUntil };
  // Stripe collects it then.
  if (handBackWanted) return { next: 'nothing' };
  const heldUntil = Math.max(hold?.until ?? 0, now);
  switch (progress.state) {
    case 'due':
    case 'waiting':
    case 'action_required':
      return { next: 'try', at: Math.max(progress.dueAt, heldUntil) };
    case 'processing':
      return { next: 'wait', until: progress.dueAt };
    case 'exhausted':
      return retryWanted > retryServed
        ? { next: 'try', at: heldUntil }
        : endAhead(dunningCase, extension, now);
    case 'recovered':
    case 'closed':
      return { next: 'nothing' };
  }
}

function endAhead(dunningCase: DunningCase, extension: Extension | null, now: Instant): ComesNext {
  const { end } = dunningCase;
  const stands = whereEndStands(dunningCase, extension, now);
  const follows = end === undefined || end.doneAt !== null ? null : safeConsequence(end);
  if (stands?.end !== 'ahead' || follows === null) return { next: 'nothing' };
  return { next: 'end', at: stands.at, follows };
}
