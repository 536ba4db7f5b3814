import Stripe from 'stripe';
import { StripeConfigurationError } from '../domain/charging-switch.ts';
import type { InvoiceId } from '../domain/ids.ts';
import type { CustomerDirectory, StripeGateway } from '../domain/ports.ts';
import type { PayAnswer } from '../domain/stripe-facts.ts';
import type { Secret } from './secrets.ts';
import {
  customerFacts,
  expansionsOfDeleted,
  invoiceExpansions,
  invoiceFacts,
  paymentIntentsOf,
  paymentMethodFacts,
} from './stripe-facts.ts';
import { answerOfPayError, briefly } from './stripe-pay-answer.ts';
import type { ConnectStripe } from './stripe-sdk.ts';

export interface StripeGatewayOptions {
  readonly apiKey: Secret;
  /** Makes the SDK, anew for each new key. */
  readonly connect: ConnectStripe;
}

/** Stripe through its SDK, one request a call, each POST under a key of ours. */
export function createStripeGateway(
  options: StripeGatewayOptions,
): StripeGateway & CustomerDirectory {
  let connected: { apiKey: string; stripe: Stripe } | undefined;
  const connect = async (): Promise<Stripe> => {
    const apiKey = await options.apiKey.value();
    if (connected?.apiKey !== apiKey) {
      connected = { apiKey, stripe: options.connect(apiKey) };
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
  const fetchInvoice = async (invoice: InvoiceId) => {
    const fetch = (expand: string[]) =>
      read((stripe) => stripe.invoices.retrieve(invoice, { expand }));
    try {
      return await fetch(invoiceExpansions);
    } catch (error) {
      if (!(error instanceof StripeReadError && error.isRefusal)) throw error;
      return fetch(expansionsOfDeleted);
    }
  };

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
