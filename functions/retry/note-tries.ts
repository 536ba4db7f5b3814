import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import { ledgerCard, type Slot } from '../domain/decline/card-ledger.ts';
import { canStillBlock } from '../domain/pass/is-outlived.ts';
import type { Candidate, Situation } from '../domain/pass/situation.ts';
import type { ChargeFacts, InvoiceFacts } from '../domain/stripe/stripe-facts.ts';
import { countTries, noteDeclineOf } from './card-slots.ts';
import type { RetryDependencies } from './dependencies.ts';

/**
 * The networks count every try of a card, whoever made it: what Stripe shows of this invoice's
 * goes into the ledgers of the cards in both roles, before anything is decided by them.
 * @returns The situation with the ledgers as they are then.
 */
export async function noteTries(
  dependencies: RetryDependencies,
  situation: Situation,
): Promise<Situation> {
  const { facts } = situation;
  const note = async (candidate: Candidate | null): Promise<Candidate | null> => {
    if (candidate === null) return null;
    const { method } = candidate;
    const slots = facts.charges.filter((charge) => isTryOf(charge, method)).map(slotOf);
    await countTries(dependencies, method, slots);
    await noteRefusals(dependencies, facts, method);
    return { ...candidate, ledger: await dependencies.records.ledger(ledgerCard(method)) };
  };
  // One after the other: both may be one card, and then one ledger.
  const primary = await note(situation.primary);
  return { ...situation, primary, secondary: await note(situation.secondary) };
}

/** By the card that was tried, where both show theirs: the method may have another one by now. */
function isTryOf({ status, fingerprint, method }: ChargeFacts, of: PaymentMethod): boolean {
  if (status === 'pending') return false;
  return fingerprint !== null && of.fingerprint !== null
    ? fingerprint === of.fingerprint
    : method === of.method;
}

const slotOf = ({ charge, createdAt, amount }: ChargeFacts): Slot => ({
  key: charge,
  at: createdAt,
  amount,
});

/**
 * A try of Stripe's own, or the customer's, may have told that the card is dead; no other invoice
 * shall try it then. Each refusal counts: a milder one after it does not bring the card back, and
 * neither does adding the same card again as another method.
 */
async function noteRefusals(
  dependencies: RetryDependencies,
  { charges, customer }: InvoiceFacts,
  method: PaymentMethod,
): Promise<void> {
  for (const charge of charges) {
    const { method: id, codes, createdAt: at, charge: source, brand, expMonth, expYear } = charge;
    if (id === null || codes === null || !isTryOf(charge, method)) continue;
    if (!canStillBlock(charge, method)) continue;
    const tried = id === method.method ? method : await dependencies.records.method(customer, id);
    const decline = { codes, at, source, revision: tried?.revision ?? 0 };
    const refused = tried ?? { method: id, brand, expMonth, expYear };
    await noteDeclineOf(dependencies, ledgerCard(method), refused, decline);
  }
}
