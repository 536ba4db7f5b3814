import type { Customer } from '../domain/customer/customer.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { FinishDependencies } from './dependencies.ts';
import { mirrorFromStripe } from './mirror-customer.ts';

/**
 * The customer on record, mirrored from Stripe where that was never done: one whom only Stripe
 * knows so far is recorded. `null` where Stripe does not know them either.
 */
export async function ensureCustomer(
  dependencies: FinishDependencies,
  customer: CustomerId,
): Promise<Customer | null> {
  const stored = await dependencies.records.customer(customer);
  if (stored !== null && stored.mirroredAt !== null) return stored;
  return (await mirrorFromStripe(dependencies, customer)) ?? stored;
}
