import { liftBlocks } from '../domain/card-ledger.ts';
import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { changeLedger } from './change-ledger.ts';
import type { AccountDependencies } from './dependencies.ts';

/** Takes the blocks out of the card's ledger that stood there at `at`; doing it twice is the same. */
export async function liftBlock(
  { records }: Pick<AccountDependencies, 'records'>,
  customer: CustomerId,
  { method: id, at }: { readonly method: PaymentMethodId; readonly at: Instant },
): Promise<void> {
  const method = await records.method(customer, id);
  if (method === null) return;
  await changeLedger({ records }, method, (ledger) => liftBlocks(ledger, method, at));
}
