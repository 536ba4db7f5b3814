import type { DunningCase, HistoryEntry } from '../../functions/domain/dunning-case.ts';
import type { Explanation } from '../../functions/domain/explanation.ts';
import { formatMoney } from '../../functions/domain/money.ts';

/** A case and its history for a person: what was tried, what came of it, and which rules decided. */
export function describeCase(
  { invoice, progress, amountDue }: DunningCase,
  history: readonly HistoryEntry[],
): string {
  const amount = amountDue === null ? '' : ` of ${formatMoney(amountDue, 'en-US')}`;
  const due = 'dueAt' in progress ? `, due ${iso(progress.dueAt)}` : '';
  return [`${invoice}${amount}: ${progress.state}${due}`, ...history.map(describe)].join('\n');
}

function describe({ at, pass, event }: HistoryEntry): string {
  const when = `  ${iso(at)}  pass ${pass}  `;
  switch (event.kind) {
    case 'attempt': {
      const { outcome } = event;
      const code = outcome.kind === 'declined' ? ` (${outcome.codes.declineCode})` : '';
      const what = `attempt ${event.n}, ${event.role}: ${outcome.kind}${code}`;
      return `${when}${what}  [${rules(event.trace)}]`;
    }
    case 'debit_ended':
      return `${when}debit of attempt ${event.n}, ${event.role}: ${event.outcome.kind}`;
    case 'pass_ended': {
      const next = event.nextPassAt === null ? 'no more passes' : `next ${iso(event.nextPassAt)}`;
      return `${when}ended, ${next}  [${rules(event.trace)}]`;
    }
    case 'observed':
      return `${when}observed only  [${rules(event.trace)}]`;
    case 'closed':
      return `${when}closed: ${event.reason.replaceAll('_', ' ')}`;
  }
}

const iso = (at: number) => new Date(at).toISOString();

const rules = (trace: readonly Explanation[]) =>
  trace.map(({ rule }) => rule.replaceAll('_', ' ')).join(', ');
