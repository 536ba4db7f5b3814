import { withFunds } from '../objects/build-charge.ts';
import { applyAftermath } from '../payments/charge-card.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { forgetWork } from '../payments/plan-work.ts';
import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import type { ChargeRecord, PaymentIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { unexpectedState } from './confirm-payment.ts';

export interface Capture {
  /** In minor units; all of what is held unless given. */
  readonly amount: number | undefined;
  readonly change: Partial<
    Pick<ChargeRecord, 'statement_descriptor' | 'statement_descriptor_suffix' | 'receipt_email'>
  >;
  readonly metadata: Readonly<Record<string, string>> | null | undefined;
}

/** Takes a held amount, or less of it; the rest is released. @throws Refusal as Stripe words it. */
export function captureIntent(
  tx: Transaction,
  intent: PaymentIntentRecord,
  capture: Capture,
): PaymentIntentRecord {
  refuseUncapturable(intent);
  if (intent.latest_charge === null) throw new Error(`${intent.id} holds nothing.`);
  const before = tx.get('charges', intent.latest_charge);
  const amount = capture.amount ?? intent.amount_capturable;
  refuseAmount(amount, intent);
  const charge = withFunds(
    tx,
    { ...before, ...capture.change, amount_captured: amount, captured: true },
    amount,
  );
  const after: PaymentIntentRecord = {
    ...intent,
    ...capture.change,
    amount_capturable: 0,
    amount_received: amount,
    metadata: mergeMetadata(intent.metadata, capture.metadata),
    status: 'succeeded',
  };
  tx.replace('charges', charge);
  tx.replace('payment_intents', after);
  forgetWork(tx, (work) => work.kind === 'authorization' && work.intent === intent.id);
  tx.emit('charge.captured', charge);
  applyAftermath(tx, charge.id);
  tx.emit('payment_intent.succeeded', after);
  return after;
}

function refuseUncapturable(intent: PaymentIntentRecord): void {
  if (intent.status === 'requires_capture') return;
  const isOver = intent.status === 'succeeded';
  throw unexpectedState(
    isOver
      ? 'This PaymentIntent could not be captured because it has already been captured.'
      : `This PaymentIntent could not be captured because it has a status of ${intent.status}. ` +
          'Only a PaymentIntent with one of the following statuses may be captured: ' +
          'requires_capture.',
    intent,
  );
}

function refuseAmount(amount: number, intent: PaymentIntentRecord): void {
  if (amount < 1) {
    throw invalidParameter(
      'This value must be greater than or equal to 1.',
      'amount_to_capture',
      'parameter_invalid_integer',
    );
  }
  if (amount <= intent.amount_capturable) return;
  throw invalidRequest(
    'The payment could not be captured because the requested capture amount is greater than the ' +
      'amount you can capture for this charge.',
    { code: 'amount_too_large', payment_intent: intent },
  );
}
