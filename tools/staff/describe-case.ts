import type { CaseRecord, HistoryLine } from '../../functions/staff-api/case-record.ts';
import { amount, columns, count, time, words } from './layout.ts';

/** One case a line. */
export const listOfCases = (cases: readonly CaseRecord[]): string =>
  columns([
    ['INVOICE', 'CUSTOMER', 'STATE', 'AMOUNT', 'OPENED', 'NEXT LOOK'],
    ...cases.map((each) => [
      each.invoice,
      each.customer,
      each.hold === null ? words(each.state) : `${words(each.state)} (held)`,
      amount(each.amountDue),
      time(each.openedAt),
      time(each.dueAt),
    ]),
  ]);

/** How a case stands. */
export function describeCase(each: CaseRecord): string {
  const ended = each.closeReason === null ? '' : `: ${words(each.closeReason)}`;
  const lines = [
    ['state', `${words(each.state)}${ended}`],
    ['customer', each.customer],
    ['amount', amount(each.amountDue)],
    ['opened', time(each.openedAt)],
    [
      'so far',
      `${count(each.passes, 'pass', 'passes')}, ${count(each.attempts, 'attempt', 'attempts')}`,
    ],
  ];
  if (each.dueAt !== null) lines.push(['next look', time(each.dueAt)]);
  if (each.endedAt !== null) lines.push(['ended', time(each.endedAt)]);
  if (each.retryWanted) lines.push(['wanted', 'a retry, now']);
  if (each.hold !== null)
    lines.push(['hold', `until ${time(each.hold.until)}: ${each.hold.reason}`]);
  if (each.paymentUnderWay !== null) {
    const { attempt, role, startedAt } = each.paymentUnderWay;
    lines.push(['under way', `attempt ${attempt}, ${role}, since ${time(startedAt)}`]);
  }
  return `${each.invoice}\n${columns(lines.map((line) => ['', ...line]))}`;
}

/** What happened, line by line, each with the rules that decided. */
export const describeTrace = (history: readonly HistoryLine[]): string =>
  history.length === 0
    ? 'Nothing has happened yet.'
    : history.map((line) => `  ${time(line.at)}  pass ${line.pass}  ${sayEvent(line)}`).join('\n');

/** The fields of each kind are those of `HistoryEvent` in functions/domain/dunning-case.ts. */
function sayEvent({ event }: HistoryLine): string {
  const { kind } = event;
  switch (kind) {
    case 'attempt':
      return `attempt ${event.n}, ${event.role}: ${outcome(event.outcome)}${rules(event.trace)}`;
    case 'debit_ended':
      return `debit of attempt ${event.n}, ${event.role}: ${outcome(event.outcome)}`;
    case 'payment_started':
      return `the customer began to pay, attempt ${event.n}`;
    case 'pass_ended': {
      const next =
        typeof event.nextPassAt === 'string' ? `next ${time(event.nextPassAt)}` : 'no more';
      return `pass ended, ${next}${rules(event.trace)}`;
    }
    case 'observed':
      return `observed only${rules(event.trace)}`;
    case 'closed':
      return `closed: ${words(String(event.reason))}`;
    case 'by_hand': {
      const why = typeof event.reason === 'string' ? `: ${event.reason}` : '';
      return `${words(String(event.action))} by ${event.by}${why}`;
    }
    default:
      return words(kind);
  }
}

function outcome(value: unknown): string {
  if (!hasKind(value)) return 'unknown';
  const code =
    'codes' in value && isObject(value.codes) && 'declineCode' in value.codes
      ? ` (${String(value.codes.declineCode)})`
      : '';
  const why = 'why' in value ? `: ${String(value.why)}` : '';
  return `${words(value.kind)}${code}${why}`;
}

/** `  [primary first pm_1, ...]` */
function rules(trace: unknown): string {
  if (!Array.isArray(trace) || trace.length === 0) return '';
  const said = trace.filter(isObject).map((each) => {
    const rule = 'rule' in each ? words(String(each.rule)) : '';
    const about = 'about' in each && each.about !== null ? ` (${String(each.about)})` : '';
    return `${rule}${about}`;
  });
  return `\n      ${said.join('\n      ')}`;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const hasKind = (value: unknown): value is object & { readonly kind: string } =>
  isObject(value) && 'kind' in value && typeof value.kind === 'string';
