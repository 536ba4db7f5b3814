import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import { type CardLedger, ledgerCard } from '../domain/decline/card-ledger.ts';
import type { Records } from '../runtime/records.ts';

/** How often a ledger is read anew when another writer came first. */
const mostTries = 10;

/**
 * Changes the ledger of the method's card, again where another writer came first.
 * @param change The same ledger where nothing is to be changed.
 */
export const changeLedger = (
  dependencies: LedgerDependencies,
  method: PaymentMethod,
  change: (ledger: CardLedger) => CardLedger,
): Promise<void> => changeLedgerOf(dependencies, ledgerCard(method), change);

/**
 * The same by the ledger's key, for a card of which nobody here may have a record. What changes
 * it may be several steps: they are one write, and one version.
 * @param card The card's fingerprint, or its PaymentMethod where it has none.
 */
export async function changeLedgerOf(
  { records }: LedgerDependencies,
  card: string,
  change: (ledger: CardLedger) => CardLedger,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const ledger = await records.ledger(card);
    const changed = change(ledger);
    if (changed === ledger) return;
    if (await records.saveLedger({ ...changed, version: ledger.version + 1 })) return;
  }
  throw new Error(`The ledger of ${card} changed ${mostTries} times while it was read.`);
}

interface LedgerDependencies {
  readonly records: Pick<Records, 'ledger' | 'saveLedger'>;
}
