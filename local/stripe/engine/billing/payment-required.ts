import type { Attempted } from '../payments/attempt-payment.ts';
import { emitAttempt } from '../payments/charge-card.ts';
import { Refusal } from '../protocol/answer.ts';

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
  if (attempted?.kind !== 'declined') {
    return new Refusal(402, {
      type: 'invalid_request_error',
      code: 'resource_missing',
      message: 'This customer has no attached payment source or default payment method.',
    });
  }
  const { charge, decline, intent } = attempted;
  const error = {
    type: 'card_error' as const,
    code: decline.code,
    decline_code: decline.declineCode,
    message: decline.message,
    charge: charge.id,
  };
  return new Refusal(402, error, false, (tx) => {
    tx.insert('payment_intents', intent);
    tx.insert('charges', charge);
    emitAttempt(tx, charge, intent);
  });
}
