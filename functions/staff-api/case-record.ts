import type {
  AnnouncedEnd,
  DunningCase,
  HistoryEntry,
  OpenAttempt,
  Trouble,
} from '../domain/case/dunning-case.ts';
import type { Explanation } from '../domain/case/explanation.ts';
import type { Money } from '../domain/money.ts';
import type { EndAction, EndPolicy } from '../domain/policy.ts';
import { type Instant, isoInstant } from '../domain/time.ts';

/** A case as staff see it: everything but what only the program needs. */
export interface CaseRecord {
  readonly customer: string;
  readonly invoice: string;
  readonly state: DunningCase['progress']['state'];
  readonly closeReason: string | null;
  /** What is still to be paid; `null` until Stripe was asked. */
  readonly amountDue: Money | null;
  readonly openedAt: string;
  /** When it is looked at again; `null` once it has ended. */
  readonly dueAt: string | null;
  readonly endedAt: string | null;
  /** When the schedule's next pass runs, if it plans one. */
  readonly nextPassAt: string | null;
  /** From when the secondary may be charged, where the policy waits with it. */
  readonly fallbackAt: string | null;
  /** The announced end of dunning; an extension of the customer's may still move it. */
  readonly end: {
    readonly at: string;
    readonly access: EndPolicy['access'];
    readonly action: EndAction;
    /** When it came; `null` before. */
    readonly doneAt: string | null;
  } | null;
  readonly passes: number;
  readonly attempts: number;
  /** Somebody wants a retry that was not made yet. */
  readonly retryWanted: boolean;
  readonly hold: { readonly reason: string; readonly until: string } | null;
  /** A charge without a known outcome: it may still complete. */
  readonly paymentUnderWay: {
    readonly attempt: number;
    readonly role: OpenAttempt['role'];
    readonly method: string;
    readonly startedAt: string;
  } | null;
  /** Whether Stripe's own collection of the invoice is switched off. */
  readonly collectedByUs: boolean;
  /** When it is handed back to Stripe, where that is wanted and not done. */
  readonly handBackAt: string | null;
  /** What came after the payment and nobody has dealt with yet. */
  readonly troubles: readonly TroubleRecord[];
  readonly version: number;
}

/** A dispute, a warning of fraud, or a debit that the bank took back. */
export interface TroubleRecord {
  /** Stripe's id of it. */
  readonly source: string;
  readonly kind: Trouble['kind'];
  /** Stripe's word for why. */
  readonly reason: string;
  readonly charge: string;
  readonly method: string | null;
  readonly amount: Money;
  readonly at: string;
}

export function caseRecord(dunningCase: DunningCase): CaseRecord {
  const { progress, hold, openAttempt, nextScheduledAt, fallbackAt = null, end } = dunningCase;
  const isSettled = progress.state === 'recovered' || progress.state === 'closed';
  return {
    customer: dunningCase.customer,
    invoice: dunningCase.invoice,
    state: progress.state,
    closeReason: progress.state === 'closed' ? progress.reason : null,
    amountDue: dunningCase.amountDue,
    openedAt: isoInstant(dunningCase.createdAt),
    dueAt: 'dueAt' in progress ? isoInstant(progress.dueAt) : null,
    endedAt: 'endedAt' in progress ? isoInstant(progress.endedAt) : null,
    nextPassAt: isSettled || nextScheduledAt === null ? null : isoInstant(nextScheduledAt),
    fallbackAt: isSettled ? null : iso(fallbackAt),
    end: end === undefined ? null : endRecord(end),
    passes: dunningCase.passCount,
    attempts: dunningCase.attemptCount,
    retryWanted: !isSettled && dunningCase.retryWanted > dunningCase.retryServed,
    hold: hold === null ? null : { reason: hold.reason, until: isoInstant(hold.until) },
    paymentUnderWay: openAttempt === null ? null : underWay(openAttempt),
    collectedByUs: dunningCase.ownsCollection,
    handBackAt:
      dunningCase.handBackWanted && 'dueAt' in progress ? isoInstant(progress.dueAt) : null,
    troubles: (dunningCase.troubles ?? []).map(troubleRecord),
    version: dunningCase.version,
  };
}

const endRecord = ({ at, access, action, doneAt }: AnnouncedEnd) => ({
  at: isoInstant(at),
  access,
  action,
  doneAt: iso(doneAt),
});

const troubleRecord = (trouble: Trouble): TroubleRecord => ({
  ...trouble,
  at: isoInstant(trouble.at),
});

const underWay = ({ n, role, method, startedAt }: OpenAttempt) => ({
  attempt: n,
  role,
  method,
  startedAt: isoInstant(startedAt),
});

/** One line of a case's history; the fields of `event` are those of its kind. */
export interface HistoryLine {
  readonly sequence: number;
  readonly pass: number;
  readonly at: string;
  readonly amount: Money | null;
  readonly event: Readonly<Record<string, unknown>> & { readonly kind: string };
}

/** Times are texts here, as everywhere in answers. */
export const historyLine = ({ sequence, pass, at, amount, event }: HistoryEntry): HistoryLine => ({
  sequence,
  pass,
  at: isoInstant(at),
  amount,
  event: {
    ...event,
    ...('trace' in event ? { trace: traceOf(event.trace) } : {}),
    ...timesOf(event),
  },
});

const traceOf = (trace: readonly Explanation[]) =>
  trace.map(({ at, ...said }) => (at === undefined ? said : { ...said, at: isoInstant(at) }));

function timesOf(event: HistoryEntry['event']): Readonly<Record<string, unknown>> {
  switch (event.kind) {
    case 'attempt':
      return { startedAt: isoInstant(event.startedAt) };
    case 'pass_ended':
      return { nextPassAt: iso(event.nextPassAt) };
    case 'by_hand':
      return { until: iso(event.until) };
    case 'waiting':
      return { until: isoInstant(event.until) };
    case 'end_announced':
      return { endsAt: isoInstant(event.endsAt) };
    case 'trouble':
      return { trouble: troubleRecord(event.trouble) };
    case 'payment_started':
    case 'observed':
    case 'debit_ended':
    case 'took_over':
    case 'dunning_ended':
    case 'default_restored':
    case 'trouble_ended':
    case 'closed':
      return {};
  }
}

const iso = (at: Instant | null): string | null => (at === null ? null : isoInstant(at));
