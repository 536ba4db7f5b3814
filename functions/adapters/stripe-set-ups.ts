import type Stripe from 'stripe';
import type { StripeConnection } from './stripe-connection.ts';

/** The tries to set a method up for its customer, newest first, each with its mandate. */
export async function setUpsOf(
  { read }: Pick<StripeConnection, 'read'>,
  customer: string,
  method: string,
): Promise<readonly Stripe.SetupIntent[]> {
  const list = await read((stripe) =>
    stripe.setupIntents.list({
      customer,
      payment_method: method,
      limit: 20,
      expand: ['data.mandate'],
    }),
  );
  return list?.data ?? [];
}
