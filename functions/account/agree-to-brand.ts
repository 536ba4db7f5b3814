import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import type { FinishDependencies } from './dependencies.ts';
import { changeMethodRecord } from './method-records.ts';

/**
 * The card's number came to belong to another brand, and the customer uses it as it is now: from
 * now on it may be charged without them again.
 */
export async function agreeToBrand(
  dependencies: Pick<FinishDependencies, 'records'>,
  customer: CustomerId,
  method: PaymentMethodId,
): Promise<void> {
  await changeMethodRecord(dependencies, customer, method, (stored) =>
    stored.brandBefore === null ? stored : { ...stored, brandBefore: null },
  );
}
