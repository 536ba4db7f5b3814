import type { Decline } from '../published/declines.ts';
import type { ChargeRecord, PaymentIntentRecord, PaymentMethodRecord } from '../records.ts';

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
