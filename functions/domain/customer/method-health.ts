import type { Role } from '../case/dunning-case.ts';
import type { CardBlock } from '../decline/card-ledger.ts';
import type { Instant } from '../time.ts';
import type { PaymentMethod } from './payment-method.ts';

/** Whether the next charge of a method may work, as far as is known without asking its bank. */
export type Health =
  | 'usable'
  | 'expired'
  | 'refused'
  /** Its bank gave the card another brand than the customer agreed to. */
  | 'brand_changed'
  /** A payment with it is disputed, or may be fraud. */
  | 'blocked';

/** A card is good until the last day of the month that it names; UTC. */
export const isExpired = (
  { expMonth, expYear }: Pick<PaymentMethod, 'expMonth' | 'expYear'>,
  now: Instant,
): boolean => expMonth !== null && expYear !== null && now >= Date.UTC(expYear, expMonth, 1);

/**
 * A refusal of data that were changed since says nothing about those of now. A dispute stands
 * against the method whatever its data; why is nothing that the customer reads. Another brand
 * stands against it until somebody agrees to that, whatever was refused meanwhile.
 */
export function healthOf(method: PaymentMethod, now: Instant): Health {
  if (isExpired(method, now)) return 'expired';
  const { suspended, brandBefore, refused, revision } = method;
  if (suspended !== null) return 'blocked';
  if (brandBefore !== null) return 'brand_changed';
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
  block === null &&
  healthOf(method, now) === 'usable' &&
  (role === 'primary' || method.consent !== null);
