import { type CardLedger, ledgerCard, liftBlocks } from '../domain/card-ledger.ts';
import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { AccountDependencies } from './dependencies.ts';

/** How often a ledger is read anew when another writer came first. */
const mostTries = 10;

/** Takes the blocks out of the card's ledger that stood there at `at`; doing it twice is the same. */
export async function liftBlock(
  { records }: Pick<AccountDependencies, 'records'>,
  customer: CustomerId,
  { method: id, at }: { readonly method: PaymentMethodId; readonly at: Instant },
): Promise<void> {
  const method = await records.method(customer, id);
  if (method === null) return;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const ledger: CardLedger = await records.ledger(ledgerCard(method));
    const lifted = liftBlocks(ledger, method, at);
    if (lifted === ledger || (await records.saveLedger(lifted))) return;
  }
  throw new Error(`The ledger of ${id} changed ${mostTries} times while it was read.`);
}
