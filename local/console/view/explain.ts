import type {
  AttemptOutcome,
  ByHand,
  CloseReason,
  HistoryEvent,
  Progress,
  Trouble,
} from '../../../functions/domain/case/dunning-case.ts';
import type { Explanation, Rule } from '../../../functions/domain/case/explanation.ts';
import type { NoticeStatus } from '../../../functions/domain/notice/notice.ts';
import type { EndAction, EndPolicy } from '../../../functions/domain/policy.ts';
import { type TagKind, timeText, words } from '../../pages/words.ts';

/** Each rule of `functions/domain/case/explanation.ts` as a sentence. */
const sentences: Readonly<Record<Rule, string>> = {
  primary_first: 'The primary is always first.',
  decline_allows_another_try: 'The bank’s reason allows another try of the same card at once.',
  primary_refused_by_stripe_try_is_wasted:
    'Stripe’s own try already got the primary’s no: asking again now would waste a try.',
  primary_refused_in_this_pass: 'The primary was refused in this pass.',
  primary_refusal_stands: 'The primary’s no of before still stands.',
  primary_missing: 'There is no primary to charge.',
  secondary_after_definite_refusal:
    'The refusal is definite, so the secondary may be charged: it has a consent.',
  secondary_since_primary_unusable:
    'The primary cannot be used at all, so the secondary may be charged.',
  secondary_missing: 'There is no secondary.',
  secondary_without_consent: 'The secondary has no consent, so it is not charged.',
  secondary_consent_suspended:
    'A payment with the secondary is disputed, so its consent says nothing for now.',
  secondary_is_the_primary: 'The secondary is the primary itself.',
  secondary_refused_in_this_pass: 'The secondary was refused in this pass.',
  fallback_waits: 'For a refusal of this kind the policy charges the secondary later.',
  fallback_never: 'For a refusal of this kind the policy never charges the secondary.',
  fallback_above_ceiling: 'The amount is above what the policy charges to a secondary.',
  fallback_not_for_this_subscription: 'The secondary is not for this subscription.',
  method_expired: 'The card has expired, and its network sent no new one.',
  method_brand_changed: 'The card has another brand now, which nobody has agreed to yet.',
  mandate_inactive: 'The mandate for its debits is not active any more.',
  method_detached: 'The method is no longer attached at Stripe.',
  method_blocked: 'A block stands against this card.',
  method_refused_for_this_invoice: 'This invoice must not be tried on it again.',
  method_tries_used_up: 'Its tries for this invoice are used up.',
  card_cap_reached: 'The card network’s cap of tries is reached.',
  network_asks_to_wait: 'The card network asks not to try the card before then.',
  scheduled_after_days: 'The schedule’s next pass.',
  moved_to_payday: 'Money is short, so the pass moves to a payday.',
  moved_behind_network_wait: 'Nothing may be tried before then, so the pass moves behind it.',
  schedule_stands: 'What was planned stays planned.',
  schedule_used_up: 'The schedule is used up.',
  window_over: 'The schedule’s next pass would be later than the policy’s window.',
  customer_asked_to_confirm: 'The bank wants the customer to confirm, who is asked by mail.',
  charging_stopped: 'Charging is stopped by the switch.',
  observe_only: 'The mode is observe: this is decided, and not done.',
  hold: 'The invoice is on hold.',
  payment_processing: 'A payment is under way: nothing else is charged meanwhile.',
  take_over_may_be_under_way:
    'Taking over the retries may still be under way, so handing them back waits for it.',
};

/** A decision's reasons, a sentence each, with what each spoke about. */
export const explain = (trace: readonly Explanation[]): readonly string[] =>
  trace.map(({ rule, about, at }) => {
    // A rule of another release may be on record, which this one has no words for.
    const sentence = sentences[rule] ?? `${words(rule)}.`;
    const isId = about !== null && /^(?:in|cus|pm|ch)_/.test(about);
    // What a rule is about may be its time, which is told once.
    const isTime = about !== null && Date.parse(about) === at;
    const what = about === null || isTime ? [] : [isId ? about : words(about)];
    const when = at === undefined ? [] : [timeText(at / 1000)];
    const more = [...what, ...when].join(', ');
    return more === '' ? sentence : `${sentence} (${more})`;
  });

/** A state in plain words, with how it is to be taken. */
export interface InWords {
  readonly text: string;
  readonly kind: TagKind;
}

const closeReasons: Readonly<Record<CloseReason, string>> = {
  paid_elsewhere: 'paid without us',
  voided: 'the invoice was voided',
  uncollectible: 'marked uncollectible',
  not_ours: 'not one of ours',
  customer_deleted: 'the customer was deleted',
  subscription_canceled: 'the subscription was cancelled',
  collection_paused: 'its collection is paused',
  invoice_missing: 'Stripe has no such invoice',
  handed_back: 'handed back to Stripe by staff',
  closed_by_staff: 'closed by staff',
};

const byHand: Readonly<Record<ByHand, string>> = {
  retry: 'wanted a retry',
  hold: 'stopped all charges for a while',
  release: 'ended the hold',
  hand_back: 'gave the invoice back to Stripe',
  close: 'closed the case',
  acknowledge: 'dealt with what came after the payment',
};

const atTheEnd: Readonly<Record<EndAction, string>> = {
  leave_open: 'the invoice stays open',
  mark_uncollectible: 'the invoice is marked uncollectible',
  cancel_subscription: 'the subscription is cancelled',
  pause_subscription: 'the collection of the subscription is paused',
};

