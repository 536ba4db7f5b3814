import Stripe from 'stripe';
import { StripeConfigurationError } from '../domain/charging-switch.ts';
import type { InvoiceId } from '../domain/ids.ts';
import type { CustomerDirectory, StripeGateway } from '../domain/ports.ts';
import type { PayAnswer } from '../domain/stripe-facts.ts';
import type { Secret } from './secrets.ts';
import {
  customerFacts,
  invoiceExpansions,
  invoiceFacts,
  paymentIntentsOf,
  paymentMethodFacts,
} from './stripe-facts.ts';
import { answerOfPayError, briefly } from './stripe-pay-answer.ts';

export interface StripeGatewayOptions {
  readonly apiKey: Secret;
  /** The world this deployment serves; a key of the other one is refused. */
  readonly livemode: boolean;
  /** Only on a laptop: the local Stripe. The key is never sent anywhere but there or to Stripe. */
  readonly apiBase: string | undefined;
}

/** Below the retry function's time-out; the SDK's own default is 80 s. */
const requestTimeoutMs = 20_000;

/** Stripe through its SDK, one request a call, each POST under a key of ours. */
export function createStripeGateway(
  options: StripeGatewayOptions,
): StripeGateway & CustomerDirectory {
  let connected: { apiKey: string; stripe: Stripe } | undefined;
  const connect = async (): Promise<Stripe> => {
    const apiKey = await options.apiKey.value();
    if (connected?.apiKey !== apiKey) {
      checkKey(apiKey, options.livemode);
      connected = { apiKey, stripe: new Stripe(apiKey, sdkOptions(options.apiBase)) };
    }
    return connected.stripe;
  };
  /** Runs a read; `null` where Stripe has no such object. */
  const read = async <Answer>(ask: (stripe: Stripe) => Promise<Answer>): Promise<Answer | null> => {
    try {
      return await ask(await connect());
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error;
      if (error.statusCode === 404 || error.code === 'resource_missing') return null;
      if (error.statusCode !== 401 && error.statusCode !== 403) {
        throw new StripeReadError(`Stripe did not answer: ${briefly(error)}`, error);
      }
      options.apiKey.forget();
      throw new StripeConfigurationError(`Stripe answered ${error.statusCode} ${error.code}.`, {
        cause: error,
      });
    }
  };
  const fetchInvoice = (invoice: InvoiceId) =>
    read((stripe) => stripe.invoices.retrieve(invoice, { expand: invoiceExpansions }));

  return {
    async invoice(id) {
      const invoice = await fetchInvoice(id);
      if (invoice === null) return null;
      const charges = await Promise.all(
        paymentIntentsOf(invoice).map(({ id: payment_intent }) =>
          read((stripe) => stripe.charges.list({ payment_intent, limit: 100 })),
        ),
      );
      return invoiceFacts(
        invoice,
        charges.flatMap((list) => list?.data ?? []),
      );
    },
    async customer(id) {
      const customer = await read((stripe) => stripe.customers.retrieve(id));
      return customer === null ? null : customerFacts(customer);
    },
    async paymentMethod(id) {
      const method = await read((stripe) => stripe.paymentMethods.retrieve(id));
      return method === null ? null : paymentMethodFacts(method);
    },
    async setAutoAdvance(invoice, on, key) {
      try {
        await read((stripe) =>
          stripe.invoices.update(invoice, { auto_advance: on }, { idempotencyKey: key }),
        );
      } catch (error) {
        // The invoice was settled meanwhile: the next look at it finds that.
        if (!(error instanceof StripeReadError && error.isRefusal)) throw error;
      }
    },
    async pay(invoice, method, key): Promise<PayAnswer> {
      const stripe = await connect();
      try {
        const paid = await stripe.invoices.pay(
          invoice,
          { payment_method: method, off_session: true },
          { idempotencyKey: key },
        );
        return { kind: paid.status === 'paid' ? 'paid' : 'processing' };
      } catch (error) {
        const answer = answerOfPayError(error);
        if (answer.kind === 'configuration_failed') options.apiKey.forget();
        if (answer.kind !== 'look_again') return answer;
        const now = await fetchInvoice(invoice);
        if (now?.status !== 'open') return { kind: 'invoice_not_open' };
        const kind = answer.isAboutMethod ? 'method_unusable' : 'request_refused';
        return { kind, why: answer.why };
      }
    },
  };
}

/** Stripe gave no answer to use. Its own message is left out: it may quote a customer's data. */
class StripeReadError extends Error {
  override readonly name = 'StripeReadError';
  /** True where Stripe understood the request and will refuse it again. */
  readonly isRefusal: boolean;
  constructor(message: string, cause: InstanceType<typeof Stripe.errors.StripeError>) {
    super(message, { cause });
    this.isRefusal = cause instanceof Stripe.errors.StripeInvalidRequestError;
  }
}

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

function sdkOptions(apiBase: string | undefined): Stripe.StripeConfig {
  const base: Stripe.StripeConfig = {
    maxNetworkRetries: 0,
    timeout: requestTimeoutMs,
    telemetry: false,
    appInfo: { name: 'Backstop' },
  };
  if (apiBase === undefined) return base;
  const url = new URL(apiBase);
  if (url.protocol !== 'http:' || url.hostname !== '127.0.0.1') {
    throw new StripeConfigurationError('Another Stripe than Stripe can only be one on 127.0.0.1.');
  }
  return { ...base, host: url.hostname, port: url.port, protocol: 'http' };
}
