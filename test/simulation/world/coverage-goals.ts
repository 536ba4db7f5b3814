import type {
  AttemptOutcome,
  CloseReason,
  HistoryEvent,
  OpenAttempt,
  PassCause,
  Progress,
  Trouble,
  TroubleEnd,
} from '../../../functions/domain/case/dunning-case.ts';
import type { Rule } from '../../../functions/domain/case/explanation.ts';
import type { DeclineKind } from '../../../functions/domain/decline/decline.ts';
import type { NoticeStatus } from '../../../functions/domain/notice/notice.ts';
import type { NoticeContent } from '../../../functions/domain/notice/notice-content.ts';
import type { EndAction } from '../../../functions/domain/policy.ts';
import { locales } from '../../../functions/mail/locales.ts';
import type { Counts } from './coverage.ts';
import { faultKinds, outsideKinds } from './features.ts';
import type { End } from './processes.ts';

/** Every name of a type of the domain: one that is added there must be added here. */
const namesOf = <Name extends string>(names: Readonly<Record<Name, true>>): readonly string[] =>
  Object.keys(names);

/** What the seeds together are to reach, by kind of thing. */
export const goals: Readonly<Record<string, readonly string[]>> = {
  state: namesOf<Progress['state']>({
    due: true,
    waiting: true,
    action_required: true,
    processing: true,
    recovered: true,
    exhausted: true,
    closed: true,
  }),
  // Stripe lets nobody delete an invoice once it is open: none goes missing.
  'close reason': namesOf<Exclude<CloseReason, 'invoice_missing'>>({
    paid_elsewhere: true,
    voided: true,
    uncollectible: true,
    not_ours: true,
    customer_deleted: true,
    subscription_canceled: true,
    collection_paused: true,
    handed_back: true,
    closed_by_staff: true,
  }),
  'pass cause': namesOf<PassCause>({
    new: true,
    scheduled: true,
    wanted: true,
    fallback: true,
  }),
  outcome: namesOf<AttemptOutcome['kind']>({
    succeeded: true,
    processing: true,
    declined: true,
    requires_action: true,
    method_unusable: true,
    not_executed: true,
    skipped: true,
  }),
  decline: namesOf<DeclineKind>({
    generic: true,
    transient: true,
    insufficient_funds: true,
    invalid_data: true,
    authentication: true,
    risk: true,
    not_allowed: true,
    card_dead: true,
    unusable: true,
  }),
  'open request': namesOf<OpenAttempt['request']>({
    in_the_page: true,
    maybe_sent: true,
    not_executed: true,
    server_error: true,
  }),
  // What SES takes for a virus is told of by unit tests.
  notice: namesOf<Exclude<NoticeStatus['state'], 'rejected'>>({
    sending: true,
    refused: true,
    sent: true,
    dropped: true,
    undeliverable: true,
    bounced: true,
  }),
  'mail language': Object.keys(locales),
  'mail kind': namesOf<NoticeContent['kind']>({
    secondary_charged: true,
    recovered: true,
    debit_started: true,
    debit_returned: true,
    payment_failed: true,
    authentication_needed: true,
    last_try_ahead: true,
    end_ahead: true,
    dunning_ended: true,
    access_restored: true,
    methods_changed: true,
    consent_given: true,
    consent_withdrawn: true,
    members_changed: true,
    invitation: true,
    extension_granted: true,
    bank_account_verification: true,
    card_updated: true,
    card_expiring: true,
    address_unreachable: true,
  }),
  history: namesOf<HistoryEvent['kind']>({
    attempt: true,
    pass_ended: true,
    debit_ended: true,
    payment_started: true,
    waiting: true,
    took_over: true,
    end_announced: true,
    dunning_ended: true,
    default_restored: true,
    trouble: true,
    trouble_ended: true,
    observed: true,
    closed: true,
    by_hand: true,
  }),
  // What is detached, or has no consent any more, gives up its role: apart for a moment only.
  'rule of choice': namesOf<Exclude<Rule, 'method_detached' | 'secondary_without_consent'>>({
    primary_first: true,
    decline_allows_another_try: true,
    primary_refused_by_stripe_try_is_wasted: true,
    primary_refused_in_this_pass: true,
    primary_refusal_stands: true,
    primary_missing: true,
    secondary_after_definite_refusal: true,
    secondary_since_primary_unusable: true,
    secondary_missing: true,
    secondary_consent_suspended: true,
    secondary_is_the_primary: true,
    secondary_refused_in_this_pass: true,
    fallback_waits: true,
    fallback_never: true,
    fallback_above_ceiling: true,
    fallback_not_for_this_subscription: true,
    method_expired: true,
    method_brand_changed: true,
    mandate_inactive: true,
    method_blocked: true,
    method_refused_for_this_invoice: true,
    method_tries_used_up: true,
    card_cap_reached: true,
    network_asks_to_wait: true,
    scheduled_after_days: true,
    moved_to_payday: true,
    moved_behind_network_wait: true,
    schedule_stands: true,
    schedule_used_up: true,
    window_over: true,
    customer_asked_to_confirm: true,
    charging_stopped: true,
    observe_only: true,
    hold: true,
    payment_processing: true,
    take_over_may_be_under_way: true,
  }),
  trouble: namesOf<Trouble['kind']>({ dispute: true, early_fraud_warning: true, reversal: true }),
  'end of a trouble': namesOf<TroubleEnd>({ won: true, lost: true, acknowledged: true }),
  // What leaves everything as it is needs no step of its own.
  'end action': namesOf<Exclude<EndAction, 'leave_open'>>({
    mark_uncollectible: true,
    cancel_subscription: true,
    pause_subscription: true,
  }),
  'end of a process': namesOf<End<unknown>['kind']>({
    done: true,
    threw: true,
    died: true,
    timed_out: true,
  }),
  fault: faultKinds,
  outside: outsideKinds,
};

/** What was never reached, each by its kind and name. */
export function neverReached(counts: Counts): readonly string[] {
  const missing = Object.entries(goals).flatMap(([kind, names]) =>
    names.filter((name) => counts[kind]?.[name] === undefined).map((name) => `${kind}: ${name}`),
  );
  const unweighed = Object.entries(counts['rule weighed'] ?? {})
    .filter(([, times]) => times === 0)
    .map(([name]) => `rule weighed: ${name}`);
  return [...missing, ...unweighed, ...deathsNeverMet(counts)];
}

/** Kill points that were passed and at which no process ever died, before or after the effect. */
export function deathsNeverMet(counts: Counts): readonly string[] {
  return Object.keys(counts['kill point'] ?? {}).flatMap((point) =>
    ['before', 'after']
      .filter((when) => counts[`death ${when}`]?.[point] === undefined)
      .map((when) => `death ${when}: ${point}`),
  );
}
