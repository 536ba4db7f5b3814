import type { AuditEntry } from '../audit.ts';
import type { MethodRefusal } from '../customer/payment-method.ts';
import type { DeclineCodes, DeclineKind, SafeReason } from '../decline/decline.ts';
import type { ChargeId, CustomerId, InvoiceId, PaymentMethodId, SubscriptionId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { InvoiceNotice } from '../notice/notice-content.ts';
import type { EndAction, EndPolicy } from '../policy.ts';
import type { Instant } from '../time.ts';
import type { Explanation, Rule } from './explanation.ts';
import type { Observed } from './observation.ts';

export type Role = 'primary' | 'secondary';
/** A customer may pay with a method that has no role: a spare one. */
export type AttemptRole = Role | 'spare';

/** Where the case stands. Whatever has not ended has a due time. */
export type Progress =
  | { readonly state: 'due'; readonly dueAt: Instant }
  | { readonly state: 'waiting'; readonly dueAt: Instant }
  | { readonly state: 'action_required'; readonly dueAt: Instant }
  /**
   * A payment is on its way: `debit` is one of ours; of another's, `interrupted` is where the case
   * goes on should it fail, and without it a pass goes on.
   */
  | {
      readonly state: 'processing';
      readonly dueAt: Instant;
      readonly debit?: Debit;
      readonly interrupted?: Progress;
    }
  | { readonly state: 'recovered'; readonly endedAt: Instant; readonly role: AttemptRole }
  | { readonly state: 'exhausted'; readonly endedAt: Instant }
  | { readonly state: 'closed'; readonly endedAt: Instant; readonly reason: CloseReason };

export type CloseReason =
  | 'paid_elsewhere'
  | 'voided'
  | 'uncollectible'
  | 'not_ours'
  | 'customer_deleted'
  | 'subscription_canceled'
  | 'collection_paused'
  | 'invoice_missing'
  /** Staff gave the invoice back to Stripe. */
  | 'handed_back'
  /** Staff want no more done about it; the invoice stays at Stripe as it is. */
  | 'closed_by_staff';

/** Why a pass runs. */
export type PassCause =
  | 'new'
  | 'scheduled'
  | 'wanted'
  /**
   * The secondary may be charged from now on, or a card's network has renewed a method: what the
   * primary was refused with stands, unless its own data are others now.
   */
  | 'fallback';

/** One go through primary, then secondary. */
export interface Pass {
  /** Counts the passes of the case from 1. */
  readonly number: number;
  readonly cause: PassCause;
  readonly startedAt: Instant;
  /** Definite refusals in this pass, at most one a role. */
  readonly refusals: readonly Refusal[];
}

/** A method's definite no. */
export interface Refusal {
  readonly role: Role;
  readonly method: PaymentMethodId;
  readonly revision: number;
  readonly kind: DeclineKind;
  readonly codes: DeclineCodes | null;
  readonly at: Instant;
  /** Stripe's own try counted as this method's try, or ours was refused, or the customer's own. */
  readonly by: 'stripe' | 'backstop' | 'customer';
}

/** What every attempt has. */
interface Attempt {
  /** Counts the attempts of the case from 1; a number is never used twice. */
  readonly n: number;
  readonly method: PaymentMethodId;
  readonly revision: number;
  /** Stripe idempotency key, derived from invoice, method and n. */
  readonly key: string;
  readonly startedAt: Instant;
  /** When it was last about to be sent; `startedAt` until it is sent again. */
  readonly sentAt: Instant;
  /** Until then the process, or the page, for which it was claimed may still be at work. */
  readonly leaseUntil: Instant;
  /** The newest charge of the invoice when the attempt was claimed: newer ones can be its outcome. */
  readonly chargeBefore: ChargeId | null;
  /** Which change of the customer had chosen the primary by then; absent in older records. */
  readonly primarySetBy?: number;
  /** What the subscription charged by itself then; absent where there is none to restore. */
  readonly subscriptionDefault?: SubscriptionDefault;
  /** The decision that led to it. */
  readonly trace: readonly Explanation[];
}

/** An attempt of ours: only the room `retry` claims and sends it. */
export interface OwnAttempt extends Attempt {
  readonly initiator?: 'backstop';
  readonly role: Role;
  /**
   * What is known of the request: `maybe_sent` covers a death before or after sending and a
   * lost answer; `not_executed` means Stripe said so; `server_error` must never be sent again.
   */
  readonly request: 'maybe_sent' | 'not_executed' | 'server_error';
}

/**
 * The default of a subscription that moves to whatever pays
 * (`payment_settings.save_default_payment_method: on_subscription`).
 */
export interface SubscriptionDefault {
  readonly subscription: SubscriptionId;
  /** `null`: it had none of its own, and the customer's was charged. */
  readonly method: PaymentMethodId | null;
}

/**
 * The customer pays in their page, on-session: Stripe is asked by the page and never by us, and
 * the outcome is read from Stripe, whatever the page says.
 */
export interface CustomerAttempt extends Attempt {
  readonly initiator: 'customer';
  readonly role: AttemptRole;
  readonly request: 'in_the_page';
  /** Where the case stood: there it goes on, unless it was paid. */
  readonly interrupted: Progress;
}

/** A charge that is about to be made, or was made and has no known outcome yet. */
export type OpenAttempt = OwnAttempt | CustomerAttempt;

/** What is kept of an attempt that began a bank debit, until the debit settles or comes back. */
export interface Debit
  extends Pick<
    OpenAttempt,
    'n' | 'role' | 'method' | 'revision' | 'chargeBefore' | 'primarySetBy' | 'subscriptionDefault'
  > {
  readonly initiator?: OpenAttempt['initiator'];
  /** Of a customer's: where the case goes on, should the debit come back. */
  readonly interrupted?: Progress;
}

/** A stop for all charges of this invoice, set by an on-session payment or by staff. */
export interface Hold {
  readonly reason: string;
  readonly until: Instant;
}

/** Work in other places that the case still owes; done at least once, then struck off. */
export type Owed =
  | { readonly kind: 'history'; readonly entry: HistoryEntry }
  | { readonly kind: 'notice'; readonly notice: InvoiceNotice }
  | { readonly kind: 'audit'; readonly entry: AuditEntry }
  | { readonly kind: 'hand_back' }
  /** The subscription's default moved to what paid: back to what it was, unless somebody chose. */
  | {
      readonly kind: 'restore_default';
      readonly before: SubscriptionDefault;
      readonly promoted: PaymentMethodId;
      readonly primarySetBy: number;
    }
  /** Dunning ended without payment: what the policy does at Stripe then. */
  | {
      readonly kind: 'end_dunning';
      readonly action: EndAction;
      readonly subscription: SubscriptionId | null;
    }
  /** Paid after the end had paused the subscription: its next invoices are collected again. */
  | { readonly kind: 'resume_subscription'; readonly subscription: SubscriptionId }
  /** The method's record is to say how it did: refused, or paid at `at` where `refused` is null. */
  | {
      readonly kind: 'note_method';
      readonly method: PaymentMethodId;
      readonly at: Instant;
      readonly refused: MethodRefusal | null;
    };

/** The last try of the method in a role, as its customer may read it. */
export interface Tried {
  readonly role: AttemptRole;
  readonly method: PaymentMethodId;
  readonly at: Instant;
  readonly result: 'refused' | 'processing' | 'paid';
  /** `null` unless `refused`. */
  readonly reason: SafeReason | null;
}

/** What became of an attempt. */
export type AttemptOutcome =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'processing' }
  | { readonly kind: 'declined'; readonly decline: DeclineKind; readonly codes: DeclineCodes }
  | { readonly kind: 'requires_action'; readonly codes: DeclineCodes }
  | { readonly kind: 'method_unusable'; readonly why: string }
  | { readonly kind: 'not_executed'; readonly why: string }
  | { readonly kind: 'skipped'; readonly why: string };

