import type { PaymentMethod } from '../customer/payment-method.ts';
import { blockScope, classifyDecline } from '../decline/decline.ts';
import type { ChargeFacts } from '../stripe/stripe-facts.ts';

/**
 * Whether the method's data changed after this try, so that its refusal says nothing about the
 * method of today. A card's charge shows the data that were tried: they are compared, and not the
 * times, because we see a change only when we next look, which can be after a refusal of the
 * very data that are new. What shows none (a bank account) goes by the change that we saw.
 */
export function isOutlived(charge: ChargeFacts, method: PaymentMethod): boolean {
  const { expMonth, expYear, fingerprint } = charge;
  if (expMonth === null || expYear === null) {
    return method.changedAt !== null && charge.createdAt <= method.changedAt;
  }
  const isOtherCard =
    fingerprint !== null && method.fingerprint !== null && fingerprint !== method.fingerprint;
  return isOtherCard || expMonth !== method.expMonth || expYear !== method.expYear;
}

/**
 * Whether a refusal of this try can still block the card of today: until it is outlived, and
 * where it said that the card is dead, as long as it is the same card, whatever its expiry is.
 */
export function canStillBlock(charge: ChargeFacts, method: PaymentMethod): boolean {
  if (charge.codes === null) return false;
  if (!isOutlived(charge, method)) return true;
  const isSameCard = charge.fingerprint !== null && charge.fingerprint === method.fingerprint;
  return isSameCard && blockScope(classifyDecline(charge.codes, charge.brand)) === 'card';
}
