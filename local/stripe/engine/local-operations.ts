import { restartCycle } from './billing/renew-subscription.ts';
import { type CardOutcome, cardOutcomes, isCardOutcome } from './payments/declines.ts';
import { findCard, replaceCard } from './payments/find-method.ts';
import type { EventRecord } from './records.ts';
import type { StripeState } from './state.ts';
import { Transaction } from './transaction.ts';

/** What Stripe has no endpoint for; these exist only on the local Stripe. */
export interface Changed {
  readonly state: StripeState;
  readonly events: readonly EventRecord[];
}

const nobody = { requestId: null, idempotencyKey: null };

/** Outcomes from outside, such as the body of a request. @throws RangeError naming the wrong one. */
export function readOutcomes(words: readonly unknown[]): [CardOutcome, ...CardOutcome[]] {
  const read = words.map((word) => {
    if (typeof word === 'string' && isCardOutcome(word)) return word;
    throw new RangeError(
      `A card cannot be told to answer ${JSON.stringify(word)}. It can answer: ${cardOutcomes.join(', ')}.`,
    );
  });
  const [first, ...rest] = read;
  if (first === undefined) throw new RangeError('Name at least one outcome for the card.');
  return [first, ...rest];
}

/** Tells a saved card what its next charges come to; the last outcome repeats. */
export function setCardOutcomes(
  state: StripeState,
  paymentMethod: string,
  outcomes: readonly [CardOutcome, ...CardOutcome[]],
): StripeState {
  const tx = new Transaction(state, 0, nobody);
  const card = findCard(tx, paymentMethod);
  if (card === undefined) throw new RangeError(`There is no PaymentMethod ${paymentMethod}.`);
  replaceCard(tx, { ...card, outcomes, attempts: 0, isScripted: true });
  return tx.finish().state;
}

/**
 * Moves the renewal of one subscription to this moment: its cycle invoice is made, finalised
 * and charged at once, while the clock and everything else stay where they are.
 *
 * @param now epoch milliseconds, UTC.
 */
export function renewNow(state: StripeState, subscription: string, now: number): Changed {
  const tx = new Transaction(state, now, nobody);
  const found = tx.find('subscriptions', subscription);
  if (found === undefined) throw new RangeError(`There is no subscription ${subscription}.`);
  if (!['active', 'past_due'].includes(found.status)) {
    throw new RangeError(
      `The subscription ${subscription} is ${found.status}; only an active or past_due one renews.`,
    );
  }
  restartCycle(tx, found, 'subscription_cycle');
  return tx.finish();
}

/** One more endpoint has taken an event; when all have, Stripe counts none as pending. */
export function acknowledgeEvent(state: StripeState, event: string): StripeState {
  const tx = new Transaction(state, 0, nobody);
  const found = tx.find('events', event);
  if (found === undefined || found.pending_webhooks === 0) return state;
  tx.replace('events', { ...found, pending_webhooks: found.pending_webhooks - 1 });
  return tx.finish().state;
}

/**
 * A second Event object for the fact that one tells: the same in everything but its id. Stripe
 * sends such now and then; both are listed.
 */
export function makeSecondEvent(state: StripeState, event: string): Changed {
  const first = new Transaction(state, 0, nobody).find('events', event);
  if (first === undefined) throw new RangeError(`There is no event ${event}.`);
  const tx = new Transaction(state, first.created * 1000, nobody);
  tx.emitAgain(first);
  return tx.finish();
}
