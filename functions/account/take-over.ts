import { isTakenOverAgain, ownCollection } from '../domain/case/advance-case.ts';
import type { DunningCase } from '../domain/case/dunning-case.ts';
import type { Clock, Log, Metrics, StripeGateway } from '../domain/ports.ts';
import type { InvoiceFacts } from '../domain/stripe/stripe-facts.ts';
import type { Records } from '../runtime/records.ts';

/**
 * Switches Stripe's own collection of the invoice off, so that it charges nothing beside us; where
 * that was done before, somebody has switched it on since, and it is counted. On record first, so
 * that collection is handed back whatever becomes of this process.
 * @returns False where another writer came first: then nothing was asked of Stripe.
 */
export async function takeOver(
  dependencies: {
    readonly records: Pick<Records, 'saveCase'>;
    readonly stripe: Pick<StripeGateway, 'setAutoAdvance'>;
    readonly clock: Clock;
    readonly log: Log;
    readonly metrics: Metrics;
  },
  dunningCase: DunningCase,
  facts: InvoiceFacts,
): Promise<boolean> {
  const { records, stripe, clock, log, metrics } = dependencies;
  const now = clock.now();
  const owned = ownCollection(dunningCase, facts.amountDue, now);
  if (!(await records.saveCase(owned))) return false;
  if (isTakenOverAgain(dunningCase, now)) {
    const { customer, invoice } = dunningCase;
    metrics.count('StripeRetriesFoundOn');
    log.warn("Stripe's own retries were on again", { customer, invoice });
  }
  const key = `backstop-${dunningCase.invoice}-take-over-${owned.version}`;
  await stripe.setAutoAdvance(dunningCase.invoice, false, key);
  return true;
}
