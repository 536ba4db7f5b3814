import type { SubscriptionDefault } from '../case/dunning-case.ts';
import type { InvoiceId, PaymentMethodId, SubscriptionId } from '../ids.ts';
import type { EndAction } from '../policy.ts';
import type { StripeRefusal } from './stripe-facts.ts';

/** What the end of dunning does at Stripe. */
export interface EndAtStripe {
  readonly invoice: InvoiceId;
  readonly action: EndAction;
  /** `null` of an invoice that belongs to none: then nothing can be canceled or paused. */
  readonly subscription: SubscriptionId | null;
}

/** What a case does at Stripe beside charging; each under a key of ours, again without harm. */
export interface StripeDunning {
  /**
   * Sets the subscription's default back to what it was before `promoted` paid.
   * @returns False where it is neither of the two, or the subscription has ended: then somebody
   * else has decided, and it stays as it is. Also where it was detached meanwhile: then there is no
   * default, and the customer's own is charged.
   */
  restoreDefault(
    before: SubscriptionDefault,
    promoted: PaymentMethodId,
    key: string,
  ): Promise<boolean>;
  /** @returns Why Stripe did not do it; `null` where it did. */
  endDunning(end: EndAtStripe, key: string): Promise<StripeRefusal | null>;
  /** Ends the pause that {@link StripeDunning.endDunning} began; any other pause stays. */
  resumeCollection(subscription: SubscriptionId, key: string): Promise<void>;
}
