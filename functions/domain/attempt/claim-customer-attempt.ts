import type { Actor, AuditEntry } from '../audit.ts';
import {
  type AttemptRole,
  attemptKey,
  type CustomerAttempt,
  type DunningCase,
} from '../case/dunning-case.ts';
import { next, tell } from '../case/next-version.ts';
import { defaultToRestore } from '../case/subscription-default.ts';
import type { PaymentMethod } from '../customer/payment-method.ts';
import type { PaymentMethodId } from '../ids.ts';
import type { InvoiceFacts } from '../stripe/stripe-facts.ts';
import { type Instant, minuteMs } from '../time.ts';

/** How long a customer who pays in their page keeps all other charges away. */
export const onSessionLeaseMs = 15 * minuteMs;

export interface CustomerClaim {
  readonly dunningCase: DunningCase;
  readonly facts: InvoiceFacts;
  readonly method: PaymentMethod;
  readonly role: AttemptRole;
  /** Which change of the customer had chosen the primary by then. */
  readonly primarySetBy: number;
  /** The primary that was chosen here and is not written to Stripe yet; else what Stripe charges. */
  readonly primary: PaymentMethodId | null;
  readonly by: Actor;
  readonly now: Instant;
}

/**
 * Claims the next attempt for the customer's own page. Nothing else is charged for the invoice
 * until it was settled, or given up when the lease ended.
 * @returns The next version of the case, and the line of the audit log that it owes.
 */
export function claimCustomerAttempt(claim: CustomerClaim): {
  readonly claimed: DunningCase & { readonly openAttempt: CustomerAttempt };
  readonly entry: AuditEntry;
} {
  const { dunningCase, facts, role, primary, primarySetBy, by, now } = claim;
  const { method, revision } = claim.method;
  const n = dunningCase.attemptCount + 1;
  const leaseUntil = now + onSessionLeaseMs;
  const { amountDue } = facts;
  const event = { kind: 'payment_started', n, role, method } as const;
  const told = tell({ ...dunningCase, amountDue }, event, now);
  const entry: AuditEntry = {
    id: `${dunningCase.invoice}-${dunningCase.version + 1}`,
    at: now,
    by,
    what: 'payment_started',
    about: dunningCase.invoice,
    from: null,
    to: { attempt: n, method, amount: amountDue.amount, currency: amountDue.currency },
    reason: null,
  };
  const openAttempt: CustomerAttempt = {
    n,
    initiator: 'customer',
    role,
    method,
    revision,
    key: attemptKey(dunningCase.invoice, method, n),
    startedAt: now,
    sentAt: now,
    leaseUntil,
    chargeBefore: facts.charges[0]?.charge ?? null,
    request: 'in_the_page',
    interrupted: dunningCase.progress,
    primarySetBy,
    ...defaultToRestore(role, facts, primary),
    trace: [],
  };
  const claimed = next(dunningCase, {
    ...told,
    owed: [...told.owed, { kind: 'audit', entry }],
    progress: { state: 'due', dueAt: leaseUntil },
    amountDue,
    attemptCount: n,
  });
  return { claimed: { ...claimed, openAttempt }, entry };
}
