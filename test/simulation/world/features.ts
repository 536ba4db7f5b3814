/**
 * Everything that can be switched on or off in a seed: what goes wrong, and what happens
 * outside. Each seed has a random part of them ("swarm testing", Groce and others, 2012), so
 * that what rules out or hides something else is missing in some.
 */

/** What goes wrong, for one call, message, mail or event. */
export const faultKinds = [
  /** Executed at Stripe, the connection cut before the answer; the SDK sends it once more. */
  'stripe_lost_answer',
  /** The connection cut before Stripe saw the request; the SDK sends it once more. */
  'stripe_cut_before',
  /** The connection refused: nothing reached Stripe. */
  'stripe_refused',
  'stripe_429',
  'stripe_lock_timeout',
  'stripe_500_before',
  'stripe_500_after',
  /** Stripe takes its time; the answer comes before or after the SDK gave up. */
  'stripe_slow',
  /** The SDK gave up, and Stripe executes the request only then. */
  'stripe_late',
  /** A proxy's page in place of Stripe's answer, which may have been executed. */
  'stripe_page',
  /** 401: the key was revoked; only as an outage. */
  'stripe_key_refused',
  /** The table refuses the request. */
  'table_refused',
  /** The table did it, and no answer arrives. */
  'table_lost',
  /** The answer to a write was lost and the SDK repeats it: the condition then fails. */
  'table_repeated',
  /** Indexes follow the table after seconds. */
  'index_lag',
  'queue_refused',
  'queue_lost',
  /** The answer was lost and the SDK sends the message again. */
  'queue_sent_twice',
  'queue_delivered_twice',
  /** A message comes again although it was deleted. */
  'queue_after_delete',
  'queue_late',
  'mail_refused',
  /** SES takes no more for now. */
  'mail_throttled',
  'mail_unknown_before',
  'mail_unknown_after',
  'mail_bounced',
  /** Delivered, and whoever got it says that it is spam. */
  'mail_complained',
  'mail_event_late',
  'mail_event_twice',
  'mail_event_lost',
  'event_late',
  'event_twice',
  /** Two Event objects for one fact. */
  'event_second_object',
  /** No delivery of the event ever arrives, and Stripe counts it as not delivered. */
  'event_dropped',
  'sweep_twice',
  'sweep_missed',
  'reconcile_missed',
  'remind_missed',
  'remind_twice',
  /** Somebody detaches the method a moment before the request to charge it arrives. */
  'detached_meanwhile',
  /** A process stands still between two lines. */
  'pause',
  /** What a person asked for was done, and the answer is lost on its way to them. */
  'answer_lost',
  /** The same request twice at once. */
  'request_twice',
  'death_before',
  'death_after',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** What people, banks, networks, Stripe and staff do. */
export const outsideKinds = [
  'renewal',
  'monthly_renewals',
  'second_subscription',
  'primary_answers',
  'secondary_answers',
  'card_expires',
  /** Somebody gives a card the date at which it does, this month or the next. */
  'card_expires_soon',
  'network_renews_card',
  'network_replaces_card',
  'customer_default_changes',
  'subscription_default_changes',
  'invoice_default_changes',
  'card_added',
  'method_detached',
  'paid_out_of_band',
  'paid_by_customer',
  'voided',
  'marked_uncollectible',
  'stripe_collects_again',
  'subscription_cancelled',
  'collection_paused',
  'collection_resumed',
  'customer_deleted',
  'failing_sign_up',
  'one_off_invoice',
  'debit_settled',
  'debit_returned',
  'staff_retries',
  'staff_holds',
  'staff_releases',
  'staff_hands_back',
  'staff_closes',
  'staff_changes_secondary',
  'staff_unblocks',
  'staff_adds_account',
  'staff_lifts_suppression',
  'staff_extends',
  'staff_looks',
  'consent_withdrawn',
  'charging_stopped',
  'charging_allowed',
  'customer_adds_card',
  'customer_replaces_card',
  'customer_changes_card',
  'customer_changes_roles',
  'customer_removes_method',
  'customer_withdraws_consent',
  'customer_pays_now',
  'customer_looks',
  'customer_signs_in',
  'customer_signs_out',
  'customer_changes_billing',
  'customer_changes_tax_ids',
  'customer_changes_members',
  'somebody_trespasses',
  'dead_letters_moved_back',
  'outage',
  'network_asks_to_wait',
  'network_changes_brand',
  'card_used_up',
  'charge_disputed',
  'dispute_decided',
  'fraud_warned',
  'mandate_withdrawn',
  'subscription_marked',
  'customer_moves',
  'staff_acknowledges',
  'standing_asked',
] as const;

export type OutsideKind = (typeof outsideKinds)[number];
export type Feature = FaultKind | OutsideKind;

export const features: readonly Feature[] = [...faultKinds, ...outsideKinds];
