import { subscriptionOf } from '../objects/record-change.ts';
import type { Attempted } from '../payments/attempted.ts';
import { declineDetails, emitAttempt } from '../payments/charge-card.ts';
import { choosePaymentMethod, nothingToCharge } from '../payments/choose-payment-method.ts';
import { Refusal } from '../protocol/answer.ts';
import type { InvoiceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/**
 * Whoever signs up or changes a subscription is charged at once, unless the payment is left to the
 * page (`default_incomplete`).
 *
 * @throws Refusal where something is due now and there is nothing to charge.
 */
export function refuseWithoutMethod(tx: Transaction, draft: InvoiceRecord): void {
  const isCharged = draft.collection_method === 'charge_automatically' && draft.amount_due > 0;
  const isPaused = subscriptionOf(tx, draft)?.pause_collection != null;
  if (!isCharged || isPaused) return;
  if (choosePaymentMethod(tx, draft) === undefined) throw nothingToCharge();
}

/** 402 under `error_if_incomplete`: everything but the charge itself is forgotten. */
export function paymentRequired(attempted: Attempted | undefined): Refusal {
  if (attempted?.kind === 'action_required') {
    return new Refusal(402, {
      type: 'invalid_request_error',
      code: 'subscription_payment_intent_requires_action',
      message:
        'Payment for this subscription requires additional user action before it can be completed ' +
        'successfully. Payment can be completed using the PaymentIntent associated with ' +
        '`subscription.latest_invoice`.',
    });
  }
  if (attempted?.kind !== 'declined') return nothingToCharge();
  const { charge, decline, intent } = attempted;
  return new Refusal(402, declineDetails(decline, charge.id), false, (tx) => {
    tx.insert('payment_intents', intent);
    tx.insert('charges', charge);
    emitAttempt(tx, charge, intent);
  });
}
