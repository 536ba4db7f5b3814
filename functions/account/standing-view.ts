import { type StandingKind, type StandingReason, standingOf } from '../domain/case/standing.ts';
import type { CustomerId, InvoiceId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import { type Instant, isoInstant } from '../domain/time.ts';
import type { CasesOfCustomer } from '../runtime/records.ts';

/** Whether the business should go on serving a customer; times are ISO 8601 in UTC. */
export interface StandingView {
  readonly standing: StandingKind;
  /** `null` of `good`. */
  readonly since: string | null;
  /** Of `grace` only: when access ends; `null` while a payment is under way that may settle it. */
  readonly until: string | null;
  /** Every invoice that stands in the way, the oldest case first. */
  readonly why: readonly {
    readonly invoice: InvoiceId;
    readonly amountDue: Money;
    readonly reason: StandingReason['reason'];
  }[];
}

/** The answer about one customer. */
export interface CustomerStanding extends StandingView {
  readonly customer: CustomerId;
}

/** Of somebody of whom nothing is known here, nothing failed. */
export function viewStanding({ customer, cases }: CasesOfCustomer, now: Instant): StandingView {
  const { since, until, ...rest } = standingOf(customer?.extension ?? null, cases, now);
  return { ...rest, since: isoOrNull(since), until: isoOrNull(until) };
}

const isoOrNull = (instant: Instant | null): string | null =>
  instant === null ? null : isoInstant(instant);
