import { recordMovement } from '../objects/build-balance-transaction.ts';
import { writeAmount } from '../objects/line-words.ts';
import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import type { ChargeRecord, RefundRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { addBusinessDays } from './business-days.ts';
import { behaviourOf } from './charge-card.ts';
import { planWork } from './plan-work.ts';
import { settleWarnings } from './warn-of-fraud.ts';

export interface RefundOrder {
  readonly amount: number | undefined;
  readonly reason: 'duplicate' | 'fraudulent' | 'requested_by_customer' | null;
  readonly metadata: Record<string, string>;
}

/** When an asynchronous refund of a test card is decided; Stripe's own take minutes to days. */
const cardDelaySeconds = 3600;

/** Business days until a refund to a bank account is known to have arrived. */
const bankDelayDays = 5;

/** Gives a charge back, in full or in part. @throws Refusal as Stripe words it. */
export function refundCharge(
  tx: Transaction,
  charge: ChargeRecord,
  order: RefundOrder,
): RefundRecord {
  const left = charge.amount_captured - charge.amount_refunded;
  refuseUnrefundable(tx, charge, left);
  const amount = order.amount ?? left;
  refuseAmount(amount, left, charge.currency);
  const refund = buildRefund(tx, charge, amount, order);
  tx.insert('refunds', refund);
  const after = withRefunded(charge, amount);
  tx.replace('charges', after);
  tx.emit('refund.created', refund);
  tx.emit('charge.refunded', after, charge);
  if (after.refunded) settleWarnings(tx, charge.id);
  planOutcome(tx, charge, refund);
  return refund;
}

function withRefunded(charge: ChargeRecord, amount: number): ChargeRecord {
  const amount_refunded = charge.amount_refunded + amount;
  return { ...charge, amount_refunded, refunded: amount_refunded === charge.amount_captured };
}

function refuseUnrefundable(tx: Transaction, charge: ChargeRecord, left: number): void {
  if (charge.status !== 'succeeded' || !charge.captured) {
    throw invalidRequest(
      `This PaymentIntent (${charge.payment_intent}) does not have a successful charge to refund.`,
      { code: 'charge_not_refundable' },
    );
  }
  const dispute = tx.rows('disputes').findLast((row) => row.charge === charge.id);
  if (dispute !== undefined && !dispute.is_charge_refundable && dispute.status !== 'won') {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    });
  }
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  }
}

function refuseAmount(amount: number, left: number, currency: string): void {
  if (amount < 1) {
    throw invalidParameter('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  }
  if (amount <= left) return;
  const words = (minor: number) => writeAmount(String(minor), currency);
  throw invalidRequest(
    `Refund amount (${words(amount)}) is greater than unrefunded amount on charge (${words(left)})`,
    { param: 'amount' },
  );
}

function buildRefund(
  tx: Transaction,
  charge: ChargeRecord,
  amount: number,
  order: RefundOrder,
): RefundRecord {
  const id = tx.id('re');
  const { type } = charge.payment_method_details;
  const isCard = type === 'card';
  const movement = recordMovement(tx, {
    amount: -amount,
    currency: charge.currency,
    description: 'REFUND FOR CHARGE',
    fee: 0,
    feeDescription: '',
    reportingCategory: 'refund',
    source: id,
    type: isCard ? 'refund' : 'payment_refund',
  });
  const isPending = !isCard || behaviourOf(tx, charge.payment_method)?.refunds === 'pending';
  return {
    id,
    object: 'refund',
    amount,
    balance_transaction: movement.id,
    charge: charge.id,
    created: tx.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: destinationOf(type),
    metadata: order.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(isPending ? { pending_reason: 'processing' } : {}),
    reason: order.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: isPending ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
}

function destinationOf(type: string): NonNullable<RefundRecord['destination_details']> {
  const transfer = { reference: null, reference_status: 'pending' };
  if (type === 'us_bank_account') {
    return { type: 'us_bank_transfer', us_bank_transfer: transfer };
  }
  if (type === 'sepa_debit') return { eu_bank_transfer: transfer, type: 'eu_bank_transfer' };
  return {
    card: {
      reference_status: 'pending',
      reference_type: 'acquirer_reference_number',
      type: 'refund',
    },
    type: 'card',
  };
}

function planOutcome(tx: Transaction, charge: ChargeRecord, refund: RefundRecord): void {
  const behaviour = behaviourOf(tx, charge.payment_method);
  const work = { kind: 'refund', refund: refund.id } as const;
  if (charge.payment_method_details.type !== 'card') {
    planWork(tx, charge.customer, addBusinessDays(tx.now, bankDelayDays), work);
  } else if (behaviour !== undefined && behaviour.refunds !== 'at_once') {
    planWork(tx, charge.customer, tx.now + cardDelaySeconds, work);
  }
}

/** What becomes of an asynchronous refund at its time. */
export function finishRefund(tx: Transaction, refund: RefundRecord): void {
  const fails = behaviourOf(tx, refund.payment_method)?.refunds === 'fail_later';
  if (fails) failRefund(tx, refund);
  else succeedRefund(tx, refund);
}

function succeedRefund(tx: Transaction, before: RefundRecord): void {
  const { pending_reason: _, ...rest } = before;
  updateRefund(tx, before, { ...rest, status: 'succeeded' });
}

/** The bank sends the money back: the charge counts as not refunded by that much. */
function failRefund(tx: Transaction, before: RefundRecord): void {
  const charge = tx.get('charges', before.charge);
  const movement = recordMovement(tx, {
    amount: before.amount,
    currency: before.currency,
    description: 'REFUND FAILURE',
    fee: 0,
    feeDescription: '',
    reportingCategory: 'refund_failure',
    source: before.id,
    type: 'refund_failure',
  });
  const { pending_reason: _, ...rest } = before;
  const after = updateRefund(tx, before, {
    ...rest,
    failure_balance_transaction: movement.id,
    failure_reason: 'expired_or_canceled_card',
    status: 'failed',
  });
  tx.replace('charges', withRefunded(charge, -before.amount));
  tx.emit('refund.failed', after);
}

/** Stores a changed refund and tells what changed, under both of its events' names. */
export function updateRefund(
  tx: Transaction,
  before: RefundRecord,
  after: RefundRecord,
): RefundRecord {
  tx.replace('refunds', after);
  tx.emit('refund.updated', after, before);
  tx.emit('charge.refund.updated', after, before);
  return after;
}
