import type { StripeConnectionOptions } from '../adapters/stripe-connection.ts';
import { stripeSdk } from '../adapters/stripe-sdk.ts';
import { environment, type Settings } from '../environment.ts';
import { connectSecret } from './clients.ts';
import { systemClock } from './clock.ts';
import { optional } from './settings.ts';

/**
 * How this function reaches Stripe: with the key of the secret, in the world of the settings.
 * @param timeoutMs How long one request may take; the SDK options' own where it is left out.
 */
export const stripeAccess = (
  { stripeMode }: Settings,
  timeoutMs?: number,
): StripeConnectionOptions => ({
  apiKey: connectSecret(environment.stripeApiKeySecret, systemClock),
  connect: stripeSdk({
    livemode: stripeMode === 'live',
    apiBase: optional(environment.stripeApiBase),
    ...(timeoutMs !== undefined && { timeoutMs }),
  }),
});
