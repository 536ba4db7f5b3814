import { type SafeReason, safeReason } from './decline.ts';
import type {
  AttemptOutcome,
  AttemptRole,
  ByHand,
  CloseReason,
  DunningCase,
  HistoryEntry,
} from './dunning-case.ts';
import type { PaymentMethodId } from './ids.ts';
import type { Money } from './money.ts';
import type { Instant } from './time.ts';

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
  | { readonly kind: 'by_business'; readonly what: Exclude<ByHand, 'acknowledge'> }
  | { readonly kind: 'ended'; readonly how: SafeEnd };

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
    case 'observed':
    case 'waiting':
    case 'took_over':
    case 'end_announced':
    case 'dunning_ended':
    case 'default_restored':
    case 'trouble':
    case 'trouble_ended':
      return null;
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

/** What comes next by itself; a payment in the customer's own page keeps everything else back. */
export function comesNext(dunningCase: DunningCase, now: Instant): ComesNext {
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
      return retryWanted > retryServed ? { next: 'try', at: heldUntil } : { next: 'nothing' };
    case 'recovered':
    case 'closed':
      return { next: 'nothing' };
  }
}
