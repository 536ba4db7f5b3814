import { carryReturnedDebit, carryToInvoice } from '../billing/collect-invoice.ts';
import { finishAuthentication } from '../intents/confirm-payment.ts';
import { finishSetupAuthentication } from '../intents/confirm-setup.ts';
import { invoiceOf } from '../objects/invoice-payments.ts';
import { returnDebit, settle } from '../payments/debit-bank.ts';
import { loseDispute, openDispute, refuseClosed, winDispute } from '../payments/open-dispute.ts';
import { type FraudType, fraudTypes, warnOfFraud } from '../payments/warn-of-fraud.ts';
import { isReturnCode, returnCodes } from '../published/debit-returns.ts';
import type { ChargeRecord } from '../records.ts';
import type { StripeState } from '../state.ts';
import { nobody, Transaction } from '../transaction.ts';
import type { Changed } from './changed.ts';

export { type FraudType, fraudTypes, returnCodes };

/** Why a customer or a bank disputes (docs.stripe.com/disputes/categories). */
export const disputeReasons = [
  'fraudulent',
  'product_not_received',
  'product_unacceptable',
  'subscription_canceled',
  'credit_not_processed',
  'duplicate',
  'unrecognized',
  'general',
] as const;

export type DisputeReason = (typeof disputeReasons)[number];

/** How far a dispute goes: an inquiry only asks, a chargeback takes the money. */
export type DisputeKind = 'chargeback' | 'inquiry';

/**
 * The cardholder answers the bank's question (3-D Secure) of a PaymentIntent or SetupIntent.
 *
 * @param now epoch milliseconds, UTC.
 * @throws RangeError when there is no such intent, or it waits for no cardholder.
 */
export function finishAuthenticationNow(
  state: StripeState,
  intent: string,
  succeeds: boolean,
  now: number,
): Changed {
  const tx = new Transaction(state, now, nobody);
  const payment = tx.find('payment_intents', intent);
  const setup = tx.find('setup_intents', intent);
  if (payment !== undefined) finishAuthentication(tx, payment, succeeds);
  else if (setup !== undefined) finishSetupAuthentication(tx, setup, succeeds);
  else throw new RangeError(`There is no PaymentIntent and no SetupIntent ${intent}.`);
  return tx.finish();
}

/**
 * The bank pays a debit that is under way, before its time.
 *
 * @param id a charge or its PaymentIntent.
 * @param now epoch milliseconds, UTC.
 * @throws RangeError when no debit is under way there.
 */
export function settleDebitNow(state: StripeState, id: string, now: number): Changed {
  const tx = new Transaction(state, now, nobody);
  const charge = debitOf(tx, id);
  if (charge.status !== 'pending') {
    throw new RangeError(`${charge.id} is ${charge.status}: no debit is under way there.`);
  }
  const attempted = settle(tx, charge);
  const invoice = invoiceOf(tx, attempted.intent);
  if (invoice !== undefined) {
    carryToInvoice(tx, invoice, attempted, { initiator: 'caller', offSession: true });
  }
  return tx.finish();
}

/**
 * A bank debit comes back: one under way fails, one that had succeeded is disputed and lost.
 *
 * @param id a charge or its PaymentIntent.
 * @param code one of {@link returnCodes}: `R01`, `AM04` and their like.
 * @param now epoch milliseconds, UTC.
 * @throws RangeError when there is no such debit, or no such code.
 */
export function returnDebitNow(state: StripeState, id: string, code: string, now: number): Changed {
  if (!isReturnCode(code)) {
    throw new RangeError(
      `A debit cannot come back with "${code}". It can with: ${returnCodes.join(', ')}.`,
    );
  }
  const tx = new Transaction(state, now, nobody);
  const charge = debitOf(tx, id);
  if (charge.status === 'failed') throw new RangeError(`${charge.id} has failed already.`);
  if (charge.disputed) throw new RangeError(`${charge.id} came back already.`);
  returnDebit(tx, charge, code);
  const invoice = invoiceOf(tx, tx.get('payment_intents', charge.payment_intent));
  if (charge.status === 'pending' && invoice !== undefined) carryReturnedDebit(tx, invoice);
  return tx.finish();
}

/**
 * The cardholder or the bank disputes a charge: a chargeback takes the money at once.
 *
 * @param id a charge or its PaymentIntent.
 * @param now epoch milliseconds, UTC.
 * @throws RangeError when the charge took no money, was refunded in full or is disputed.
 */
export function openDisputeNow(
  state: StripeState,
  id: string,
  reason: DisputeReason,
  now: number,
  kind: DisputeKind = 'chargeback',
): Changed {
  const tx = new Transaction(state, now, nobody);
  const charge = disputableCharge(tx, id);
  openDispute(tx, charge, { reason, caseType: kind });
  return tx.finish();
}

/**
 * The bank decides a dispute.
 *
 * @param now epoch milliseconds, UTC.
 * @throws RangeError when there is no such dispute; Refusal when it is over.
 */
export function decideDisputeNow(
  state: StripeState,
  id: string,
  isWon: boolean,
  now: number,
): Changed {
  const tx = new Transaction(state, now, nobody);
  const found = tx.find('disputes', id);
  if (found === undefined) throw new RangeError(`There is no dispute ${id}.`);
  refuseClosed(found);
  if (isWon) winDispute(tx, found);
  else loseDispute(tx, found);
  return tx.finish();
}

/**
 * The card's issuer warns that a charge is fraudulent, before any dispute.
 *
 * @param id a charge or its PaymentIntent.
 * @param now epoch milliseconds, UTC.
 * @throws RangeError when the charge took no money, was refunded in full or is disputed.
 */
export function warnOfFraudNow(
  state: StripeState,
  id: string,
  fraudType: FraudType,
  now: number,
): Changed {
  const tx = new Transaction(state, now, nobody);
  warnOfFraud(tx, disputableCharge(tx, id), fraudType);
  return tx.finish();
}

/**
 * The account holder withdraws a mandate: nothing more may be debited by it.
 *
 * @param now epoch milliseconds, UTC.
 * @throws RangeError when there is none that is not inactive yet.
 */
export function deactivateMandate(state: StripeState, mandate: string, now: number): Changed {
  const tx = new Transaction(state, now, nobody);
  const before = tx.find('mandates', mandate);
  if (before === undefined || before.status === 'inactive') {
    throw new RangeError(`There is no mandate ${mandate} in force.`);
  }
  const after = { ...before, status: 'inactive' as const };
  tx.replace('mandates', after);
  tx.emit('mandate.updated', after, before);
  return tx.finish();
}

/** The charge with this id, or the last one of the PaymentIntent with this id. */
function chargeOf(tx: Transaction, id: string): ChargeRecord {
  const latest = tx.find('payment_intents', id)?.latest_charge;
  const charge = tx.find('charges', latest ?? id);
  if (charge === undefined) throw new RangeError(`There is no charge of ${id}.`);
  return charge;
}

function debitOf(tx: Transaction, id: string): ChargeRecord {
  const charge = chargeOf(tx, id);
  if (charge.payment_method_details.type === 'card') {
    throw new RangeError(`${charge.id} charged a card, not a bank account.`);
  }
  return charge;
}

function disputableCharge(tx: Transaction, id: string): ChargeRecord {
  const charge = chargeOf(tx, id);
  if (charge.status !== 'succeeded' || !charge.captured) {
    throw new RangeError(`${charge.id} took no money: its status is ${charge.status}.`);
  }
  if (charge.disputed) throw new RangeError(`${charge.id} is disputed already.`);
  if (charge.refunded) throw new RangeError(`${charge.id} was refunded in full.`);
  return charge;
}
