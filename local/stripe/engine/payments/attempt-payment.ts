import { invalidRequest } from '../protocol/answer.ts';
import type { PaymentIntentRecord, PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import type { Attempted } from './attempted.ts';
import { chargeCard } from './charge-card.ts';
import { debitBank, whyUndebitable } from './debit-bank.ts';
import { activeMandate, mandateMissing } from './mandates.ts';
import { refuseType } from './refuse-type.ts';

const payable: ReadonlySet<string> = new Set([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
]);

/**
 * Charges a method once: one more Charge on the PaymentIntent, whatever the outcome.
 *
 * @throws Refusal while a debit for the PaymentIntent is under way or after it succeeded, and for
 * a bank account that may not be debited; for a method of a type that the PaymentIntent does not take.
 */
export function attemptPayment(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  offSession: boolean,
  returnUrl?: string,
): Attempted {
  refuseUnpayable(intent);
  refuseType(method, intent, { payment_intent: intent });
  if (method.type === 'card') return chargeCard(tx, intent, method, offSession, returnUrl);
  const refusal = whyUndebitable(intent, method);
  if (refusal !== undefined) throw refusal;
  const mandate = activeMandate(tx, method.id);
  if (mandate === undefined) throw mandateMissing({ payment_intent: intent });
  return debitBank(tx, intent, method, mandate);
}

function refuseUnpayable(intent: PaymentIntentRecord): void {
  if (payable.has(intent.status)) return;
  throw invalidRequest(
    `This PaymentIntent's payment_method could not be updated because it has a status of ` +
      `${intent.status}. You may only update the payment_method of a PaymentIntent with one of ` +
      'the following statuses: requires_payment_method, requires_confirmation, requires_action.',
    { code: 'payment_intent_unexpected_state', payment_intent: intent },
  );
}

/**
 * Whether Stripe can try this method by itself: it is of a type that the payment takes, and a bank
 * account has a mandate.
 */
export function canCharge(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
): boolean {
  if (!intent.payment_method_types.includes(method.type)) return false;
  if (method.type === 'card') return true;
  return whyUndebitable(intent, method) === undefined && activeMandate(tx, method.id) !== undefined;
}
