import type { Known } from '../rule.ts';
import type { Attempt } from './cases.ts';
import type { Try } from './tries.ts';

/**
 * A charge of somebody else's that an attempt may be settled by: the design takes "a charge by
 * that method on the invoice's PaymentIntent since `startedAt`" for the outcome of an attempt
 * whose answer is unknown, and Stripe shows nobody whose charge it is. So a customer who pays by
 * hand with the very method, while an attempt with it stands open, may be taken for us. An attempt
 * that the customer makes in their page is settled by whatever they pay with.
 */
export const chargesTakenFor = ({ ledger }: Known, attempt: Attempt): readonly Try[] =>
  ledger.tries
    .ofInvoice(attempt.invoice)
    .filter(
      ({ ours, method, madeAt }) =>
        !ours &&
        (attempt.isCustomers || method === attempt.method) &&
        madeAt > attempt.claim.basis &&
        madeAt <= (attempt.endedAt ?? Number.POSITIVE_INFINITY),
    );

/** The attempt that a success of somebody else's may be taken for. */
export const attemptPaidByOthers = (known: Known, invoice: string): Attempt | undefined =>
  known.cases
    .of(invoice)
    ?.attempts.find((attempt) =>
      chargesTakenFor(known, attempt).some(({ status }) => status === 'succeeded'),
    );
