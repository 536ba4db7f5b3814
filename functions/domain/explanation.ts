/**
 * One step of a decision's reasoning, for people: which rule spoke and about what. The trace of
 * a decision is the list of these in the order in which the rules were asked.
 */
export interface Explanation {
  readonly rule: Rule;
  /** Which method, code, time or count the rule spoke about. */
  readonly about: string | null;
}

export type Rule =
  | 'primary_first'
  | 'decline_allows_another_try'
  | 'primary_refused_by_stripe_try_is_wasted'
  | 'primary_refused_in_this_pass'
  | 'primary_missing'
  | 'secondary_after_definite_refusal'
  | 'secondary_since_primary_unusable'
  | 'secondary_missing'
  | 'secondary_without_consent'
  | 'secondary_is_the_primary'
  | 'secondary_refused_in_this_pass'
  | 'method_detached'
  | 'method_blocked'
  | 'method_refused_for_this_invoice'
  | 'method_tries_used_up'
  | 'card_cap_reached'
  | 'charging_stopped'
  | 'observe_only'
  | 'hold'
  | 'payment_processing'
  | 'take_over_may_be_under_way';