const troubles: Readonly<Record<Trouble['kind'], string>> = {
  dispute: 'the payment is disputed',
  early_fraud_warning: 'Stripe warns of fraud',
  reversal: 'the bank took the debit back',
};

export function sayProgress(progress: Progress): InWords {
  switch (progress.state) {
    case 'due':
      return { text: 'due for a look', kind: 'wait' };
    case 'waiting':
      return { text: 'waits for its next try', kind: 'wait' };
    case 'action_required':
      return { text: 'waits for the customer', kind: 'wait' };
    case 'processing':
      return { text: 'a bank debit is under way', kind: 'wait' };
    case 'recovered':
      return { text: `paid by the ${progress.role}`, kind: 'good' };
    case 'exhausted':
      return { text: 'the schedule is used up, still open', kind: 'bad' };
    case 'closed':
      return { text: `closed: ${closeReasons[progress.reason]}`, kind: 'calm' };
  }
}

export function sayOutcome(outcome: AttemptOutcome): InWords {
  switch (outcome.kind) {
    case 'succeeded':
      return { text: 'paid', kind: 'good' };
    case 'processing':
      return { text: 'a bank debit is under way', kind: 'wait' };
    case 'declined':
      return {
        text: `declined: ${words(outcome.codes.declineCode ?? outcome.decline)}`,
        kind: 'bad',
      };
    case 'requires_action':
      return { text: 'the bank asks the customer', kind: 'wait' };
    case 'method_unusable':
      return { text: `unusable: ${outcome.why}`, kind: 'bad' };
    case 'not_executed':
      return { text: `not executed: ${outcome.why}`, kind: 'wait' };
    case 'skipped':
      return { text: `skipped: ${outcome.why}`, kind: 'calm' };
  }
}

/** What a history entry tells, in one line. */
export function sayHistory(event: HistoryEvent): string {
  switch (event.kind) {
    case 'attempt':
      return `attempt ${event.n}, the ${event.role}: ${sayOutcome(event.outcome).text}`;
    case 'debit_ended':
      return `the debit of attempt ${event.n} ended: ${sayOutcome(event.outcome).text}`;
    case 'pass_ended':
      return event.nextPassAt === null
        ? 'the pass ended, and it was the last'
        : `the pass ended, the next one is due ${timeText(event.nextPassAt / 1000)}`;
    case 'payment_started':
      return `attempt ${event.n}, the ${event.role}: the customer began to pay in their page`;
    case 'waiting':
      return `waits until ${timeText(event.until / 1000)}`;
    case 'took_over':
      return event.again
        ? 'Stripe’s own retries were found on again, and switched off'
        : 'Stripe’s own retries were switched off';
    case 'end_announced':
      return `the schedule is used up: ${sayEnd(event)} ${timeText(event.endsAt / 1000)}`;
    case 'dunning_ended':
      return `the end has come: ${sayEnd(event)}`;
    case 'default_restored':
      return `the default of ${event.before.subscription} goes back to ${event.before.method ?? 'none'}`;
    case 'trouble':
      return `${troubles[event.trouble.kind]}: ${words(event.trouble.reason)} (${event.trouble.source})`;
    case 'trouble_ended':
      return `${event.source} is over: ${event.how}`;
    case 'observed':
      return 'observed only, nothing was charged';
    case 'closed':
      return `closed: ${closeReasons[event.reason]}`;
    case 'by_hand': {
      const why = event.reason === null ? '' : `: ${event.reason}`;
      return `${event.by} ${byHand[event.action]}${why}`;
    }
  }
}

const sayEnd = ({ access, action }: Pick<EndPolicy, 'access' | 'action'>): string =>
  access === 'suspend' ? `access is suspended, ${atTheEnd[action]}` : atTheEnd[action];

export function sayNotice(status: NoticeStatus): InWords {
  switch (status.state) {
    case 'sending':
      return { text: 'being sent', kind: 'wait' };
    case 'sent':
      return { text: 'sent', kind: 'good' };
    case 'refused':
      return { text: `refused by SES: ${status.why}`, kind: 'bad' };
    case 'dropped':
      return { text: `not sent: ${status.why}`, kind: 'calm' };
    case 'undeliverable':
      return { text: `not sent, the address: ${words(status.why)}`, kind: 'bad' };
    case 'rejected':
      return { text: 'rejected by SES: a virus', kind: 'bad' };
    case 'bounced':
      return { text: 'bounced', kind: 'bad' };
  }
}

/** The kind in a notice's id, `secondary_charged#in_1-2#...`, for people. */
const noticeKinds: Readonly<Record<string, string>> = {
  secondary_charged: 'The backup was charged',
  payment_failed: 'A payment failed',
  authentication_needed: 'The bank wants a confirmation',
  last_try_ahead: 'One last try is ahead',
  end_ahead: 'The end of dunning is ahead',
  dunning_ended: 'Dunning has ended',
  access_restored: 'Access is back',
  address_unreachable: 'Mails to an owner do not arrive',
};

/** What a notice is about: its kind in words, and its invoice. */
export function readNoticeId(id: string): {
  readonly kind: string;
  readonly invoice: string | undefined;
} {
  const [kind = '', fact = ''] = id.split('#');
  return { kind: noticeKinds[kind] ?? words(kind), invoice: /^in_[A-Za-z0-9]+/.exec(fact)?.[0] };
}
