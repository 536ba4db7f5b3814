import type { Instant } from '../time.ts';

/**
 * One step of a decision's reasoning, for people: which rule spoke and about what. The trace of
 * a decision is the list of these in the order in which the rules were asked.
 */
export interface Explanation {
  readonly rule: Rule;
  /** Which method, code, time or count the rule spoke about. */
  readonly about: string | null;
  /** The time that the rule led to; absent where it led to none. */
  readonly at?: Instant;
}

export type Rule =
  | 'primary_first'
  | 'decline_allows_another_try'
  | 'primary_refused_by_stripe_try_is_wasted'
  | 'primary_refused_in_this_pass'
  | 'primary_refusal_stands'
  | 'primary_missing'
  | 'secondary_after_definite_refusal'
  | 'secondary_since_primary_unusable'
  | 'secondary_missing'
  | 'secondary_without_consent'
  | 'secondary_consent_suspended'
  | 'secondary_is_the_primary'
  | 'secondary_refused_in_this_pass'
  /** The policy charges the secondary later, or never, for a refusal of this kind. */
  | 'fallback_waits'
  | 'fallback_never'
  | 'fallback_above_ceiling'
  | 'fallback_not_for_this_subscription'
  | 'method_detached'
  | 'method_expired'
  | 'method_brand_changed'
  | 'mandate_inactive'
  | 'method_blocked'
  | 'method_refused_for_this_invoice'
  | 'method_tries_used_up'
  | 'card_cap_reached'
  | 'network_asks_to_wait'
  /** When the next pass runs, and what moved it there. */
  | 'scheduled_after_days'
  | 'moved_to_payday'
  | 'moved_behind_network_wait'
  | 'schedule_stands'
  | 'schedule_used_up'
  | 'window_over'
  | 'customer_asked_to_confirm'
  | 'charging_stopped'
  | 'observe_only'
  | 'hold'
  | 'payment_processing'
  | 'take_over_may_be_under_way';
