import type { InvoiceFacts } from '../stripe/stripe-facts.ts';
import { type Instant, minuteMs } from '../time.ts';
import type { DunningCase, HistoryEvent } from './dunning-case.ts';

/**
 * Between two steps of a pass the case is due this much later: a pass that died there is found
 * by the sweep, and one that lives is not overtaken by it.
 */
export const betweenStepsMs = 2 * minuteMs;

/** The next version of a case, for one conditional write. */
export const next = (dunningCase: DunningCase, change: Partial<DunningCase>): DunningCase => ({
  ...dunningCase,
  // Whoever writes has the case in hand: from now on its own due time says when the sweep comes.
  queuedUntil: 0,
  ...change,
  version: dunningCase.version + 1,
});

/** What the case keeps of the invoice, for those who look at it without asking Stripe. */
export const seenOf = (facts: InvoiceFacts): Pick<DunningCase, 'amountDue' | 'shown'> => ({
  amountDue: facts.amountDue,
  shown: { number: facts.number, hostedInvoiceUrl: facts.hostedInvoiceUrl },
});

/** Adds a line to the history; it is written to its own item once the case is saved. */
export function tell(
  dunningCase: DunningCase,
  event: HistoryEvent,
  now: Instant,
): Pick<DunningCase, 'owed' | 'historyCount'> {
  const sequence = dunningCase.historyCount + 1;
  const { invoice, passCount: pass, amountDue: amount } = dunningCase;
  const entry = { invoice, sequence, pass, at: now, amount, event };
  return { historyCount: sequence, owed: [...dunningCase.owed, { kind: 'history', entry }] };
}

/** Adds lines to the history, in this order. */
export const tellAll = (
  dunningCase: DunningCase,
  events: readonly HistoryEvent[],
  now: Instant,
): Pick<DunningCase, 'owed' | 'historyCount'> => {
  let told = dunningCase;
  for (const event of events) told = { ...told, ...tell(told, event, now) };
  const { owed, historyCount } = told;
  return { owed, historyCount };
};
