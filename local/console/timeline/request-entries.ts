import type { LoggedRequest } from '../../stripe/control/control.ts';
import { type HappeningOf, recordsOf } from '../record.ts';
import { readItem } from '../view/items.ts';
import type { Placed } from './entry.ts';
import type { Relation, TimelineSources } from './relation.ts';
import { errorOf, trouble } from './request-trouble.ts';
import { outcomeOfCharge } from './stripe-entries.ts';
import { nameOfMethod } from './table-entries.ts';

type Told = Pick<Placed, 'title' | 'weight' | 'outcome' | 'ids'>;
type Sent = HappeningOf<'request'>;

/** What the functions asked Stripe about the invoice, with what the local Stripe knows of it. */
export function stripeRequestEntries(
  sources: TimelineSources,
  relation: Relation,
): readonly Placed[] {
  const { isNamed, whole, invocations } = relation;
  const sent = recordsOf(sources.happenings, 'request').filter(({ record }) => {
    const { awsRequestId = '', service, resources } = record;
    if (service !== 'stripe') return false;
    return whole.has(awsRequestId) || (invocations.has(awsRequestId) && isNamed(resources));
  });
  const taken = matchRequests(sent, sources.stripe?.requests ?? []);
  const ours = sent.map((happening) => {
    const { at, number, record } = happening;
    const logged = taken.get(happening);
    const raw = logged === undefined ? record : { request: record, asStripeSawIt: logged };
    const room = sources.names.room(record.functionName);
    return { at, number, room, raw, ...tellRequest(sources, happening, logged) };
  });
  return [...ours, ...othersRequests(sources, relation, new Set(taken.values()))];
}

/** Each request of a function with the line of Stripe's log that it is: the same call, no earlier. */
function matchRequests(
  sent: readonly Sent[],
  logged: readonly LoggedRequest[],
): ReadonlyMap<Sent, LoggedRequest> {
  const taken = new Set<LoggedRequest>();
  return new Map(
    sent.flatMap((happening) => {
      const { action, resources, at } = happening.record;
      const found = logged.find(
        (each) =>
          !taken.has(each) &&
          each.method === action &&
          each.path === resources[0] &&
          Math.floor(each.at) >= Math.floor(at),
      );
      if (found === undefined) return [];
      taken.add(found);
      return [[happening, found] as const];
    }),
  );
}

function tellRequest(
  sources: TimelineSources,
  happening: Sent,
  logged: LoggedRequest | undefined,
): Told {
  const { record } = happening;
  const path = record.resources[0] ?? '';
  const line = `${record.action} ${path}`;
  const key = logged?.idempotencyKey;
  const ids = [line, ...(key ? [`key ${key}`] : []), `invocation ${record.awsRequestId ?? ''}`];
  const bad = trouble(record);
  if (record.action === 'GET') {
    const title = `Reads ${objectOf(path)} at Stripe`;
    return bad === undefined
      ? { title, weight: 'detail', ids }
      : { title, weight: 'step', outcome: bad, ids };
  }
  const outcome = bad ?? answerOf(sources, record, logged);
  if (!path.endsWith('/pay')) return { title: sayChange(logged), weight: 'step', outcome, ids };
  const title = `Asks Stripe to charge ${sayAttempt(sources, happening)}`;
  return { title, weight: 'step', outcome, ids };
}

/** `/v1/invoices/in_1` is an invoice. */
function objectOf(path: string): string {
  const name = (path.split('/')[2] ?? path).replaceAll('_', ' ').replace(/s$/, '');
  const isList = path.split('/').length === 3;
  return isList ? `the ${name}s` : `the ${name}`;
}

function sayChange(logged: LoggedRequest | undefined): string {
  const advance = logged?.params.auto_advance;
  if (advance === 'false') return 'Switches Stripe’s own retries off';
  if (advance === 'true') return 'Hands the invoice back to Stripe';
  return 'Changes the invoice at Stripe';
}

/** `the primary, Visa ending in 4242`: the attempt that was on record before the request. */
function sayAttempt({ happenings, invoice, items }: TimelineSources, { number }: Sent): string {
  const written = recordsOf(happenings, 'request').findLast(
    (each) =>
      each.number < number && each.record.item?.invoice === invoice && isOpen(each.record.item),
  );
  const known = written?.record.item === undefined ? undefined : readItem(written.record.item);
  const attempt = known?.kind === 'case' ? known.record.openAttempt : null;
  if (attempt === null) return 'a method';
  return `the ${attempt.role}, ${nameOfMethod(attempt.method, items)}`;
}

const isOpen = ({ openAttempt = null }: Readonly<Record<string, unknown>>) => openAttempt !== null;

/** What Stripe answered; of a charge, what the bank said, by the event that the request made. */
function answerOf(
  { happenings }: TimelineSources,
  { outcome }: Sent['record'],
  logged: LoggedRequest | undefined,
): NonNullable<Placed['outcome']> {
  const charge = recordsOf(happenings, 'stripe_event').find(
    ({ record }) =>
      logged?.requestId !== null &&
      logged?.requestId !== undefined &&
      record.request?.id === logged.requestId &&
      /^charge\.(failed|succeeded)$/.test(record.type),
  );
  if (charge !== undefined) return outcomeOfCharge(charge.record);
  const status = outcome.kind === 'answered' ? outcome.status : 0;
  if (status === 402) return { kind: 'bad', text: 'declined (402)' };
  return { kind: status === 200 ? 'good' : 'bad', text: `answered ${status}` };
}

/** What somebody else asked the local Stripe to change: a person, a script, another program. */
function othersRequests(
  { stripe }: TimelineSources,
  { isNamed }: Relation,
  ours: ReadonlySet<LoggedRequest>,
): readonly Placed[] {
  return (stripe?.requests ?? [])
    .filter((each) => each.method !== 'GET' && !ours.has(each) && isNamed([each.path, each.params]))
    .map((each) => ({
      at: each.at,
      number: 0,
      room: 'Stripe',
      title: 'Somebody else asks Stripe',
      weight: 'step',
      outcome: { kind: 'calm', text: `answered ${each.status ?? 'nothing'}` },
      ids: [`${each.method} ${each.path}`],
      raw: each,
    }));
}

/** Requests to the other services that went wrong: the records of those services miss them. */
export function failedRequestEntries(
  { happenings, names }: TimelineSources,
  { whole }: Relation,
): readonly Placed[] {
  return recordsOf(happenings, 'request').flatMap(({ at, number, record }) => {
    const { awsRequestId = '', service, action, functionName, item } = record;
    if (!whole.has(awsRequestId) || service === 'stripe' || item !== undefined) return [];
    const isRefused = record.outcome.kind !== 'answered' || record.outcome.status >= 400;
    if (!isRefused) return [];
    const status = record.outcome.kind === 'answered' ? record.outcome.status : 0;
    const said = errorOf(record) ?? `answered ${status}`;
    return [
      {
        at,
        number,
        room: names.room(functionName),
        title: `Asks for ${service} ${action}`,
        weight: 'step',
        outcome: trouble(record) ?? { kind: 'bad', text: said },
        ids: [...record.resources, `invocation ${awsRequestId}`],
        raw: record,
      },
    ];
  });
}
