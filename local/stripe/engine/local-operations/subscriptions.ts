import { restartCycle } from '../billing/renew-subscription.ts';
import type { StripeState } from '../state.ts';
import { nobody, Transaction } from '../transaction.ts';
import type { Changed } from './changed.ts';

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
