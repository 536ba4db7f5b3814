import { changeLedger, changeLedgerOf } from '../account/change-ledger.ts';
import type { OpenAttempt } from '../domain/case/dunning-case.ts';
import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import {
  keptFrom,
  ledgerCard,
  nameSlot,
  noteRefusal,
  noteWait,
  type RefusedCard,
  releaseSlot,
  type Slot,
  standingBlock,
  takeSlot,
  takeSlots,
} from '../domain/decline/card-ledger.ts';
import {
  blockScope,
  classifyDecline,
  type DeclineCodes,
  networkWaitMs,
} from '../domain/decline/decline.ts';
import type { ChargeId } from '../domain/ids.ts';
import type { Situation } from '../domain/pass/situation.ts';
import type { Instant } from '../domain/time.ts';
import type { RetryDependencies } from './dependencies.ts';

type LedgerDependencies = Pick<RetryDependencies, 'records' | 'clock'>;

/**
 * Whether the attempt has its slot and may be sent. `refused`: it has none, because of a block, a
 * cap or a wait, perhaps by another invoice's try a moment ago. `blocked`: it had one, and a request may
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
    const isKept = keptFrom(ledger, method.brand, facts.amountDue, now) !== null;
    if (hadSlot) answer = isBlocked ? 'blocked' : 'taken';
    else answer = isBlocked || isKept ? 'refused' : 'taken';
    return answer === 'taken' ? takeSlot(ledger, slot, now) : ledger;
  });
  return answer;
}

/** Tries that somebody else made of the card count as ours do, each once. */
export const countTries = (
  dependencies: LedgerDependencies,
  method: PaymentMethod,
  slots: readonly Slot[],
): Promise<void> =>
  changeLedger(dependencies, method, (ledger) =>
    takeSlots(ledger, slots, dependencies.clock.now()),
  );

/** Which charge at Stripe the try under this key is, so that it counts once. */
export const nameCardSlot = (
  dependencies: LedgerDependencies,
  method: PaymentMethod,
  key: string,
  charge: ChargeId,
): Promise<void> => changeLedger(dependencies, method, (ledger) => nameSlot(ledger, key, charge));

/** The try never happened: it does not count against the network's caps. */
export const releaseCardSlot = (
  dependencies: RetryDependencies,
  method: PaymentMethod,
  key: string,
): Promise<void> => changeLedger(dependencies, method, (ledger) => releaseSlot(ledger, key));

/** A refusal that a card's ledger keeps. */
export interface Decline {
  readonly codes: DeclineCodes;
  readonly at: Instant;
  /** Of the data that were refused, as far as is known by now. */
  readonly revision: number;
  /** The refused charge or attempt key. */
  readonly source: string;
}

/**
 * Blocks the card where the refusal's kind says so, and keeps what its network asks to wait.
 * Written before the outcome is recorded: a death in between finds the refusal at Stripe again,
 * and no other invoice tries a dead card.
 */
export const noteDecline = (
  dependencies: LedgerDependencies,
  method: PaymentMethod,
  decline: Decline,
): Promise<void> => noteDeclineOf(dependencies, ledgerCard(method), method, decline);

/**
 * The same of a method of which there may be no record here: its card may have been added again.
 * @param card The key of the card's ledger.
 */
export async function noteDeclineOf(
  dependencies: LedgerDependencies,
  card: string,
  refused: RefusedCard & Pick<PaymentMethod, 'brand'>,
  decline: Decline,
): Promise<void> {
  const { codes, at, source } = decline;
  const kind = classifyDecline(codes, refused.brand);
  const waitMs = networkWaitMs(codes, refused.brand);
  const scope = blockScope(kind);
  if (waitMs === null && (scope === 'none' || scope === 'invoice')) return;
  await changeLedgerOf(dependencies, card, (ledger) => {
    const blocked = noteRefusal(ledger, refused, { kind, ...decline }, source);
    if (waitMs === null) return blocked;
    return noteWait(blocked, { source, until: at + waitMs }, dependencies.clock.now());
  });
}
