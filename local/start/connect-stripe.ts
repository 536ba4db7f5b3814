import Stripe from 'stripe';
import { createStripeAccount } from '../../functions/adapters/stripe-account.ts';
import { createStripeGateway } from '../../functions/adapters/stripe-gateway.ts';
import { stripeSdk } from '../../functions/adapters/stripe-sdk.ts';

/**
 * Stripe's SDK, talking to Stripe or to one on this machine.
 * @param apiBase `http://127.0.0.1:PORT`; `undefined` for Stripe itself.
 */
export function connectStripe(apiKey: string, apiBase: string | undefined): Stripe {
  if (apiBase === undefined) return new Stripe(apiKey, { telemetry: false });
  const { hostname: host, port } = new URL(apiBase);
  return new Stripe(apiKey, { telemetry: false, host, port, protocol: 'http' });
}

/** The functions' own gateway to Stripe, with a key that is at hand instead of in a secret. */
export const connectGateway = (apiKey: string, apiBase: string | undefined) =>
  createStripeGateway(withKey(apiKey, apiBase));

/** The same for what the staff and the customer's page change at Stripe. */
export const connectAccount = (apiKey: string, apiBase: string | undefined) =>
  createStripeAccount(withKey(apiKey, apiBase));

const withKey = (apiKey: string, apiBase: string | undefined) => ({
  apiKey: { value: async () => apiKey, forget: () => undefined },
  connect: stripeSdk({ livemode: /^(sk|rk)_live_/.test(apiKey), apiBase }),
});
