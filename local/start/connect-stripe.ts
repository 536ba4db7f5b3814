import Stripe from 'stripe';
import type { LocalStripe } from '../stripe/server.ts';

/** Stripe's SDK, talking to the local Stripe or, without one, to Stripe's sandbox. */
export const connectStripe = (
  apiKey: string,
  local: Pick<LocalStripe, 'port'> | undefined,
): Stripe =>
  new Stripe(apiKey, {
    telemetry: false,
    ...(local !== undefined && { host: '127.0.0.1', port: local.port, protocol: 'http' as const }),
  });