/** How a bank debit ends. */
export type DebitOutcome = Extract<
  AttemptOutcome,
  { readonly kind: 'succeeded' | 'declined' | 'requires_action' }
>;

/** What happened to the case. */
export type HistoryEvent =
  | {
      readonly kind: 'attempt';
      readonly n: number;
      /** Absent where it is ours. */
      readonly initiator?: 'customer';
      readonly role: AttemptRole;
      readonly method: PaymentMethodId;
      readonly startedAt: Instant;
      readonly outcome: AttemptOutcome;
      readonly trace: readonly Explanation[];
    }
  /** No method was left to try; `nextPassAt` is `null` when the schedule is used up. */
  | {
      readonly kind: 'pass_ended';
      readonly nextPassAt: Instant | null;
      readonly trace: readonly Explanation[];
    }
  /** What became, days later, of an attempt whose outcome was `processing`. */
  | {
      readonly kind: 'debit_ended';
      readonly n: number;
      readonly role: AttemptRole;
      readonly method: PaymentMethodId;
      readonly outcome: DebitOutcome;
    }
  /** The customer began to pay in their page; the attempt of the same number says how it ended. */
  | {
      readonly kind: 'payment_started';
      readonly n: number;
      readonly role: AttemptRole;
      readonly method: PaymentMethodId;
    }
  /** Nothing is done until then; one line for each new reason, not for each look. */
  | { readonly kind: 'waiting'; readonly until: Instant; readonly trace: readonly Explanation[] }
  /** Stripe's own retries were switched off; `again`: somebody had switched them on since. */
  | { readonly kind: 'took_over'; readonly again: boolean }
  /** The last try of the schedule was refused; `null`: nothing follows by itself. */
  | {
      readonly kind: 'end_announced';
      readonly endsAt: Instant;
      readonly access: EndPolicy['access'];
      readonly action: EndAction;
    }
  /** The announced end has come. */
  | {
      readonly kind: 'dunning_ended';
      readonly access: EndPolicy['access'];
      readonly action: EndAction;
    }
  /** What a fallback had moved is set back. */
  | { readonly kind: 'default_restored'; readonly before: SubscriptionDefault }
  /** Money that was paid is asked back, or may be. */
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  | { readonly kind: 'trouble_ended'; readonly source: string; readonly how: TroubleEnd }
  /** What would have been done, in mode `observe`. */
  | { readonly kind: 'observed'; readonly trace: readonly Explanation[] }
  | { readonly kind: 'closed'; readonly reason: CloseReason }
  | {
      readonly kind: 'by_hand';
      readonly action: ByHand;
      /** The ARN of who did it. */
      readonly by: string;
      /** `null` where none is asked for. */
      readonly reason: string | null;
      /** Until when it is held; `null` for everything but a hold. */
      readonly until: Instant | null;
    };

