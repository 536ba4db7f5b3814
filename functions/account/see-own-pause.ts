import { isPausing } from '../domain/end-of-dunning.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { InvoiceFacts } from '../domain/stripe-facts.ts';
import type { Records } from '../runtime/records.ts';

/**
 * The facts of an invoice whose subscription may be paused because dunning for another invoice of
 * it has ended: that pause is ours, and this invoice is to be collected as before.
 */
export async function seeOwnPause(
  records: Pick<Records, 'account'>,
  customer: CustomerId,
  facts: InvoiceFacts,
): Promise<InvoiceFacts> {
  const { subscription } = facts;
  if (subscription === null || !subscription.collectionPaused) return facts;
  const { cases = [] } = (await records.account(customer)) ?? {};
  return cases.some((each) => isPausing(each, subscription.subscription))
    ? { ...facts, subscription: { ...subscription, collectionPaused: false } }
    : facts;
}
