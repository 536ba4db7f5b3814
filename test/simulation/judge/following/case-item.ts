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
  readonly nextScheduledAt: number | null;
  readonly openAttempt: OpenAttempt | null;
  readonly retryWanted: number;
  readonly retryServed: number;
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
    nextScheduledAt: momentOf(item.nextScheduledAt),
    openAttempt: readAttempt(fieldsOf(item.openAttempt)),
    retryWanted: countOf(item.retryWanted),
    retryServed: countOf(item.retryServed),
    holdUntil: countOf(fieldsOf(item.hold)?.until),
    ownsCollection: item.ownsCollection === true,
    owed: listOf(item.owed).filter(isFields),
    historyCount: countOf(item.historyCount),
    version: countOf(item.version),
  };
}

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
