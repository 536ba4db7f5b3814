import type Stripe from 'stripe';
import { customerId, invoiceId } from '../domain/ids.ts';
import type {
  DisputeFacts,
  StripeTroubles,
  WarningFacts,
} from '../domain/stripe/stripe-troubles.ts';
import type { StripeConnection } from './stripe-connection.ts';
import { chargeFacts } from './stripe-facts.ts';

/** What became of charges. */
export function createStripeTroubles({ read }: Pick<StripeConnection, 'read'>): StripeTroubles {
  return {
    async charge(id) {
      const charge = await read((stripe) => stripe.charges.retrieve(id));
      if (charge === null) return null;
      const customer = idOf(charge.customer);
      return {
        facts: chargeFacts(charge),
        customer: customer === null ? null : customerId(customer),
        paymentIntent: idOf(charge.payment_intent),
        methodType: charge.payment_method_details?.type ?? null,
      };
    },
    async disputesOf(charge) {
      const list = await read((stripe) => stripe.disputes.list({ charge, limit: 100 }));
      return (list?.data ?? []).map(disputeFacts);
    },
    async warningsOf(charge) {
      const list = await read((stripe) =>
        stripe.radar.earlyFraudWarnings.list({ charge, limit: 100 }),
      );
      return (list?.data ?? []).map(warningFacts);
    },
    async invoiceOf(paymentIntent) {
      const list = await read((stripe) =>
        stripe.invoicePayments.list({
          payment: { type: 'payment_intent', payment_intent: paymentIntent },
        }),
      );
      const invoice = idOf(list?.data[0]?.invoice);
      return invoice === null ? null : invoiceId(invoice);
    },
  };
}

const disputeFacts = (dispute: Stripe.Dispute): DisputeFacts => ({
  dispute: dispute.id,
  reason: dispute.reason,
  amount: { amount: dispute.amount, currency: dispute.currency },
  createdAt: dispute.created * 1000,
  outcome: outcomeOf(dispute.status),
});

/**
 * How a dispute stands (docs.stripe.com/api/disputes/object, `status`). `prevented` was settled
 * before it became one. A status that is not known is one that goes on.
 */
function outcomeOf(status: Stripe.Dispute['status']): DisputeFacts['outcome'] {
  if (status === 'lost') return 'lost';
  return status === 'won' || status === 'warning_closed' || status === 'prevented' ? 'won' : 'open';
}

const warningFacts = (warning: Stripe.Radar.EarlyFraudWarning): WarningFacts => ({
  warning: warning.id,
  fraudType: warning.fraud_type,
  createdAt: warning.created * 1000,
});

const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null);
