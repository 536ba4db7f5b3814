import Stripe from 'stripe';
import { StripeConfigurationError } from '../domain/charging-switch.ts';
import type { StripeRefusal } from '../domain/stripe/stripe-facts.ts';
import type { Secret } from './secrets.ts';
import { briefly } from './stripe-pay-answer.ts';
import type { ConnectStripe } from './stripe-sdk.ts';

export interface StripeConnectionOptions {
  readonly apiKey: Secret;
  /** Makes the SDK, anew for each new key. */
  readonly connect: ConnectStripe;
}

export interface StripeConnection {
  /** The SDK with the key of now. */
  connect(): Promise<Stripe>;
  /** Runs a request; `null` where Stripe has no such object. @throws {StripeReadError} */
  read<Answer>(ask: (stripe: Stripe) => Promise<Answer>): Promise<Answer | null>;
  /**
   * Runs a change under a key of ours; a refusal is a value.
   * @throws {StripeReadError} where no answer came: whether the change was made is not known.
   */
  change<Answer extends object>(
    ask: (stripe: Stripe) => Promise<Answer>,
  ): Promise<Answer | StripeRefusal>;
}

/** One connection to Stripe, with the key that the secret holds at the time. */
export function createStripeConnection(options: StripeConnectionOptions): StripeConnection {
  let connected: { apiKey: string; stripe: Stripe } | undefined;
  const connect = async (): Promise<Stripe> => {
    const apiKey = await options.apiKey.value();
    if (connected?.apiKey !== apiKey) {
      connected = { apiKey, stripe: options.connect(apiKey) };
    }
    return connected.stripe;
  };
  const told = (error: InstanceType<typeof Stripe.errors.StripeError>): Error => {
    if (error.statusCode !== 401 && error.statusCode !== 403) {
      return new StripeReadError(`Stripe did not answer: ${briefly(error)}`, error);
    }
    options.apiKey.forget();
    return new StripeConfigurationError(`Stripe answered ${error.statusCode} ${error.code}.`, {
      cause: error,
    });
  };
  return {
    connect,
    async read(ask) {
      try {
        return await ask(await connect());
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeError)) throw error;
        if (error.statusCode === 404 || error.code === 'resource_missing') return null;
        throw told(error);
      }
    },
    async change(ask) {
      try {
        return await ask(await connect());
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeError)) throw error;
        const { statusCode: status } = error;
        const isRefusal = status === 400 || status === 402 || status === 404;
        if (!isRefusal) throw told(error);
        return { refused: true, code: error.code ?? error.type, param: error.param ?? null };
      }
    },
  };
}

/** Stripe gave no answer to use. Its own message is left out: it may quote a customer's data. */
export class StripeReadError extends Error {
  override readonly name = 'StripeReadError';
  /** True where Stripe understood the request and will refuse it again. */
  readonly isRefusal: boolean;
  constructor(message: string, cause: InstanceType<typeof Stripe.errors.StripeError>) {
    super(message, { cause });
    this.isRefusal = cause instanceof Stripe.errors.StripeInvalidRequestError;
  }
}
