import type { AttemptRole, DunningCase } from '../domain/case/dunning-case.ts';
import { type ComesNext, comesNext, type SafeConsequence } from '../domain/case/safe-timeline.ts';
import type { Customer } from '../domain/customer/customer.ts';
import type { SafeReason } from '../domain/decline/decline.ts';
import type { InvoiceId, PaymentMethodId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import { type Instant, isoInstant } from '../domain/time.ts';

/** An invoice that is not paid yet, in words that may be shown; times are ISO 8601 in UTC. */
export interface OpenCaseView {
  readonly invoice: InvoiceId;
  readonly number: string | null;
  /** Stripe's page of the invoice. */
  readonly hostedInvoiceUrl: string | null;
  /** `null` until Stripe was asked. */
  readonly amountDue: Money | null;
  readonly state: OpenCaseState;
  readonly openedAt: string;
  /** The last try of each role, Stripe's own included. */
  readonly tried: readonly TriedView[];
  readonly next: NextView;
  /** Until then the business charges nothing for it, and nobody can pay it in the page. */
  readonly heldUntil: string | null;
  /** A payment that may still complete; `you`: in the customer's own page. */
  readonly underWay: {
    readonly by: 'you' | 'us';
    readonly since: string;
    readonly until: string;
  } | null;
}

/**
 * - `trying`: a try is under way or about to be;
 * - `waiting`: until the next try;
 * - `action_required`: the bank wants the customer to confirm;
 * - `processing`: a bank carries a payment out;
 * - `given_up`: no more tries by themselves; another method or the customer's own payment helps.
 */
export type OpenCaseState = 'trying' | 'waiting' | 'action_required' | 'processing' | 'given_up';

export interface TriedView {
  readonly role: AttemptRole;
  readonly method: PaymentMethodId;
  readonly at: string;
  readonly result: 'refused' | 'processing' | 'paid';
  readonly reason: SafeReason | null;
}

/** What happens next by itself. */
export type NextView =
  | { readonly next: 'try'; readonly at: string }
  | { readonly next: 'wait'; readonly until: string }
  | { readonly next: 'end'; readonly at: string; readonly follows: SafeConsequence }
  | { readonly next: 'nothing' };

/** Something is still to be paid, as far as we know. */
export const isOpen = ({ progress }: DunningCase): boolean =>
  progress.state !== 'recovered' && progress.state !== 'closed';

/** A case in safe words. */
export function viewOpenCase(
  dunningCase: DunningCase,
  { extension }: Pick<Customer, 'extension'>,
  now: Instant,
): OpenCaseView {
  const { invoice, amountDue, shown, createdAt, openAttempt, hold, lastTried = [] } = dunningCase;
  return {
    invoice,
    number: shown?.number ?? null,
    hostedInvoiceUrl: shown?.hostedInvoiceUrl ?? null,
    amountDue,
    state: stateOf(dunningCase),
    openedAt: isoInstant(createdAt),
    tried: lastTried.map(({ at, ...tried }) => ({ ...tried, at: isoInstant(at) })),
    next: viewNext(comesNext(dunningCase, extension, now)),
    heldUntil:
      hold !== null && hold.until > now && isOpen(dunningCase) ? isoInstant(hold.until) : null,
    underWay:
      openAttempt === null
        ? null
        : {
            by: openAttempt.initiator === 'customer' ? 'you' : 'us',
            since: isoInstant(openAttempt.startedAt),
            until: isoInstant(openAttempt.leaseUntil),
          },
  };
}

function stateOf(dunningCase: DunningCase): OpenCaseState {
  const { progress, openAttempt, retryWanted, retryServed } = dunningCase;
  if (openAttempt !== null) return 'trying';
  switch (progress.state) {
    case 'waiting':
    case 'action_required':
    case 'processing':
      return progress.state;
    case 'exhausted':
      return retryWanted > retryServed ? 'trying' : 'given_up';
    default:
      return 'trying';
  }
}

function viewNext(next: ComesNext): NextView {
  switch (next.next) {
    case 'try':
      return { next: 'try', at: isoInstant(next.at) };
    case 'wait':
      return { next: 'wait', until: isoInstant(next.until) };
    case 'end':
      return { ...next, at: isoInstant(next.at) };
    case 'nothing':
      return next;
  }
}
