import type { StripeState } from '../state.ts';
import { nobody, Transaction } from '../transaction.ts';
import type { Changed } from './changed.ts';

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
