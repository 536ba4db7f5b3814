import { hasCanceled, isPausing } from '../domain/case/end-of-dunning.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { InvoiceFacts } from '../domain/stripe/stripe-facts.ts';
import type { Records } from '../runtime/records.ts';

/**
 * The facts of an invoice whose subscription may be paused or canceled because dunning for another
 * invoice of it has ended. A pause of ours stops no other invoice: it is to be collected as
 * before. After a cancellation of ours there is nothing to collect, by nobody.
 */
export async function seeOwnEnd(
  records: Pick<Records, 'cases'>,
  customer: CustomerId,
  facts: InvoiceFacts,
): Promise<InvoiceFacts> {
  const { subscription } = facts;
  if (subscription === null) return facts;
  const { status, collectionPaused, subscription: id } = subscription;
  if (!collectionPaused && status !== 'canceled') return facts;
  const { cases } = await records.cases(customer);
  return {
    ...facts,
    subscription: {
      ...subscription,
      collectionPaused: collectionPaused && !cases.some((each) => isPausing(each, id)),
      ...(cases.some((each) => hasCanceled(each, id)) ? { canceledByEnd: true } : {}),
    },
  };
}
