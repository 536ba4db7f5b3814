import type { DeclineCodes } from '../decline/decline.ts';
import type { PaymentMethodId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { Candidate, Situation } from '../pass/situation.ts';
import type { ChargeFacts, InvoiceFacts, Place } from '../stripe/stripe-facts.ts';
import { dayMs, type Instant } from '../time.ts';
import type { DunningCase, Role } from './dunning-case.ts';

/** A case that was only observed is forgotten so long after its end: nothing was ever done. */
export const forgetObservedMs = 90 * dayMs;

/**
 * What mode `observe` keeps of a case: what stood at its beginning, what would have been done, and
 * what came of it at Stripe meanwhile. Nothing in it says whose it was but the case's own ids.
 */
export interface Observed {
  /** When Stripe's own try was refused; the beginning of the case where there was none. */
  readonly failedAt: Instant;
  /** Why it was; `null` where Stripe tried nothing. */
  readonly refusal: DeclineCodes | null;
  /** What was to be paid then. */
  readonly amount: Money;
  /** The customer's `metadata.timezone`. */
  readonly timeZone: string | null;
  /** Where they live, or else where the primary's bills go. */
  readonly place: Place | null;
  /** The subscription's `backstop_fallback`. */
  readonly fallback: 'on' | 'off' | null;
  readonly primary: ObservedMethod | null;
  readonly secondary: ObservedSecondary | null;
  /** What would have been tried, pass by pass. */
  readonly passes: readonly ObservedPass[];
  /** Others' tries since the first refusal, oldest first. */
  readonly later: readonly ObservedTry[];
}

export interface ObservedMethod {
  readonly method: PaymentMethodId;
  readonly type: string;
  readonly brand: string | null;
  readonly expMonth: number | null;
  readonly expYear: number | null;
  /** The key of its card's ledger: methods that share it are one card. */
  readonly card: string;
}

export interface ObservedSecondary extends ObservedMethod {
  readonly consented: boolean;
}

export interface ObservedPass {
  readonly at: Instant;
  /** In this order, each only should the one before be refused. */
  readonly tries: readonly WouldTry[];
  /** From when the secondary might be charged, where the policy has it wait. */
  readonly fallbackAt: Instant | null;
  /** When the next pass would run; `null` where none would. */
  readonly nextPassAt: Instant | null;
}

/** A charge that would have been made. */
export interface WouldTry {
  readonly role: Role;
  readonly method: PaymentMethodId;
}

export interface ObservedTry {
  readonly at: Instant;
  readonly role: Role | 'other';
  readonly paid: boolean;
  readonly codes: DeclineCodes | null;
}

/** A case is one item: the newest say enough of one that goes on for longer. */
const mostPasses = 30;
const mostTries = 30;

/** What is kept of the case once this pass was observed as well. */
export function observeAgain(situation: Situation, pass: ObservedPass): Observed {
  const { dunningCase, facts } = situation;
  const before = dunningCase.observed ?? beginning(situation);
  const passes = [...before.passes, pass].slice(-mostPasses);
  return { ...before, passes, later: triesSince(before, facts) };
}

/**
 * The case with what Stripe shows by now of the tries of others; the same case where it was never
 * observed, or is ours since.
 */
export function noteTriesOfOthers(dunningCase: DunningCase, facts: InvoiceFacts): DunningCase {
  const { observed } = dunningCase;
  if (observed === undefined || !isOnlyObserved(dunningCase)) return dunningCase;
  return { ...dunningCase, observed: { ...observed, later: triesSince(observed, facts) } };
}

/** Whether nothing was ever done about the case but to look at it. */
export const isOnlyObserved = (dunningCase: DunningCase): boolean =>
  dunningCase.observed !== undefined &&
  dunningCase.attemptCount === 0 &&
  dunningCase.takenOverAt === undefined;

function beginning({ dunningCase, facts, primary, secondary }: Situation): Observed {
  const refused = facts.charges.find(
    ({ method, status }) => status === 'failed' && method === primary?.method.method,
  );
  return {
    failedAt: refused?.createdAt ?? dunningCase.createdAt,
    refusal: refused?.codes ?? null,
    amount: facts.amountDue,
    timeZone: facts.holder.timeZone,
    place: facts.holder.place ?? placeOfBills(primary),
    fallback: facts.subscription?.fallback ?? null,
    primary: primary === null ? null : methodOf(primary),
    secondary:
      secondary === null
        ? null
        : { ...methodOf(secondary), consented: secondary.method.consent !== null },
    passes: [],
    later: [],
  };
}

function placeOfBills(primary: Candidate | null): Place | null {
  const address = primary?.method.billing.address ?? null;
  if (address === null || address.country === null) return null;
  return { country: address.country, state: address.state };
}

const methodOf = ({ method, ledger }: Candidate): ObservedMethod => ({
  method: method.method,
  type: method.type,
  brand: method.brand,
  expMonth: method.expMonth,
  expYear: method.expYear,
  card: ledger.card,
});

const triesSince = (observed: Observed, { charges }: InvoiceFacts): readonly ObservedTry[] =>
  charges
    .filter(({ status, createdAt }) => status !== 'pending' && createdAt > observed.failedAt)
    .map((charge) => tryOf(observed, charge))
    .reverse()
    .slice(-mostTries);

const tryOf = (
  { primary, secondary }: Observed,
  { method, status, createdAt, codes }: ChargeFacts,
): ObservedTry => ({
  at: createdAt,
  role:
    method !== null && method === primary?.method
      ? 'primary'
      : method !== null && method === secondary?.method
        ? 'secondary'
        : 'other',
  paid: status === 'succeeded',
  codes,
});
