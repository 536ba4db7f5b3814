import { getMethod } from '../objects/find-method.ts';
import type { Attempted } from '../payments/attempted.ts';
import { declineDetails } from '../payments/charge-card.ts';
import { type Answer, documentationOf, errorAnswer } from '../protocol/answer.ts';
import type { PaymentIntentRecord, PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** The 402 of a confirmation that came to nothing; undefined where it came to something. */
export function refusedConfirmation(
  tx: Transaction,
  attempted: Attempted,
  refusesAction: boolean,
): Answer | undefined {
  if (attempted.kind === 'declined') {
    const { charge, decline, intent } = attempted;
    return errorAnswer(402, {
      ...declineDetails(decline, charge.id),
      payment_intent: intent,
      payment_method: getMethod(tx, charge.payment_method),
    });
  }
  const isAction = attempted.kind === 'action_required';
  return isAction && refusesAction ? refuseAction(tx, attempted.intent) : undefined;
}

/** The business wants no payment that waits for its customer (`error_on_requires_action`). */
function refuseAction(tx: Transaction, intent: PaymentIntentRecord): Answer {
  const method = intent.payment_method === null ? undefined : getMethod(tx, intent.payment_method);
  const error = {
    type: 'card_error' as const,
    code: 'authentication_required',
    decline_code: 'authentication_not_handled',
    message:
      'This payment required an authentication action to complete, but ' +
      '`error_on_requires_action` was set.',
    ...(method === undefined ? {} : { payment_method: method }),
  };
  const after: PaymentIntentRecord = {
    ...intent,
    last_payment_error: error,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  };
  tx.replace('payment_intents', after);
  tx.emit('payment_intent.payment_failed', after);
  return errorAnswer(402, { ...error, payment_intent: after });
}

/** The method cannot be confirmed: its holder or its bank said no. The payment needs another one. */
export function failConfirmation(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  { code, message }: { readonly code: string; readonly message: string },
): PaymentIntentRecord {
  const after: PaymentIntentRecord = {
    ...intent,
    last_payment_error: {
      code,
      doc_url: documentationOf(code),
      message,
      payment_method: method,
      type: 'invalid_request_error',
    },
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  };
  tx.replace('payment_intents', after);
  tx.emit('payment_intent.payment_failed', after);
  return after;
}
