import { notModelled } from '../protocol/answer.ts';
import type { ChargeRecord, PaymentIntentRecord, PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { chargeCard } from './charge-card.ts';
import type { Decline } from './declines.ts';

/** What became of one attempt to pay a PaymentIntent. */
export type Attempted =
  | {
      readonly kind: 'paid';
      readonly charge: ChargeRecord;
      readonly intent: PaymentIntentRecord;
      readonly method: PaymentMethodRecord;
    }
  /** A bank debit under way: it settles or comes back days later. */
  | {
      readonly kind: 'processing';
      readonly charge: ChargeRecord;
      readonly intent: PaymentIntentRecord;
    }
  | {
      readonly kind: 'declined';
      readonly charge: ChargeRecord;
      readonly intent: PaymentIntentRecord;
      readonly decline: Decline;
    }
  | { readonly kind: 'action_required'; readonly intent: PaymentIntentRecord };

/** Charges a method once: one more Charge on the PaymentIntent, whatever the outcome. */
export function attemptPayment(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  offSession: boolean,
): Attempted {
  if (method.type === 'card') return chargeCard(tx, intent, method, offSession);
  throw notModelled(`Charging a ${method.type}`, 'payment_method');
}
