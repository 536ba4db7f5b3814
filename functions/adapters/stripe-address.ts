import type Stripe from 'stripe';
import type { Address } from '../domain/customer/billing-info.ts';

/** An empty text takes a field away at Stripe. */
export const orEmpty = (text: string | null): string => text ?? '';

/** An address as Stripe is to have it; what is `null` is taken away. */
export const addressParameters = (address: Address): Stripe.AddressParam => ({
  line1: orEmpty(address.line1),
  line2: orEmpty(address.line2),
  city: orEmpty(address.city),
  postal_code: orEmpty(address.postalCode),
  state: orEmpty(address.state),
  country: orEmpty(address.country),
});
