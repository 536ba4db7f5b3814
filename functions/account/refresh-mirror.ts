import { isDeepStrictEqual } from 'node:util';
import { isStripeSilent } from '../api/stripe-silent.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { FinishDependencies } from './dependencies.ts';
import { mirrorFromStripe } from './mirror-customer.ts';

/**
 * Brings the records of a customer up to what Stripe shows, for somebody who is about to look at
 * them. Where Stripe does not answer they see what we saw last: nobody is kept out because of it.
 */
export async function refreshMirror(
  dependencies: FinishDependencies,
  customer: CustomerId,
): Promise<void> {
  try {
    await mirror(dependencies, customer);
  } catch (error) {
    if (!isStripeSilent(error)) throw error;
    dependencies.log.warn('Stripe did not answer; what it showed last is shown', {
      customer,
      error: error.message,
    });
  }
}

async function mirror(dependencies: FinishDependencies, customer: CustomerId): Promise<void> {
  const { records, stripe } = dependencies;
  const mirrored = await mirrorFromStripe(dependencies, customer);
  if (mirrored === null) return;
  const billing = await stripe.billingInfo(customer);
  if (billing === null || isDeepStrictEqual(billing, mirrored.billing)) return;
  // A lost race is against somebody who changed the customer after Stripe was read: theirs stays,
  // and the next look takes in the rest.
  await records.saveCustomer({ ...mirrored, billing, version: mirrored.version + 1 });
}
