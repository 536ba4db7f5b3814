import type { EventRecord } from '../records.ts';
import type { StripeState } from '../state.ts';

/** What Stripe has no endpoint for; these exist only on the local Stripe. */
export interface Changed {
  readonly state: StripeState;
  readonly events: readonly EventRecord[];
}
