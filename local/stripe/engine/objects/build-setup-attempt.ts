import type Stripe from 'stripe';
import type { PaymentMethodRecord, SetupAttemptRecord, SetupIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** One confirmation of a SetupIntent. */
export function buildSetupAttempt(
  tx: Transaction,
  intent: SetupIntentRecord,
  method: PaymentMethodRecord,
): SetupAttemptRecord {
  return {
    id: tx.id('setatt'),
    object: 'setup_attempt',
    application: null,
    created: tx.now,
    customer: intent.customer,
    customer_account: null,
    flow_directions: intent.flow_directions ?? null,
    livemode: false,
    on_behalf_of: null,
    payment_method: method.id,
    payment_method_details: detailsOf(method),
    setup_error: null,
    setup_intent: intent.id,
    status: 'requires_confirmation',
    usage: intent.usage,
  };
}

function detailsOf(method: PaymentMethodRecord): Stripe.SetupAttempt.PaymentMethodDetails {
  if (method.type === 'us_bank_account') return { type: method.type, us_bank_account: {} };
  if (method.type === 'sepa_debit') return { sepa_debit: {}, type: method.type };
  const { card } = method;
  return {
    card: {
      brand: card.brand,
      checks: card.checks,
      country: card.country,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint,
      funding: card.funding,
      last4: card.last4,
      network: card.networks?.preferred ?? card.brand,
      three_d_secure: null,
      wallet: null,
    },
    type: 'card',
  };
}
