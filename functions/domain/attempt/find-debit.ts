import type { Debit, DebitOutcome, DunningCase } from '../case/dunning-case.ts';
import type { ChargeFacts, InvoiceFacts } from '../stripe/stripe-facts.ts';
import { chargesSince, outcomeOf } from './decide-open-attempt.ts';

/** What Stripe shows of a bank debit of ours. */
export type FoundDebit =
  | { readonly state: 'under_way' }
  | {
      readonly state: 'ended';
      readonly debit: Debit;
      readonly charge: ChargeFacts;
      readonly outcome: DebitOutcome;
    };

/**
 * What became of the bank debit that an attempt of ours began; `null` where there is none. The
 * first charge by its method after the claim is the debit's: a later one is somebody else's.
 */
export function findDebit({ progress }: DunningCase, facts: InvoiceFacts): FoundDebit | null {
  const debit = progress.state === 'processing' ? progress.debit : undefined;
  if (debit === undefined) return null;
  const charge = chargesSince(debit, facts).findLast(({ method }) => method === debit.method);
  if (charge === undefined) return null;
  const outcome = outcomeOf(charge);
  return outcome.kind === 'processing'
    ? { state: 'under_way' }
    : { state: 'ended', debit, charge, outcome };
}
