import { recordMovement } from '../objects/build-balance-transaction.ts';
import { buildDispute, type DisputeGround } from '../objects/build-dispute.ts';
import { invalidRequest } from '../protocol/answer.ts';
import type { BalanceTransactionRecord, ChargeRecord, DisputeRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { forgetWork, planWork } from './plan-work.ts';
import { settleWarnings } from './warn-of-fraud.ts';

/** Stripe's fee for a dispute, in minor units (stripe.com/pricing). */
const disputeFee = 1500;

const inquiries: ReadonlySet<DisputeRecord['status']> = new Set([
  'warning_needs_response',
  'warning_under_review',
]);

const over: ReadonlySet<DisputeRecord['status']> = new Set(['won', 'lost', 'warning_closed']);

/**
 * A customer or a bank disputes a charge. A chargeback takes the money at once, an inquiry does
 * not; a bank debit that comes back after it succeeded is lost from the start.
 */
export function openDispute(
  tx: Transaction,
  charge: ChargeRecord,
  ground: DisputeGround,
): DisputeRecord {
  const built = buildDispute(tx, charge, ground);
  const takes = ground.caseType === 'chargeback';
  const dispute: DisputeRecord = takes
    ? { ...built, balance_transactions: [withdrawal(tx, built)] }
    : built;
  tx.insert('disputes', dispute);
  tx.replace('charges', { ...charge, disputed: true });
  tx.emit('charge.dispute.created', dispute);
  if (takes) tx.emit('charge.dispute.funds_withdrawn', dispute);
  if (over.has(dispute.status)) tx.emit('charge.dispute.closed', dispute);
  settleWarnings(tx, charge.id);
  const { due_by: dueBy } = dispute.evidence_details;
  if (dueBy !== null) {
    planWork(tx, charge.customer, dueBy + 1, { kind: 'dispute', dispute: dispute.id });
  }
  return dispute;
}

function movement(
  tx: Transaction,
  dispute: DisputeRecord,
  amount: number,
  fee: number,
): BalanceTransactionRecord {
  return recordMovement(tx, {
    amount,
    currency: dispute.currency,
    description: `Chargeback ${amount < 0 ? 'withdrawal' : 'reversal'} for ${dispute.charge}`,
    fee,
    feeDescription: 'Dispute fee',
    reportingCategory: amount < 0 ? 'dispute' : 'dispute_reversal',
    source: dispute.id,
    type: 'adjustment',
  });
}

const withdrawal = (tx: Transaction, dispute: DisputeRecord) =>
  movement(tx, dispute, -dispute.amount, disputeFee);

/** Stores a changed dispute and tells what changed. */
export function updateDispute(
  tx: Transaction,
  before: DisputeRecord,
  change: Partial<DisputeRecord>,
): DisputeRecord {
  const after: DisputeRecord = { ...before, ...change };
  tx.replace('disputes', after);
  tx.emit('charge.dispute.updated', after, before);
  return after;
}

/** @throws Refusal for a dispute that is over. */
export function refuseClosed(dispute: DisputeRecord): void {
  if (!over.has(dispute.status)) return;
  throw invalidRequest(`This dispute is already closed; its status is ${dispute.status}.`, {
    code: 'status_transition_invalid',
  });
}

/**
 * Sends the evidence to the bank. Of Stripe's test values, `winning_evidence` and
 * `losing_evidence` decide at once and `escalate_inquiry_evidence` makes an inquiry a chargeback;
 * any other evidence waits for the bank (docs.stripe.com/testing, disputes).
 */
export function submitEvidence(tx: Transaction, before: DisputeRecord): DisputeRecord {
  const isInquiry = inquiries.has(before.status);
  const { evidence_details: details } = before;
  const submitted = updateDispute(tx, before, {
    evidence_details: {
      ...details,
      has_evidence: true,
      submission_count: details.submission_count + 1,
      submission_method: 'manual',
    },
    status: isInquiry ? 'warning_under_review' : 'under_review',
  });
  forgetWork(tx, (work) => work.kind === 'dispute' && work.dispute === before.id);
  const word = submitted.evidence.uncategorized_text;
  if (word === 'winning_evidence') return winDispute(tx, submitted);
  if (word === 'losing_evidence') return loseDispute(tx, submitted);
  if (word === 'escalate_inquiry_evidence' && isInquiry) return escalate(tx, submitted);
  return submitted;
}

/** The bank decides for the business: the money comes back. An inquiry just ends. */
export function winDispute(tx: Transaction, before: DisputeRecord): DisputeRecord {
  if (inquiries.has(before.status)) return closeDispute(tx, before, 'warning_closed');
  const returned = movement(tx, before, before.amount, -disputeFee);
  const after = closeDispute(tx, before, 'won', [...before.balance_transactions, returned]);
  tx.emit('charge.dispute.funds_reinstated', after);
  return after;
}

/** The bank decides against the business, or the business gave in. */
export function loseDispute(tx: Transaction, before: DisputeRecord): DisputeRecord {
  return closeDispute(tx, before, inquiries.has(before.status) ? 'warning_closed' : 'lost');
}

function closeDispute(
  tx: Transaction,
  before: DisputeRecord,
  status: DisputeRecord['status'],
  balance_transactions = before.balance_transactions,
): DisputeRecord {
  const after: DisputeRecord = { ...before, balance_transactions, status };
  tx.replace('disputes', after);
  forgetWork(tx, (work) => work.kind === 'dispute' && work.dispute === before.id);
  tx.emit('charge.dispute.closed', after);
  return after;
}

function escalate(tx: Transaction, before: DisputeRecord): DisputeRecord {
  const { payment_method_details: method } = before;
  const after = updateDispute(tx, before, {
    balance_transactions: [...before.balance_transactions, withdrawal(tx, before)],
    is_charge_refundable: false,
    ...(method?.card === undefined
      ? {}
      : {
          payment_method_details: { ...method, card: { ...method.card, case_type: 'chargeback' } },
        }),
    status: 'needs_response',
  });
  tx.emit('charge.dispute.funds_withdrawn', after);
  return after;
}

/** Nobody answered in time. */
export function missDeadline(tx: Transaction, dispute: DisputeRecord): void {
  const { evidence_details } = dispute;
  loseDispute(tx, { ...dispute, evidence_details: { ...evidence_details, past_due: true } });
}
