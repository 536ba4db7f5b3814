import type Stripe from 'stripe';
import type { Decline } from '../payments/declines.ts';
import type {
  CardMethodRecord,
  ChargedMethod,
  ChargeRecord,
  PaymentIntentRecord,
  PaymentMethodRecord,
} from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** What a charge has that nothing modelled here ever fills. */
const blankCharge = {
  object: 'charge',
  amount_refunded: 0,
  application: null,
  application_fee: null,
  application_fee_amount: null,
  calculated_statement_descriptor: 'LOCAL STRIPE',
  disputed: false,
  failure_balance_transaction: null,
  fraud_details: {},
  livemode: false,
  metadata: {},
  on_behalf_of: null,
  receipt_email: null,
  receipt_number: null,
  receipt_url: null,
  refunded: false,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
} satisfies Partial<ChargeRecord>;

/** The charge of one attempt: paid, or failed with the decline. */
export function buildCharge(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  decline: Decline | undefined,
): ChargeRecord {
  const id = tx.id('ch');
  const paid = decline === undefined;
  return {
    ...blankCharge,
    id,
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    balance_transaction: paid ? tx.id('txn') : null,
    billing_details: method.billing_details,
    captured: paid,
    created: tx.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    outcome: buildOutcome(decline),
    paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: chargedMethod(intent, method, paid),
    status: paid ? 'succeeded' : 'failed',
  };
}

function buildOutcome(decline: Decline | undefined): Stripe.Charge.Outcome {
  if (decline === undefined) {
    return {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: 'approved_by_network',
      reason: null,
      risk_level: 'normal',
      risk_score: 20,
      seller_message: 'Payment complete.',
      type: 'authorized',
    };
  }
  return {
    advice_code: decline.adviceCode,
    network_advice_code: decline.networkAdviceCode,
    network_decline_code: decline.networkDeclineCode,
    network_status: decline.blocked ? 'not_sent_to_network' : 'declined_by_network',
    reason: decline.declineCode,
    risk_level: decline.blocked ? 'highest' : 'normal',
    risk_score: decline.blocked ? 92 : 20,
    seller_message: decline.blocked
      ? 'Stripe blocked this payment as too risky.'
      : `The bank returned the decline code \`${decline.declineCode}\`.`,
    type: decline.blocked ? 'blocked' : 'issuer_declined',
  };
}

/** The method as it is now, in the words of a charge. */
function chargedMethod(
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  paid: boolean,
): ChargedMethod {
  if (method.type === 'card') return { card: chargedCard(intent, method, paid), type: 'card' };
  if (method.type === 'us_bank_account') {
    const { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number } =
      method.us_bank_account;
    return {
      type: 'us_bank_account',
      us_bank_account: {
        account_holder_type,
        account_type,
        bank_name,
        fingerprint,
        last4,
        payment_reference: null,
        routing_number,
      },
    };
  }
  const { bank_code, branch_code, country, fingerprint, last4 } = method.sepa_debit;
  return {
    sepa_debit: { bank_code, branch_code, country, fingerprint, last4, mandate: null },
    type: 'sepa_debit',
  };
}

function chargedCard(
  intent: PaymentIntentRecord,
  { card }: CardMethodRecord,
  paid: boolean,
): Stripe.Charge.PaymentMethodDetails.Card {
  return {
    amount_authorized: paid ? intent.amount : null,
    authorization_code: null,
    brand: card.brand,
    checks: card.checks,
    country: card.country,
    electronic_commerce_indicator: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    extended_authorization: { status: 'disabled' },
    fingerprint: card.fingerprint,
    funding: card.funding,
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    last4: card.last4,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
    regulated_status: 'unregulated',
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}
