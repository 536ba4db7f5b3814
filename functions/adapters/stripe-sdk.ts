import Stripe from 'stripe';
import { StripeConfigurationError } from '../domain/charging-switch.ts';

/** Makes the SDK for a key. @throws {StripeConfigurationError} for a key that must not be used. */
export type ConnectStripe = (apiKey: string) => Stripe;

export interface StripeSdkOptions {
  /** The world this deployment serves; a key of the other one is refused. */
  readonly livemode: boolean;
  /** Only on a laptop: the local Stripe. The key is never sent anywhere but there or to Stripe. */
  readonly apiBase: string | undefined;
  /** How long one request may take. @default that of {@link sdkOptions} */
  readonly timeoutMs?: number;
}

/** For requests that a person waits for: three of them fit into the 29 seconds of an answer. */
export const interactiveTimeoutMs = 8_000;

/** Stripe's SDK for whatever key it is given. */
export const stripeSdk =
  ({ livemode, apiBase, timeoutMs = sdkOptions.timeout }: StripeSdkOptions): ConnectStripe =>
  (apiKey) => {
    checkKey(apiKey, livemode);
    return new Stripe(apiKey, { ...sdkOptions, timeout: timeoutMs, ...addressOf(apiBase) });
  };

/** One request a call, given up below the retry function's time-out; the SDK's own is 80 s. */
export const sdkOptions = {
  maxNetworkRetries: 0,
  timeout: 20_000,
  telemetry: false,
  appInfo: { name: 'Backstop' },
} as const satisfies Stripe.StripeConfig;

/** @throws {StripeConfigurationError} for a key of the other world, or none at all. */
function checkKey(apiKey: string, livemode: boolean): void {
  const wanted = livemode ? /^(sk|rk)_live_/ : /^(sk|rk)_test_/;
  if (wanted.test(apiKey)) return;
  const world = livemode ? 'live' : 'test';
  throw new StripeConfigurationError(
    `The secret with the Stripe API key does not hold a ${world} key ` +
      `(sk_${world}_... or rk_${world}_...). Put one there, or change stripeMode.`,
  );
}

function addressOf(apiBase: string | undefined): Stripe.StripeConfig {
  if (apiBase === undefined) return {};
  const url = new URL(apiBase);
  if (url.protocol !== 'http:' || url.hostname !== '127.0.0.1') {
    throw new StripeConfigurationError('Another Stripe than Stripe can only be one on 127.0.0.1.');
  }
  return { host: url.hostname, port: url.port, protocol: 'http' };
}
