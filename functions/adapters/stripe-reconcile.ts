import type Stripe from 'stripe';
import { customerId, invoiceId } from '../domain/ids.ts';
import { handledEventTypes } from '../domain/stripe/stripe-events.ts';
import type {
  ListedInvoice,
  StripePage,
  StripeReconcile,
} from '../domain/stripe/stripe-reconcile.ts';
import { createStripeConnection, type StripeConnectionOptions } from './stripe-connection.ts';
import { createStripeGateway } from './stripe-gateway.ts';

/** The most that Stripe gives at once. */
const pageSize = 100;

/** Stripe's lists, page by page. */
export function createStripeReconcile(options: StripeConnectionOptions): StripeReconcile {
  const { read } = createStripeConnection(options);
  return {
    invoice: createStripeGateway(options).invoice,
    async openInvoices(from, after) {
      const list = await read((stripe) =>
        stripe.invoices.list({
          status: 'open',
          collection_method: 'charge_automatically',
          ...pageOf(from, after),
        }),
      );
      const page = list ?? nothing;
      return { rows: page.data.flatMap(listedInvoice), next: nextOf(page) };
    },
    async undeliveredEvents(from, after) {
      const list = await read((stripe) =>
        stripe.events.list({
          delivery_success: false,
          types: [...handledEventTypes],
          ...pageOf(from, after),
        }),
      );
      const page = list ?? nothing;
      return { rows: page.data, next: nextOf(page) };
    },
  };
}

const nothing = { data: [], has_more: false };

const pageOf = (from: number, after: string | null) => ({
  created: { gte: Math.floor(from / 1000) },
  limit: pageSize,
  ...(after !== null && { starting_after: after }),
});

const nextOf = ({
  data,
  has_more: hasMore,
}: Pick<
  Stripe.ApiList<{ readonly id: string }>,
  'data' | 'has_more'
>): StripePage<unknown>['next'] => (hasMore ? (data.at(-1)?.id ?? null) : null);

/** An invoice of nobody is none that can be collected. */
function listedInvoice(invoice: Stripe.Invoice): readonly ListedInvoice[] {
  const { customer } = invoice;
  const holder = typeof customer === 'string' ? customer : customer?.id;
  if (holder === undefined) return [];
  return [
    {
      invoice: invoiceId(invoice.id),
      customer: customerId(holder),
      billingReason: invoice.billing_reason,
      livemode: invoice.livemode,
      attempted: invoice.attempted,
      autoAdvance: invoice.auto_advance ?? false,
    },
  ];
}
