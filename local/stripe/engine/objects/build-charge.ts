import type Stripe from 'stripe';
import type { Decline } from '../published/declines.ts';
import type {
  CardMethodRecord,
  ChargedMethod,
  ChargeRecord,
  PaymentIntentRecord,
  PaymentMethodRecord,
} from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { processingFee, recordMovement } from './build-balance-transaction.ts';
import { isSourceId } from './find-method.ts';

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
  livemode: false,
  on_behalf_of: null,
  receipt_number: null,
  receipt_url: null,
  refunded: false,
  review: null,
  source_transfer: null,
  transfer_data: null,
  transfer_group: null,
} satisfies Partial<ChargeRecord>;

/** How an attempt ended, as far as its charge tells. */
export type ChargeResult =
  | {
      readonly kind: 'paid';
      /** False where the amount is only held until the business captures it. */
      readonly isCaptured: boolean;
      readonly risk: 'normal' | 'elevated';
      readonly threeDSecure: ThreeDSecure | null;
    }
  | {
      readonly kind: 'declined';
      readonly decline: Decline;
      readonly threeDSecure: ThreeDSecure | null;
    }
  /** A bank debit under way. */
  | { readonly kind: 'pending'; readonly mandate: string };

export type ThreeDSecure = Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure;

/** Seconds for which an issuer holds an amount: seven days (Stripe's page on holds). */
export const holdSeconds = 7 * 86_400;

/** The charge of one attempt: paid, held, under way, or failed with the decline. */
export function buildCharge(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  result: ChargeResult,
): ChargeRecord {
  const decline = result.kind === 'declined' ? result.decline : undefined;
  const isCaptured = result.kind === 'pending' || (result.kind === 'paid' && result.isCaptured);
  const charge: ChargeRecord = {
    ...blankCharge,
    id: tx.id('ch'),
    amount: intent.amount,
    amount_captured: isCaptured ? intent.amount : 0,
    balance_transaction: null,
    billing_details: method.billing_details,
    captured: isCaptured,
    created: tx.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: decline?.blocked ? { stripe_report: 'fraudulent' } : {},
    metadata: intent.metadata,
    outcome: buildOutcome(result),
    paid: result.kind === 'paid',
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: chargedMethod(tx, intent, method, result),
    receipt_email: intent.receipt_email,
    shipping: intent.shipping,
    source: isSourceId(method.id) ? tx.get('sources', method.id) : null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: statusOf(result),
  };
  return result.kind === 'paid' && isCaptured ? withFunds(tx, charge, charge.amount) : charge;
}

/** The charge with its money on the balance. */
export function withFunds(tx: Transaction, charge: ChargeRecord, amount: number): ChargeRecord {
  const { type } = charge.payment_method_details;
  const word = type === 'card' ? 'charge' : 'payment';
  const movement = recordMovement(tx, {
    amount,
    currency: charge.currency,
    description: charge.description,
    fee: processingFee(type, amount),
    feeDescription: 'Stripe processing fees',
    reportingCategory: 'charge',
    source: charge.id,
    type: word,
  });
  return { ...charge, balance_transaction: movement.id };
}

const statusOf = ({ kind }: ChargeResult) =>
  kind === 'paid' ? 'succeeded' : kind === 'pending' ? 'pending' : 'failed';

function buildOutcome(result: ChargeResult): Stripe.Charge.Outcome {
  if (result.kind === 'declined') return declinedOutcome(result.decline);
  const isElevated = result.kind === 'paid' && result.risk === 'elevated';
  const risk =
    result.kind === 'pending'
      ? { risk_level: 'not_assessed' }
      : { risk_level: isElevated ? 'elevated' : 'normal', risk_score: isElevated ? 70 : 20 };
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: 'approved_by_network',
    reason: isElevated ? 'elevated_risk_level' : null,
    ...risk,
    seller_message: isElevated
      ? 'Stripe evaluated this payment as having elevated risk, and placed it in your manual review queue.'
      : 'Payment complete.',
    type: isElevated ? 'manual_review' : 'authorized',
  };
}

function declinedOutcome(decline: Decline): Stripe.Charge.Outcome {
  return {
    advice_code: decline.adviceCode,
    network_advice_code: decline.networkAdviceCode,
    network_decline_code: decline.networkDeclineCode,
    network_status: decline.blocked ? 'not_sent_to_network' : 'declined_by_network',
    reason: decline.reason,
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
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  result: ChargeResult,
): ChargedMethod {
  if (method.type === 'card') {
    return { card: chargedCard(tx, intent, method, result), type: 'card' };
  }
  const mandate = result.kind === 'pending' ? result.mandate : null;
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
        ...(mandate === null ? {} : { mandate }),
        payment_reference: null,
        routing_number,
      },
    };
  }
  const { bank_code, branch_code, country, fingerprint, last4 } = method.sepa_debit;
  return {
    sepa_debit: { bank_code, branch_code, country, fingerprint, last4, mandate },
    type: 'sepa_debit',
  };
}

function chargedCard(
  tx: Transaction,
  intent: PaymentIntentRecord,
  { card }: CardMethodRecord,
  result: ChargeResult,
): Stripe.Charge.PaymentMethodDetails.Card {
  const isPaid = result.kind === 'paid';
  const isHeld = isPaid && !result.isCaptured;
  return {
    amount_authorized: isPaid ? intent.amount : null,
    authorization_code: isPaid ? tx.token(`authorization:${intent.id}`, 6) : null,
    brand: card.brand,
    ...(isHeld ? { capture_before: tx.now + holdSeconds } : {}),
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
    network: card.networks?.preferred ?? card.brand,
    network_token: { used: false },
    network_transaction_id: isPaid ? tx.token(`network:${intent.id}`, 15) : null,
    overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
    regulated_status: 'unregulated',
    three_d_secure: result.kind === 'pending' ? null : result.threeDSecure,
    transaction_link_id: null,
    wallet: null,
  };
}
