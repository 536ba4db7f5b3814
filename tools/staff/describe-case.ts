import type { CaseRecord, HistoryLine } from '../../functions/staff-api/case-record.ts';
import { amount, columns, count, time, words } from './layout.ts';

/** One case a line. */
export const listOfCases = (cases: readonly CaseRecord[]): string =>
  columns([
    ['INVOICE', 'CUSTOMER', 'STATE', 'AMOUNT', 'OPENED', 'NEXT LOOK'],
    ...cases.map((each) => [
      each.invoice,
      each.customer,
      stateOf(each),
      amount(each.amountDue),
      time(each.openedAt),
      time(each.dueAt),
    ]),
  ]);

/** The state with what stands beside it: `waiting (held)`, `recovered (dispute)`. */
function stateOf({ state, hold, troubles }: CaseRecord): string {
  const beside = [...(hold === null ? [] : ['held']), ...troubles.map(({ kind }) => words(kind))];
  return beside.length === 0 ? words(state) : `${words(state)} (${beside.join(', ')})`;
}

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
  if (each.fallbackAt !== null) lines.push(['backup from', time(each.fallbackAt)]);
  if (each.end !== null) {
    const { at, doneAt } = each.end;
    const when = doneAt === null ? time(at) : `came ${time(doneAt)}`;
    lines.push(['end', `${when}: ${consequence(each.end)}`]);
  }
  if (each.retryWanted) lines.push(['wanted', 'a retry, now']);
  if (each.hold !== null)
    lines.push(['hold', `until ${time(each.hold.until)}: ${each.hold.reason}`]);
  if (each.paymentUnderWay !== null) {
    const { attempt, role, startedAt } = each.paymentUnderWay;
    lines.push(['under way', `attempt ${attempt}, ${role}, since ${time(startedAt)}`]);
  }
  for (const { kind, reason, amount: asked, at, source } of each.troubles) {
    lines.push([words(kind), `${words(reason)}, ${amount(asked)}, ${time(at)} (${source})`]);
  }
  return `${each.invoice}\n${columns(lines.map((line) => ['', ...line]))}`;
}

/** What happened, line by line, each with the rules that decided. */
export const describeTrace = (history: readonly HistoryLine[]): string =>
  history.length === 0
    ? 'Nothing has happened yet.'
    : history.map((line) => `  ${time(line.at)}  pass ${line.pass}  ${sayEvent(line)}`).join('\n');

/** The fields of each kind are those of `HistoryEvent` in functions/domain/case/dunning-case.ts. */
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
    case 'waiting':
      return `waits until ${timeIn(event.until)}${rules(event.trace)}`;
    case 'took_over':
      return event.again === true
        ? "Stripe's own retries found on, and switched off again"
        : "Stripe's own retries switched off";
    case 'end_announced':
      return `end announced for ${timeIn(event.endsAt)}: ${consequence(event)}`;
    case 'dunning_ended':
      return `dunning ended: ${consequence(event)}`;
    case 'default_restored':
      return restored(event.before);
    case 'observed':
      return `observed only${rules(event.trace)}`;
    case 'trouble': {
      const { trouble } = event;
      if (!isObject(trouble) || !('source' in trouble) || !('reason' in trouble))
        return words(kind);
      return `${hasKind(trouble) ? words(trouble.kind) : 'trouble'} ${trouble.source}: ${words(String(trouble.reason))}`;
    }
    case 'trouble_ended':
      return `${event.source} is over: ${words(String(event.how))}`;
    case 'closed':
      return `closed: ${words(String(event.reason))}`;
    case 'by_hand': {
      const why = typeof event.reason === 'string' ? `: ${event.reason}` : '';
      const until = typeof event.until === 'string' ? `, until ${time(event.until)}` : '';
      return `${words(String(event.action))} by ${event.by}${until}${why}`;
    }
    default:
      return words(kind);
  }
}

/** What the end does: to the standing, and at Stripe. */
const consequence = ({ access, action }: Readonly<Record<string, unknown>>): string =>
  `access ${access === 'suspend' ? 'suspended' : 'kept'}, ${words(String(action))}`;

function restored(before: unknown): string {
  if (!isObject(before) || !('subscription' in before) || !('method' in before)) {
    return 'default restored';
  }
  return `default of ${before.subscription} set back to ${before.method ?? 'none'}`;
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

/** `primary first (pm_1)`, each on a line of its own, with the time that it led to. */
function rules(trace: unknown): string {
  if (!Array.isArray(trace) || trace.length === 0) return '';
  const said = trace.filter(isObject).map((each) => {
    const rule = 'rule' in each ? words(String(each.rule)) : '';
    const at = 'at' in each ? each.at : undefined;
    // What a rule is about may be its time.
    const about = 'about' in each && each.about !== null && each.about !== at ? [each.about] : [];
    const more = [...about, ...(at === undefined ? [] : [timeIn(at)])].join(', ');
    return more === '' ? rule : `${rule} (${more})`;
  });
  return `\n      ${said.join('\n      ')}`;
}

/** A time in an event, whose fields are those of its kind. */
const timeIn = (at: unknown): string => time(typeof at === 'string' ? at : null);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const hasKind = (value: unknown): value is object & { readonly kind: string } =>
  isObject(value) && 'kind' in value && typeof value.kind === 'string';
