import type { CustomerId } from '../ids.ts';
import type { StripeGateway } from '../ports.ts';
import type { Instant } from '../time.ts';

/** What is asked before a customer is reminded of a card. */
export interface StripeReminders extends Pick<StripeGateway, 'paymentMethod'> {
  /**
   * When the customer is charged automatically next: the first end of a period of a subscription
   * that goes on after it. `null` where there is none, or Stripe has no such customer.
   */
  nextBillingDate(customer: CustomerId): Promise<Instant | null>;
}
