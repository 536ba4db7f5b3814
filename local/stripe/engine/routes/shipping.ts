import type Stripe from 'stripe';
import { group, text, unsettable } from '../protocol/parameters.ts';
import { addressOf, addressParameters } from './addresses.ts';

/** Where and how goods are sent. */
export const shippingParameters = group({
  address: addressParameters,
  carrier: unsettable(text),
  name: text,
  phone: unsettable(text),
  tracking_number: unsettable(text),
});

/** The shipping with the given parts changed. */
export function withShipping(
  before: Stripe.PaymentIntent.Shipping | null,
  given: ReturnType<typeof shippingParameters>,
): Stripe.PaymentIntent.Shipping {
  const { address, ...plain } = given;
  const blank = { carrier: null, phone: null, tracking_number: null };
  const changed = address && addressOf(before?.address ?? null, address);
  return { ...blank, ...before, ...plain, ...(changed ? { address: changed } : {}) };
}
