import type { CardMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import type { ThreeDSecure } from './build-charge.ts';

/** Electronic commerce indicators: authenticated, and attempted, as the networks number them. */
const indicators: Readonly<Record<string, readonly [string, string]>> = {
  mastercard: ['02', '01'],
};

/**
 * How 3-D Secure went, as a charge tells it: the cardholder answered a challenge, or the card is
 * not enrolled and the network merely acknowledged the attempt.
 */
export function buildThreeDSecure(
  tx: Transaction,
  { id, card }: CardMethodRecord,
  result: 'authenticated' | 'attempt_acknowledged' | 'failed',
): ThreeDSecure {
  const [full, attempted] = indicators[card.brand] ?? ['05', '06'];
  const isFull = result === 'authenticated';
  return {
    authentication_flow: result === 'attempt_acknowledged' ? null : 'challenge',
    electronic_commerce_indicator: result === 'failed' ? null : isFull ? full : attempted,
    exemption_indicator: null,
    result,
    result_reason:
      result === 'failed'
        ? 'rejected'
        : result === 'attempt_acknowledged'
          ? 'card_not_enrolled'
          : null,
    transaction_id: tx.token(`3ds:${id}:${tx.sequence}`, 20),
    version: '2.2.0',
  };
}
