import { recallDebit } from '../payments/debit-bank.ts';
import { forgetWork } from '../payments/plan-work.ts';
import type { PaymentIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** Ends a PaymentIntent: a held amount is released, a debit under way recalled. */
export function cancelIntent(
  tx: Transaction,
  intent: PaymentIntentRecord,
  reason: PaymentIntentRecord['cancellation_reason'],
): PaymentIntentRecord {
  const { latest_charge: latest } = intent;
  const charge = latest === null ? undefined : tx.get('charges', latest);
  if (charge?.status === 'pending') recallDebit(tx, charge);
  forgetWork(tx, (work) => work.kind === 'authorization' && work.intent === intent.id);
  const after: PaymentIntentRecord = {
    ...intent,
    amount_capturable: 0,
    canceled_at: tx.now,
    cancellation_reason: reason,
    next_action: null,
    status: 'canceled',
  };
  tx.replace('payment_intents', after);
  tx.emit('payment_intent.canceled', after);
  return after;
}

/** The issuer gives a held amount back that nobody captured in time. */
export function releaseHold(
  tx: Transaction,
  intent: PaymentIntentRecord,
  reason: 'automatic',
): void {
  if (intent.latest_charge !== null) {
    tx.emit('charge.expired', tx.get('charges', intent.latest_charge));
  }
  cancelIntent(tx, intent, reason);
}
