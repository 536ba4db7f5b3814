import type { DeclineKind } from '../../../functions/domain/decline.ts';
import type {
  AttemptOutcome,
  CloseReason,
  OpenAttempt,
  PassCause,
  Progress,
} from '../../../functions/domain/dunning-case.ts';
import type { NoticeContent } from '../../../functions/domain/messages.ts';
import type { NoticeStatus } from '../../../functions/domain/notice.ts';
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
  notice: namesOf<NoticeStatus['state']>({
    sending: true,
    refused: true,
    sent: true,
    dropped: true,
    bounced: true,
  }),
  'mail kind': namesOf<NoticeContent['kind']>({ secondary_charged: true, payment_failed: true }),
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
