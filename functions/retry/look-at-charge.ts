import { changeLedgerOf } from '../account/change-ledger.ts';
import { noteWait, takeSlot } from '../domain/decline/card-ledger.ts';
import { networkWaitMs } from '../domain/decline/decline.ts';
import type { ChargeMessage } from '../domain/messages.ts';
import { canStillBlock } from '../domain/pass/is-outlived.ts';
import type { KnownCharge } from '../domain/stripe/stripe-troubles.ts';
import { ledgerKeyOf } from './card-of-charge.ts';
import { noteDeclineOf } from './card-slots.ts';
import type { LookDependencies } from './dependencies.ts';
import { lookForTroubles } from './look-for-troubles.ts';

/**
 * Looks at a charge that an event named: a refused one counts on its card's ledger, and what came
 * after a paid one is noted. Nothing is charged because of it.
 * @throws where Stripe or the table did not answer; the message is then delivered again.
 */
export async function lookAtCharge(
  dependencies: LookDependencies,
  { charge: id, about }: ChargeMessage,
): Promise<void> {
  const charge = await dependencies.stripe.charge(id);
  if (charge === null) {
    dependencies.log.warn('Stripe does not know a charge that it told of', { charge: id, about });
    return;
  }
  if (about === 'failed') return countRefusal(dependencies, charge);
  await lookForTroubles(dependencies, charge, about);
}

/**
 * The networks count every try of a card, whoever made it, and a card that is dead for others is
 * dead for us. A card of which nobody here has a record gets a ledger too: it may be added later.
 */
async function countRefusal(
  dependencies: LookDependencies,
  { facts, customer }: KnownCharge,
): Promise<void> {
  const { charge, method: id, status, amount, createdAt: at, codes } = facts;
  if (id === null || status !== 'failed') return;
  const method = customer === null ? null : await dependencies.records.method(customer, id);
  const card = ledgerKeyOf(facts, method);
  const now = dependencies.clock.now();
  const waitMs = codes === null ? null : networkWaitMs(codes, facts.brand);
  await changeLedgerOf(dependencies, card, (ledger) => {
    const counted = takeSlot(ledger, { key: charge, at, amount }, now);
    if (waitMs === null) return counted;
    return noteWait(counted, { source: charge, until: at + waitMs }, now);
  });
  if (codes === null || (method !== null && !canStillBlock(facts, method))) return;
  const { brand, expMonth, expYear } = facts;
  const decline = { codes, at, revision: method?.revision ?? 0, source: charge };
  const refused = method ?? { method: id, brand, expMonth, expYear };
  await noteDeclineOf(dependencies, card, refused, decline);
}
