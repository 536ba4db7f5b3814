import { changeLedger } from '../account/change-ledger.ts';
import {
  cappedUntil,
  noteRefusal,
  releaseSlot,
  type Slot,
  standingBlock,
  takeSlot,
} from '../domain/card-ledger.ts';
import { blockScope, classifyDecline, type DeclineCodes } from '../domain/decline.ts';
import type { OpenAttempt } from '../domain/dunning-case.ts';
import type { PaymentMethod } from '../domain/payment-method.ts';
import type { Situation } from '../domain/situation.ts';
import type { RetryDependencies } from './dependencies.ts';

/**
 * Whether the attempt has its slot and may be sent. `refused`: it has none, because of a block or
 * a cap, perhaps by another invoice's try a moment ago. `blocked`: it had one, and a request may
 * have been sent, before the block came.
 */
export type CardSlot = 'taken' | 'refused' | 'blocked';

/** Takes a slot in the card's ledger under the attempt's key, if nothing stands against it. */
export async function takeCardSlot(
  dependencies: RetryDependencies,
  { facts, now }: Situation,
  method: PaymentMethod,
  attempt: OpenAttempt,
): Promise<CardSlot> {
  const slot = { key: attempt.key, at: now, amount: facts.amountDue };
  let answer: CardSlot = 'taken';
  await changeLedger(dependencies, method, (ledger) => {
    const hadSlot = ledger.slots.some((each) => each.key === attempt.key);
    const isBlocked = standingBlock(ledger, method) !== null;
    const isCapped = cappedUntil(ledger, method.brand, facts.amountDue, now) !== null;
    if (hadSlot) answer = isBlocked ? 'blocked' : 'taken';
    else answer = isBlocked || isCapped ? 'refused' : 'taken';
    return answer === 'taken' ? takeSlot(ledger, slot, now) : ledger;
  });
  return answer;
}

/** A try that somebody else made of the card counts as ours do, once under its key. */
export const countTry = (
  dependencies: RetryDependencies,
  method: PaymentMethod,
  slot: Slot,
): Promise<void> => changeLedger(dependencies, method, (ledger) => takeSlot(ledger, slot, slot.at));

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