/** What staff do with a case by hand. */
export type ByHand = 'retry' | 'hold' | 'release' | 'hand_back' | 'close' | 'acknowledge';

/** What can come after a payment that had succeeded. */
export interface Trouble {
  /** Stripe's id of the dispute or of the early fraud warning. */
  readonly source: string;
  /** `reversal`: a bank took a debit back after it had settled. */
  readonly kind: 'dispute' | 'early_fraud_warning' | 'reversal';
  /** Stripe's word for why: of a dispute its `reason`, of a warning its `fraud_type`. */
  readonly reason: string;
  readonly charge: ChargeId;
  readonly method: PaymentMethodId | null;
  readonly amount: Money;
  readonly at: Instant;
}

/** `won`: the money stays; `acknowledged`: staff have dealt with it. */
export type TroubleEnd = 'won' | 'lost' | 'acknowledged';

/** The announced end of dunning without payment. */
export interface AnnouncedEnd {
  readonly announcedAt: Instant;
  /** Moved to the end of an extension that staff gave, should it come before. */
  readonly at: Instant;
  readonly access: EndPolicy['access'];
  readonly action: EndAction;
  /** `null` until it has come. */
  readonly doneAt: Instant | null;
  /** The subscription that was paused then; absent where none was. */
  readonly paused?: SubscriptionId;
  /** The subscription that was canceled then. */
  readonly canceled?: SubscriptionId;
}

/** Something to tell the customer that no try causes. */
export interface Reminder {
  readonly at: Instant;
  readonly about: 'last_try' | 'end';
}

/** One line of the case's history; never changed once written. */
export interface HistoryEntry {
  readonly invoice: InvoiceId;
  /** Counts the entries of the case from 1. */
  readonly sequence: number;
  readonly pass: number;
  readonly at: Instant;
  readonly amount: Money | null;
  readonly event: HistoryEvent;
}

