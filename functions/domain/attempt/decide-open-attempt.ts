import type {
  AttemptOutcome,
  DebitOutcome,
  OpenAttempt,
  OwnAttempt,
} from '../case/dunning-case.ts';
import { classifyDecline, type DeclineCodes } from '../decline/decline.ts';
import type { ChargeFacts, InvoiceFacts } from '../stripe/stripe-facts.ts';
import { executedByMs, hourMs, type Instant } from '../time.ts';

/** What to do with an attempt whose outcome is not on record. */
export type AttemptStep =
  /** Another process may still be at work on it. */
  | { readonly step: 'leave' }
  /** Stripe's ledger shows what became of it. */
  | { readonly step: 'settle'; readonly outcome: AttemptOutcome }
  /** Send the same request under the same key. */
  | { readonly step: 'resend' }
  /** Too early to say that it never happened. */
  | { readonly step: 'ask_again'; readonly at: Instant };

/**
 * Stripe keeps an idempotency key for at least 24 hours; after that the same key may charge
 * anew (docs.stripe.com/api/idempotent_requests). One hour is left as a margin.
 */
const keyIsSafeForMs = 23 * hourMs;

/**
 * The next step of an attempt of ours that a process left open, from what Stripe shows of it.
 * @param mayCharge Whether its method would still be charged: role, consent, revision, hold and
 * the switch are as they were when it was claimed.
 */
export function decideOpenAttempt(
  attempt: OwnAttempt,
  facts: InvoiceFacts,
  mayCharge: boolean,
  now: Instant,
): AttemptStep {
  if (attempt.leaseUntil > now) return { step: 'leave' };
  const charge = chargeOfAttempt(attempt, facts);
  if (charge !== null) return { step: 'settle', outcome: outcomeOf(charge) };
  if (facts.status !== 'open') {
    return { step: 'settle', outcome: { kind: 'skipped', why: `the invoice is ${facts.status}` } };
  }
  const age = now - attempt.startedAt;
  const maySend = attempt.request !== 'server_error' && age < keyIsSafeForMs;
  if (maySend && mayCharge) return { step: 'resend' };
  if (attempt.request === 'not_executed') {
    const why = 'Stripe had not executed it, and it may no longer be sent';
    return { step: 'settle', outcome: { kind: 'skipped', why } };
  }
  const knownAt = attempt.sentAt + executedByMs;
  if (now < knownAt) return { step: 'ask_again', at: knownAt };
  return {
    step: 'settle',
    outcome: { kind: 'not_executed', why: 'Stripe shows no charge for it' },
  };
}

/**
 * The charge that came of an attempt: by its method, and newer than the newest one that stood
 * there when it was claimed. Order and identity are compared, not clocks: Stripe's clock and
 * ours differ, and `created` has whole seconds only.
 */
export function chargeOfAttempt(attempt: OpenAttempt, facts: InvoiceFacts): ChargeFacts | null {
  return chargesSince(attempt, facts).find((charge) => charge.method === attempt.method) ?? null;
}

/** The charges of the invoice since an attempt was claimed, newest first. */
export function chargesSince(
  { chargeBefore }: Pick<OpenAttempt, 'chargeBefore'>,
  { charges }: InvoiceFacts,
): readonly ChargeFacts[] {
  const before = charges.findIndex(({ charge }) => charge === chargeBefore);
  return before === -1 ? charges : charges.slice(0, before);
}

/** What a charge at Stripe says about the attempt that made it. */
export function outcomeOf(charge: ChargeFacts): DebitOutcome | { readonly kind: 'processing' } {
  switch (charge.status) {
    case 'succeeded':
      return { kind: 'succeeded' };
    case 'pending':
      return { kind: 'processing' };
    case 'failed':
      return declinedOutcome(charge.codes ?? noCodes, charge.brand);
  }
}

/** The outcome of a definite refusal. */
export function declinedOutcome(codes: DeclineCodes, cardBrand: string | null): DebitOutcome {
  const decline = classifyDecline(codes, cardBrand);
  return decline === 'authentication'
    ? { kind: 'requires_action', codes }
    : { kind: 'declined', decline, codes };
}

const noCodes: DeclineCodes = {
  code: null,
  declineCode: null,
  adviceCode: null,
  networkAdviceCode: null,
  networkDeclineCode: null,
};
