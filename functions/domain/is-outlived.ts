import type { PaymentMethod } from './payment-method.ts';
import type { ChargeFacts } from './stripe-facts.ts';

/**
 * Whether the method's data changed after this try, so that its refusal says nothing about the
 * method of today: a change that we saw, or, for one before our time, another expiry.
 */
export function isOutlived(charge: ChargeFacts, method: PaymentMethod): boolean {
  if (method.changedAt !== null && charge.createdAt <= method.changedAt) return true;
  if (charge.expMonth === null || charge.expYear === null) return false;
  return charge.expMonth !== method.expMonth || charge.expYear !== method.expYear;
}
