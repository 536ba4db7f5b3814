import type { DunningCase, Role } from '../domain/case/dunning-case.ts';
import {
  isOnlyObserved,
  type Observed,
  type ObservedPass,
  type ObservedTry,
} from '../domain/case/observation.ts';
import type { DeclineCodes } from '../domain/decline/decline.ts';
import type { Money } from '../domain/money.ts';
import { type Instant, isoInstant } from '../domain/time.ts';

/** What mode `observe` saw of one failed invoice. */
export interface ObservationRecord {
  readonly customer: string;
  readonly invoice: string;
  readonly state: DunningCase['progress']['state'];
  readonly closeReason: string | null;
  /** When Stripe's own try was refused. */
  readonly failedAt: string;
  readonly amount: Money;
  /** `null` where Stripe tried nothing, or does not say why it was refused. */
  readonly refusal: DeclineCodes | null;
  readonly timeZone: string | null;
  readonly place: { readonly country: string; readonly state: string | null } | null;
  /** The subscription's `backstop_fallback`. */
  readonly fallback: 'on' | 'off' | null;
  readonly primary: Observed['primary'];
  readonly secondary: Observed['secondary'];
  /** What would have been tried, pass by pass. */
  readonly passes: readonly {
    readonly at: string;
    /** In this order, each only should the one before be refused. */
    readonly tries: readonly { readonly role: Role; readonly method: string }[];
    readonly fallbackAt: string | null;
    readonly nextPassAt: string | null;
  }[];
  /** Others' tries since, oldest first: Stripe's own retries, and the customer's. */
  readonly later: readonly {
    readonly at: string;
    readonly role: Role | 'other';
    readonly paid: boolean;
    readonly refusal: DeclineCodes | null;
  }[];
  /** When the invoice was paid without us; `null` where it was not, or is ours since. */
  readonly paidAt: string | null;
  /** Whether it was only observed; false once it was taken over in mode `own`. */
  readonly onlyObserved: boolean;
}

export function observationRecord(dunningCase: DunningCase, observed: Observed): ObservationRecord {
  const { progress } = dunningCase;
  return {
    customer: dunningCase.customer,
    invoice: dunningCase.invoice,
    state: progress.state,
    closeReason: progress.state === 'closed' ? progress.reason : null,
    failedAt: isoInstant(observed.failedAt),
    amount: observed.amount,
    refusal: observed.refusal,
    timeZone: observed.timeZone,
    place: observed.place,
    fallback: observed.fallback,
    primary: observed.primary,
    secondary: observed.secondary,
    passes: observed.passes.map(passOf),
    later: observed.later.map(tryOf),
    paidAt: iso(paidWithoutUs(dunningCase, observed)),
    onlyObserved: isOnlyObserved(dunningCase),
  };
}

/** By the charge that paid it, or else by when it was found paid. */
function paidWithoutUs(dunningCase: DunningCase, { later }: Observed): Instant | null {
  const { progress } = dunningCase;
  if (progress.state !== 'closed' || progress.reason !== 'paid_elsewhere') return null;
  return later.find(({ paid }) => paid)?.at ?? progress.endedAt;
}

const passOf = ({ at, tries, fallbackAt, nextPassAt }: ObservedPass) => ({
  at: isoInstant(at),
  tries: tries.map(({ role, method }) => ({ role, method })),
  fallbackAt: iso(fallbackAt),
  nextPassAt: iso(nextPassAt),
});

const tryOf = ({ at, role, paid, codes }: ObservedTry) => ({
  at: isoInstant(at),
  role,
  paid,
  refusal: codes,
});

const iso = (at: Instant | null): string | null => (at === null ? null : isoInstant(at));
