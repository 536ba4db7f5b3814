import type { InvoiceId } from '../domain/ids.ts';
import type { CustomerDirectory, StripeGateway } from '../domain/ports.ts';
import type { StripeDunning } from '../domain/stripe/stripe-dunning.ts';
import type { PayAnswer } from '../domain/stripe/stripe-facts.ts';
import {
  createStripeConnection,
  type StripeConnectionOptions,
  StripeReadError,
} from './stripe-connection.ts';
import { createStripeDunning } from './stripe-dunning.ts';
import {
  customerFacts,
  expansionsOfDeleted,
  invoiceExpansions,
  invoiceFacts,
  paymentIntentsOf,
  paymentMethodFacts,
} from './stripe-facts.ts';
import { answerOfPayError } from './stripe-pay-answer.ts';
import { setUpsOf } from './stripe-set-ups.ts';

const mandateStatuses = ['active', 'inactive', 'pending'] as const;

/** Stripe through its SDK, one request a call, each POST under a key of ours. */
export function createStripeGateway(
  options: StripeConnectionOptions,
): StripeGateway & CustomerDirectory & StripeDunning {
  const { connect, read, change } = createStripeConnection(options);
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
    ...createStripeDunning({ read, change }),
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
    async mandateStatus(customer, method) {
      const setUps = await setUpsOf({ read }, customer, method);
      // Newest first: an older mandate says nothing once the account was set up anew.
      const setUp = setUps.find(({ status }) => status === 'succeeded');
      const mandate = setUp?.mandate ?? null;
      if (mandate === null || typeof mandate === 'string') return null;
      return mandateStatuses.find((status) => status === mandate.status) ?? null;
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
