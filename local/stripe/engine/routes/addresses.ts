import type Stripe from 'stripe';
import { group, text, unsettable } from '../protocol/parameters.ts';

const line = unsettable(text);

/** A postal address, as customers, PaymentMethods and shipping take it. */
export const addressParameters = group({
  city: line,
  country: line,
  line1: line,
  line2: line,
  postal_code: line,
  state: line,
});

/** The address with the given parts changed; null where it is unset. */
export function addressOf(
  before: Stripe.Address | null,
  given: ReturnType<typeof addressParameters> | null,
): Stripe.Address | null {
  if (given === null) return null;
  const empty = { city: null, country: null, line1: null, line2: null, postal_code: null };
  return { ...empty, state: null, ...before, ...given };
}
