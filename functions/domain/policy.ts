import type { DeclineKind } from './decline/decline.ts';

/**
 * What decisions depend on beside what happened: rules that a business may set, as data. Which is
 * why, and each source: docs/policy.md.
 */
export interface Policy {
  /** Invoices with another `billing_reason` are not ours to collect. */
  readonly billingReasons: readonly string[];
  readonly livemode: boolean;
  /** Where a customer lives of whom nothing tells it: the business's IANA time zone. */
  readonly businessTimeZone: string;
  /** Days after a pass in which every method was refused, until the next pass. */
  readonly retryAfterDays: readonly number[];
  /** The customer's local time at which a pass of the schedule runs, `HH:MM`. */
  readonly retryAt: string;
  /** No pass of the schedule runs later than so many days after the case began. */
  readonly windowDays: number;
  readonly paydays: readonly Payday[];
  /** Failed charges of one method for one invoice, Stripe's own included. */
  readonly maximumTriesPerMethod: number;
  /** The same for bank debits. */
  readonly maximumTriesPerDebit: number;
  readonly declines: Readonly<Record<DeclineKind, KindPolicy>>;
  readonly fallback: FallbackLimits;
  readonly notices: {
    readonly beforeLastTryHours: number;
    readonly beforeEndDays: number;
    /** Days before a card expires at which the customer is told; none: never. */
    readonly beforeExpiryDays: readonly number[];
  };
  readonly end: EndPolicy;
}

/** A day of the month, or the last day that is neither Saturday nor Sunday. */
export type Payday = number | 'last_business_day';

/** What follows a refusal of one kind. */
export interface KindPolicy {
  /** Whether the primary is tried once more in the pass that follows Stripe's own refusal. */
  readonly tryAgainAtOnce: boolean;
  readonly fallback: FallbackRule;
}

/** When the secondary may be charged in place of a primary that was refused. */
export type FallbackRule = 'at_once' | 'after_payday' | 'never' | { readonly afterHours: number };

export interface FallbackLimits {
  /** Most that the secondary is charged for one invoice, in minor units by currency. */
  readonly ceilings: Readonly<Record<string, number>>;
  readonly subscriptions: 'all_but_marked' | 'only_marked';
}

export interface EndPolicy {
  /** Days from the last try of the schedule until the end. */
  readonly afterDays: number;
  readonly access: 'keep' | 'suspend';
  readonly action: EndAction;
}

/** What becomes of invoice or subscription at Stripe when dunning ends without payment. */
export type EndAction =
  | 'leave_open'
  | 'mark_uncollectible'
  | 'cancel_subscription'
  | 'pause_subscription';
