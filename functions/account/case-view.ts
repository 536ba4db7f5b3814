import { type Answer, refuse } from '../api/answer.ts';
import type { AttemptRole, DunningCase } from '../domain/case/dunning-case.ts';
import {
  type SafeConsequence,
  type SafeEnd,
  type SafeEntry,
  type SafeEvent,
  safeEnd,
  safeTimeline,
} from '../domain/case/safe-timeline.ts';
import type { Customer } from '../domain/customer/customer.ts';
import type { InvoiceId, PaymentMethodId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import { type Instant, isoInstant } from '../domain/time.ts';
import type { Records } from '../runtime/records.ts';
import type { AccountDependencies } from './dependencies.ts';
import { isOpen, type OpenCaseView, viewOpenCase } from './open-case-view.ts';
import { noSuchCase } from './say-payment-refusal.ts';

/** A failed invoice as its customer sees it, with what was done; one that has ended, too. */
export interface CaseView extends Omit<OpenCaseView, 'state'> {
  readonly state: OpenCaseView['state'] | 'ended';
  readonly endedAt: string | null;
  /** How it ended, where it did. */
  readonly end: SafeEnd | null;
  /** The method that paid, where it was paid here. */
  readonly paidBy: AttemptRole | null;
  /** In the order in which it happened. */
  readonly timeline: readonly TimelineEntry[];
  /** The methods that are named here, those that were removed included. */
  readonly methods: readonly TriedMethod[];
}

/** A {@link SafeEvent} with its times as texts. */
export type TimelineEvent =
  | Exclude<SafeEvent, { readonly kind: 'round_ended' | 'end_ahead' }>
  | { readonly kind: 'round_ended'; readonly nextTryAt: string | null }
  | { readonly kind: 'end_ahead'; readonly endsAt: string; readonly follows: SafeConsequence };

export interface TimelineEntry {
  readonly sequence: number;
  readonly at: string;
  readonly amount: Money | null;
  readonly event: TimelineEvent;
}

export interface TriedMethod {
  readonly method: PaymentMethodId;
  readonly type: string;
  readonly brand: string | null;
  readonly last4: string | null;
}

/** One case with its history, in words that are safe to show. */
export async function showCase(
  { records, clock }: Pick<AccountDependencies, 'records' | 'clock'>,
  { customer, extension }: Pick<Customer, 'customer' | 'extension'>,
  invoice: InvoiceId,
): Promise<Answer> {
  const dunningCase = await records.case(customer, invoice);
  if (dunningCase === null || isNotOurs(dunningCase)) return refuse(noSuchCase);
  const timeline = safeTimeline(await records.history(customer, invoice), dunningCase);
  const stands = standing(dunningCase, { extension }, clock.now());
  const named = [
    ...stands.tried.map(({ method }) => method),
    ...timeline.flatMap(({ event }) => ('method' in event ? [event.method] : [])),
  ];
  const methods = await methodsOf(records, customer, new Set(named));
  const body: CaseView = {
    ...stands,
    timeline: timeline.map(entryView),
    methods,
  };
  return { status: 200, body };
}

/** An invoice that we only looked at is no failed payment of ours. */
const isNotOurs = ({ progress }: DunningCase): boolean =>
  progress.state === 'closed' && progress.reason === 'not_ours';

function standing(
  dunningCase: DunningCase,
  holder: Pick<Customer, 'extension'>,
  now: Instant,
): Omit<CaseView, 'timeline' | 'methods'> {
  const { progress } = dunningCase;
  const view = viewOpenCase(dunningCase, holder, now);
  return {
    ...view,
    state: isOpen(dunningCase) ? view.state : 'ended',
    // What was given up has an end as well, but its invoice is open.
    endedAt: 'endedAt' in progress && !isOpen(dunningCase) ? isoInstant(progress.endedAt) : null,
    end: endOf(progress),
    paidBy: progress.state === 'recovered' ? progress.role : null,
  };
}

function endOf(progress: DunningCase['progress']): SafeEnd | null {
  if (progress.state === 'recovered') return 'paid';
  return progress.state === 'closed' ? safeEnd(progress.reason) : null;
}

const entryView = ({ sequence, at, amount, event }: SafeEntry): TimelineEntry => ({
  sequence,
  at: isoInstant(at),
  amount,
  event: eventView(event),
});

function eventView(event: SafeEvent): TimelineEvent {
  switch (event.kind) {
    case 'round_ended':
      return { ...event, nextTryAt: isoOrNull(event.nextTryAt) };
    case 'end_ahead':
      return { ...event, endsAt: isoInstant(event.endsAt) };
    default:
      return event;
  }
}

const isoOrNull = (instant: Instant | null): string | null =>
  instant === null ? null : isoInstant(instant);

async function methodsOf(
  records: Pick<Records, 'method'>,
  customer: Customer['customer'],
  ids: ReadonlySet<PaymentMethodId>,
): Promise<readonly TriedMethod[]> {
  const methods = await Promise.all([...ids].map((id) => records.method(customer, id)));
  return methods.flatMap((record) => {
    if (record === null) return [];
    const { method, type, brand, last4 } = record;
    return [{ method, type, brand, last4 }];
  });
}
