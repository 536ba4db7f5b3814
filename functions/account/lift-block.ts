import { liftBlocks } from '../domain/decline/card-ledger.ts';
import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { changeLedger } from './change-ledger.ts';
import type { AccountDependencies } from './dependencies.ts';
import { changeMethodRecord } from './method-records.ts';

/**
 * Takes out what stood against the method at `at`: the blocks of its card's ledger, and the
 * suspension of its consent. Doing it twice is the same.
 */
export async function liftBlock(
  { records }: Pick<AccountDependencies, 'records'>,
  customer: CustomerId,
  { method: id, at }: { readonly method: PaymentMethodId; readonly at: Instant },
): Promise<void> {
  const method = await records.method(customer, id);
  if (method === null) return;
  await changeLedger({ records }, method, (ledger) => liftBlocks(ledger, method, at));
  await changeMethodRecord({ records }, customer, id, (stored) =>
    stored.suspended === null || stored.suspended.at > at ? stored : { ...stored, suspended: null },
  );
}
