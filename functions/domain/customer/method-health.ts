import type { Role } from '../case/dunning-case.ts';
import type { CardBlock } from '../decline/card-ledger.ts';
import type { Instant } from '../time.ts';
import type { PaymentMethod } from './payment-method.ts';

/** Whether the next charge of a method may work, as far as is known without asking its bank. */
export type Health = 'usable' | 'expired' | 'refused';

/** A card is good until the last day of the month that it names; UTC. */
export const isExpired = (
  { expMonth, expYear }: Pick<PaymentMethod, 'expMonth' | 'expYear'>,
  now: Instant,
): boolean => expMonth !== null && expYear !== null && now >= Date.UTC(expYear, expMonth, 1);

/**
 * A refusal of data that were changed since says nothing about those of now. A dispute stands
 * against the method whatever its data; why is nothing that the customer reads.
 */
export function healthOf(method: PaymentMethod, now: Instant): Health {
  if (isExpired(method, now)) return 'expired';
  if (method.suspended !== null) return 'refused';
  const { refused, revision } = method;
  return refused !== null && refused.revision >= revision ? 'refused' : 'usable';
}

/** Whether every open case is worth a try because this method has that role now. */
export const isWorthATry = (
  method: PaymentMethod,
  role: Role,
  block: CardBlock | null,
  now: Instant,
): boolean =>
  method.removedAt === null &&
  method.brandBefore === null &&
  block === null &&
  healthOf(method, now) === 'usable' &&
  (role === 'primary' || method.consent !== null);
