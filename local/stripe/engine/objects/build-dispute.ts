import type Stripe from 'stripe';
import type { ChargeRecord, DisputeRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** Why the customer or the bank disputes, and how far it went. */
export interface DisputeGround {
  readonly reason: string;
  /** An inquiry asks for information and takes no money; a chargeback takes it at once. */
  readonly caseType: 'chargeback' | 'inquiry';
}

/** Visa's reason codes by Stripe's reasons (docs.stripe.com/disputes/categories). */
const visaCodes: Readonly<Record<string, string>> = {
  credit_not_processed: '13.7',
  duplicate: '12.6.1',
  fraudulent: '10.4',
  general: '11.3',
  product_not_received: '13.1',
  product_unacceptable: '13.3',
  subscription_canceled: '13.2',
  unrecognized: '10.4',
};

const mastercardCodes: Readonly<Record<string, string>> = {
  duplicate: '4834',
  fraudulent: '4837',
};

const blankEvidence: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

/** Days in which the business can answer; Stripe gives 7 to 21, by network. */
const answerDays = 9;

/** Midnight UTC at the end of the last day for an answer, less a second. */
function answerBy(now: number): number {
  const day = new Date(now * 1000);
  day.setUTCHours(23, 59, 59, 0);
  return Math.floor(day.getTime() / 1000) + answerDays * 86_400;
}

export function buildDispute(
  tx: Transaction,
  charge: ChargeRecord,
  ground: DisputeGround,
): DisputeRecord {
  const { customer, billing_details: payer } = charge;
  const holder = customer === null ? undefined : tx.find('customers', customer);
  const known = holder === undefined || holder.deleted ? undefined : holder;
  const isInquiry = ground.caseType === 'inquiry';
  const isCard = charge.payment_method_details.type === 'card';
  return {
    id: tx.id('dp'),
    object: 'dispute',
    amount: charge.amount_captured - charge.amount_refunded,
    balance_transactions: [],
    charge: charge.id,
    created: tx.now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {
      ...blankEvidence,
      customer_email_address: payer.email ?? known?.email ?? null,
      customer_name: payer.name ?? known?.name ?? null,
    },
    evidence_details: {
      // The banks of debits hear no answer.
      due_by: isCard ? answerBy(tx.now) : null,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    ...cardDetails(charge, ground),
    reason: ground.reason,
    status: isInquiry ? 'warning_needs_response' : isCard ? 'needs_response' : 'lost',
  };
}

function cardDetails(
  charge: ChargeRecord,
  { reason, caseType }: DisputeGround,
): Pick<DisputeRecord, 'payment_method_details'> {
  const { payment_method_details: method } = charge;
  if (method.type !== 'card') return {};
  const brand = method.card.brand ?? 'visa';
  const codes = brand === 'mastercard' ? mastercardCodes : visaCodes;
  return {
    payment_method_details: {
      card: {
        brand,
        case_type: caseType,
        network: method.card.network ?? brand,
        network_reason_code: codes[reason] ?? null,
      },
      type: 'card',
    },
  };
}
