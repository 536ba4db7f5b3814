import {
  type CardLedger,
  cappedUntil,
  ledgerCard,
  noteRefusal,
  releaseSlot,
  standingBlock,
  takeSlot,
} from '../domain/card-ledger.ts';
import { blockScope, classifyDecline, type DeclineCodes } from '../domain/decline.ts';
import type { OpenAttempt } from '../domain/dunning-case.ts';
import type { PaymentMethod } from '../domain/payment-method.ts';
import type { Situation } from '../domain/situation.ts';
import type { RetryDependencies } from './dependencies.ts';

/** How often a ledger is read anew when another writer came first. */
const mostTries = 10;

/**
 * Takes a slot in the card's ledger under the attempt's key; false where a block or a cap now
 * stands against it, perhaps because of another invoice's try a moment ago.
 */
export async function takeCardSlot(
  dependencies: RetryDependencies,
  { facts, now }: Situation,
  method: PaymentMethod,
  attempt: OpenAttempt,
): Promise<boolean> {
  const slot = { key: attempt.key, at: now, amount: facts.amountDue };
  let free = true;
  await changeLedger(dependencies, method, (ledger) => {
    const taken = ledger.slots.some((each) => each.key === attempt.key);
    free =
      taken ||
      (standingBlock(ledger, method) === null &&
        cappedUntil(ledger, method.brand, facts.amountDue, now) === null);
    return free ? takeSlot(ledger, slot, now) : ledger;
  });
  return free;
}

/** The try never happened: it does not count against the network's caps. */
export const releaseCardSlot = (
  dependencies: RetryDependencies,
  method: PaymentMethod,
  key: string,
): Promise<void> => changeLedger(dependencies, method, (ledger) => releaseSlot(ledger, key));

/**
 * Blocks the card where the refusal's kind says so. Written before the outcome is recorded: a
 * death in between finds the refusal at Stripe again, and no other invoice tries a dead card.
 */
export async function noteDecline(
  dependencies: RetryDependencies,
  method: PaymentMethod,
  refused: { codes: DeclineCodes; at: number; revision: number; source: string },
): Promise<void> {
  const kind = classifyDecline(refused.codes, method.brand);
  const scope = blockScope(kind);
  if (scope === 'none' || scope === 'invoice') return;
  await changeLedger(dependencies, method, (ledger) =>
    noteRefusal(ledger, method, { kind, ...refused }, refused.source),
  );
}

async function changeLedger(
  { records }: RetryDependencies,
  method: PaymentMethod,
  change: (ledger: CardLedger) => CardLedger,
): Promise<void> {
  const card = ledgerCard(method);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const ledger = await records.ledger(card);
    const changed = change(ledger);
    if (changed === ledger || (await records.saveLedger(changed))) return;
  }
  throw new Error(`The ledger of ${method.method} changed ${mostTries} times while it was read.`);
}