/** A failed invoice on its way to being paid. */
export interface DunningCase {
  readonly customer: CustomerId;
  readonly invoice: InvoiceId;
  readonly createdAt: Instant;
  readonly progress: Progress;
  /** What is to be paid; `null` until Stripe was asked. */
  readonly amountDue: Money | null;
  /** The invoice's number and Stripe's page of it; absent until a pass has seen them. */
  readonly shown?: { readonly number: string | null; readonly hostedInvoiceUrl: string | null };
  /** The last try of each role; absent before the first. */
  readonly lastTried?: readonly Tried[];
  /** The pass under way; `null` between passes. */
  readonly pass: Pass | null;
  readonly passCount: number;
  /** Passes that came by the schedule and ended in refusals. */
  readonly scheduleUsed: number;
  /** When the schedule's next pass runs, kept while a wanted pass comes in between. */
  readonly nextScheduledAt: Instant | null;
  /** From when the secondary may be charged, where the policy waits; absent where it does not. */
  readonly fallbackAt?: Instant | null;
  /** The next thing to tell the customer by time alone; absent where there is none. */
  readonly reminder?: Reminder | null;
  /** Absent until the schedule was used up under a policy that does something then. */
  readonly end?: AnnouncedEnd;
  /** What came after the payment and nobody has dealt with yet; absent where nothing did. */
  readonly troubles?: readonly Trouble[];
  /** Why the case last waited, so that one reason is one line of the history. */
  readonly waitsFor?: Rule;
  /** What mode `observe` saw of it; absent where it was never observed. */
  readonly observed?: Observed;
  readonly openAttempt: OpenAttempt | null;
  readonly attemptCount: number;
  /** Raised by whoever wants a retry now; a pass serves all that were wanted when it began. */
  readonly retryWanted: number;
  readonly retryServed: number;
  /** How many of those that are not served yet nobody asked for; absent where there is none. */
  readonly unaskedRetries?: number;
  /** The newest change of the customer for which a retry was wanted; absent before any. */
  readonly wokenBy?: number;
  readonly hold: Hold | null;
  /** True once Stripe's own retries were switched off by us. */
  readonly ownsCollection: boolean;
  /** When they were last about to be switched off; absent until then. */
  readonly takenOverAt?: Instant;
  /** Staff gave it back to Stripe: closed as soon as taking it over can have no effect any more. */
  readonly handBackWanted?: true;
  /** The sweep has queued the case and leaves it alone until then; others look at `progress`. */
  readonly queuedUntil: Instant;
  readonly owed: readonly Owed[];
  readonly historyCount: number;
  readonly version: number;
}

/** A case that is only a hint so far: an event named the invoice, Stripe was not asked yet. */
export function hintedCase(customer: CustomerId, invoice: InvoiceId, now: Instant): DunningCase {
  return {
    customer,
    invoice,
    createdAt: now,
    progress: { state: 'due', dueAt: now },
    amountDue: null,
    pass: null,
    passCount: 0,
    scheduleUsed: 0,
    nextScheduledAt: null,
    openAttempt: null,
    attemptCount: 0,
    retryWanted: 0,
    retryServed: 0,
    hold: null,
    ownsCollection: false,
    queuedUntil: 0,
    owed: [],
    historyCount: 0,
    version: 1,
  };
}

/** Whether nothing more happens to the case by itself; `exhausted` still takes a wanted retry. */
export function hasEnded(progress: Progress): boolean {
  return (
    progress.state === 'recovered' || progress.state === 'exhausted' || progress.state === 'closed'
  );
}

/** Whether a person wants a retry that no pass has served yet, beside those that nobody asked for. */
export const isAskedFor = ({
  retryWanted,
  retryServed,
  unaskedRetries = 0,
}: Pick<DunningCase, 'retryWanted' | 'retryServed' | 'unaskedRetries'>): boolean =>
  retryWanted - retryServed > unaskedRetries;

/** When the sweep must look at the case again; `null` once it has ended and owes nothing. */
export function sweepAt(dunningCase: DunningCase): Instant | null {
  const { progress, owed, retryWanted, retryServed, queuedUntil } = dunningCase;
  const appointment = appointmentAt(dunningCase);
  if ('dueAt' in progress) {
    return Math.max(Math.min(progress.dueAt, appointment ?? progress.dueAt), queuedUntil);
  }
  // What is recovered takes no more wishes: swept for one, it would be swept for ever.
  const wanted = retryWanted > retryServed && progress.state !== 'recovered';
  if (owed.length > 0 || wanted) return Math.max(progress.endedAt, queuedUntil);
  return appointment === null ? null : Math.max(appointment, queuedUntil);
}

/**
 * The next thing that time alone brings and that is no pass: something to remind the customer of,
 * or the end of dunning. In the middle of a pass or a payment there is none.
 */
export function appointmentAt({ progress, reminder, end }: DunningCase): Instant | null {
  const { state } = progress;
  if (state !== 'waiting' && state !== 'action_required' && state !== 'exhausted') return null;
  const endsAt = state === 'exhausted' && end?.doneAt === null ? end.at : null;
  if (endsAt === null || reminder == null) return endsAt ?? reminder?.at ?? null;
  return Math.min(endsAt, reminder.at);
}

/** The key under which Stripe executes an attempt at most once. */
export const attemptKey = (invoice: InvoiceId, method: PaymentMethodId, n: number): string =>
  `backstop-${invoice}-${n}-${method}`;
