import type Stripe from 'stripe';
import type { BankSetup, MandateFacts, StripeDesk } from '../domain/stripe/stripe-desk.ts';
import type { StripeConnection } from './stripe-connection.ts';
import { customerFacts } from './stripe-facts.ts';
import { setUpsOf } from './stripe-set-ups.ts';

/** What staff look up at Stripe, and the bank accounts that they add. */
export function createStripeDesk({ read, change }: StripeConnection): StripeDesk {
  return {
    async holderOf(invoice) {
      const found = await read((stripe) =>
        stripe.invoices.retrieve(invoice, { expand: ['customer'] }),
      );
      return found === null || found.customer === null ? null : customerFacts(found.customer);
    },
    async customersWithMail(email) {
      const list = await read((stripe) => stripe.customers.list({ email, limit: 10 }));
      return (list?.data ?? []).map(customerFacts);
    },
    async bankSetupsOf(customer, method) {
      return (await setUpsOf({ read }, customer, method)).map(bankSetup);
    },
    async verifyBankAccount(customer, { method }, key) {
      const made = await change((stripe) =>
        stripe.setupIntents.create(
          {
            customer,
            payment_method: method,
            payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } },
            // The business holds the signed authorisation (docs.stripe.com/payments/ach-direct-debit).
            mandate_data: { customer_acceptance: { type: 'offline', offline: {} } },
            usage: 'off_session',
            confirm: true,
            // Nobody is there to be sent elsewhere and back: without it Stripe wants a `return_url`.
            automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
            expand: ['mandate'],
          },
          { idempotencyKey: key },
        ),
      );
      return 'refused' in made ? made : bankSetup(made);
    },
  };
}

function bankSetup(intent: Stripe.SetupIntent): BankSetup {
  const { mandate, next_action: action } = intent;
  const deposits = action?.verify_with_microdeposits;
  return {
    setupIntent: intent.id,
    status: intent.status,
    mandate: mandate === null || typeof mandate === 'string' ? null : mandateFacts(mandate),
    verification:
      deposits === undefined
        ? null
        : { url: deposits.hosted_verification_url, arrivesAt: deposits.arrival_date * 1000 },
  };
}

const mandateFacts = ({ id, status, type }: Stripe.Mandate): MandateFacts => ({
  mandate: id,
  status,
  type,
});
