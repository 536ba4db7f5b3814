import type { StoredItem } from '../../evidence.ts';
import { countOf, type Fields, fieldsOf, isFields, listOf, momentOf, textOf } from '../read.ts';

/** An attempt as it stands open in a case. */
export interface OpenAttempt {
  readonly key: string;
  readonly n: number;
  readonly method: string;
  readonly role: string;
  readonly sentAt: number;
  /** The customer makes it in their page; we never send it. */
  readonly isCustomers: boolean;
}

/** What was told to the customer of the end of dunning. */
export interface AnnouncedEnd {
  readonly at: number;
  readonly access: string;
  readonly action: string;
  readonly doneAt: number | null;
}

/** What an item says of a case, as docs/data-model.md names it. */
export interface CaseItem {
  readonly customer: string;
  readonly invoice: string;
  readonly state: string;
  /** Why it was closed. */
  readonly reason: string | null;
  /** When the case itself wants its next look, epoch milliseconds; null once it has ended. */
  readonly wantsLookAt: number | null;
  readonly queuedUntil: number;
  /** What the sparse indexes have of it. */
  readonly dueShard: string | null;
  readonly dueAt: string | null;
  readonly openShard: string | null;
  readonly passCount: number;
  readonly scheduleUsed: number;
  readonly createdAt: number;
  readonly nextScheduledAt: number | null;
  /** From when on the backup may be charged, where the policy waits. */
  readonly fallbackAt: number | null;
  /** When the customer is told something by time alone. */
  readonly remindAt: number | null;
  readonly end: AnnouncedEnd | null;
  /** Ids of the disputes and warnings that nobody has dealt with. */
  readonly troubles: readonly string[];
  /** Why the pass under way runs; null between passes. */
  readonly passCause: string | null;
  readonly openAttempt: OpenAttempt | null;
  readonly retryWanted: number;
  readonly retryServed: number;
  /** Of the retries that are wanted those that only a card's network has made worth a try. */
  readonly unaskedRetries: number;
  readonly holdUntil: number;
  readonly ownsCollection: boolean;
  readonly owed: readonly Fields[];
  readonly historyCount: number;
  readonly version: number;
}

const prefix = 'V#CASE#';

/** The case in an item; null for items of other kinds. */
export function readCase(item: StoredItem): CaseItem | null {
  if (!item.sk.startsWith(prefix)) return null;
  const progress = fieldsOf(item.progress) ?? {};
  return {
    customer: item.pk.slice('CUSTOMER#'.length),
    invoice: item.sk.slice(prefix.length),
    state: textOf(progress.state) ?? '',
    reason: textOf(progress.reason),
    wantsLookAt: momentOf(progress.dueAt),
    queuedUntil: countOf(item.queuedUntil),
    dueShard: textOf(item.dueShard),
    dueAt: textOf(item.dueAt),
    openShard: textOf(item.openShard),
    passCount: countOf(item.passCount),
    scheduleUsed: countOf(item.scheduleUsed),
    createdAt: countOf(item.createdAt),
    nextScheduledAt: momentOf(item.nextScheduledAt),
    fallbackAt: momentOf(item.fallbackAt),
    remindAt: momentOf(fieldsOf(item.reminder)?.at),
    end: readEnd(fieldsOf(item.end)),
    troubles: listOf(item.troubles).map((each) => textOf(fieldsOf(each)?.source) ?? ''),
    passCause: textOf(fieldsOf(item.pass)?.cause),
    openAttempt: readAttempt(fieldsOf(item.openAttempt)),
    retryWanted: countOf(item.retryWanted),
    retryServed: countOf(item.retryServed),
    unaskedRetries: countOf(item.unaskedRetries),
    holdUntil: countOf(fieldsOf(item.hold)?.until),
    ownsCollection: item.ownsCollection === true,
    owed: listOf(item.owed).filter(isFields),
    historyCount: countOf(item.historyCount),
    version: countOf(item.version),
  };
}

const readEnd = (fields: Fields | null): AnnouncedEnd | null =>
  fields === null
    ? null
    : {
        at: countOf(fields.at),
        access: textOf(fields.access) ?? '',
        action: textOf(fields.action) ?? '',
        doneAt: momentOf(fields.doneAt),
      };

function readAttempt(fields: Fields | null): OpenAttempt | null {
  if (fields === null) return null;
  return {
    key: textOf(fields.key) ?? '',
    n: countOf(fields.n),
    method: textOf(fields.method) ?? '',
    role: textOf(fields.role) ?? '',
    sentAt: countOf(fields.sentAt),
    isCustomers: fields.initiator === 'customer',
  };
}

/** Nothing more happens to it by itself. */
export const hasEnded = ({ state }: CaseItem): boolean =>
  state === 'recovered' || state === 'exhausted' || state === 'closed';

/** Nothing can happen to it any more. */
export const isOver = ({ state }: CaseItem): boolean => state === 'recovered' || state === 'closed';

/** Closed by what its own end did at Stripe, and not paid: what others gave up is given up. */
export const isClosedByEnd = ({ state, reason, end }: CaseItem): boolean => {
  if (state !== 'closed' || end?.doneAt == null) return false;
  const { action } = end;
  return (
    (reason === 'uncollectible' && action === 'mark_uncollectible') ||
    (reason === 'subscription_canceled' && action === 'cancel_subscription')
  );
};
