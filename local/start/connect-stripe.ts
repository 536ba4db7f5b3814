import Stripe from 'stripe';

/**
 * Stripe's SDK, talking to Stripe or to one on this machine.
 * @param apiBase `http://127.0.0.1:PORT`; `undefined` for Stripe itself.
 */
export function connectStripe(apiKey: string, apiBase: string | undefined): Stripe {
  if (apiBase === undefined) return new Stripe(apiKey, { telemetry: false });
  const { hostname: host, port } = new URL(apiBase);
  return new Stripe(apiKey, { telemetry: false, host, port, protocol: 'http' });
}
