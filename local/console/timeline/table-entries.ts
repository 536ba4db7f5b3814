import type { DunningCase, HistoryEntry } from '../../../functions/domain/case/dunning-case.ts';
import type { RequestRecord } from '../../cloud/records.ts';
import { timeText, words } from '../../pages/words.ts';
import { recordsOf } from '../record.ts';
import { labelOf, sayAudit } from '../view/customers-view.ts';
import {
  explain,
  type InWords,
  readNoticeId,
  sayHistory,
  sayNotice,
  sayOutcome,
  sayProgress,
} from '../view/explain.ts';
import { itemsOf, type KnownItem, readItem } from '../view/items.ts';
import type { Placed } from './entry.ts';
import type { Relation, TimelineSources } from './relation.ts';
import { errorOf, trouble } from './request-trouble.ts';

const room = 'Table';

type Told = Pick<Placed, 'title' | 'weight' | 'outcome' | 'lines' | 'ids'>;

/** What was written about the invoice; each write of the case as what it changed. */
export function writeEntries(
  { happenings, items }: TimelineSources,
  { isNamed, whole, invocations }: Relation,
): readonly Placed[] {
  let before: DunningCase | undefined;
  return recordsOf(happenings, 'request').flatMap(({ at, number, record }) => {
    const { awsRequestId = '', item } = record;
    const belongs = whole.has(awsRequestId) || (invocations.has(awsRequestId) && isNamed(item));
    const known = item === undefined || !belongs ? undefined : readItem(item);
    if (known === undefined) return [];
    const told = tellWrite(known, before, items);
    const own = { at, number, room, raw: record };
    if (!isDone(record)) return [{ ...own, ...refused(record, told) }];
    if (known.kind === 'case' && isNamed(known.item.sk)) before = known.record;
    return [{ ...own, ...told }];
  });
}

const isDone = ({ outcome }: RequestRecord) =>
  outcome.kind === 'killed_after_effect' || (outcome.kind === 'answered' && outcome.status === 200);

/** A condition that does not hold is DynamoDB's way to say that somebody else was first. */
function refused(record: RequestRecord, told: Told): Told {
  const outcome = trouble(record);
  if (outcome !== undefined) return { ...told, weight: 'step', outcome };
  const code = errorOf(record);
  if (code !== undefined && code !== 'ConditionalCheckFailedException') {
    return {
      ...told,
      weight: 'step',
      outcome: { kind: 'bad', text: code },
      lines: ['DynamoDB refused it: this write changed nothing.'],
    };
  }
  return {
    title: told.title,
    weight: 'detail',
    outcome: { kind: 'calm', text: 'not written' },
    lines: ['Another writer was first, or it was there already: this write changed nothing.'],
  };
}

function tellWrite(
  known: KnownItem,
  before: DunningCase | undefined,
  items: readonly KnownItem[],
): Told {
  switch (known.kind) {
    case 'case':
      return tellCase(known.record, before, items);
    case 'history': {
      const told = tellHistory(known.record);
      // The attempt's own line has told its reasons, before Stripe was asked.
      return known.record.event.kind === 'attempt' ? { ...told, lines: [] } : told;
    }
    case 'notice': {
      const { status, id } = known.record;
      const title = `Notice “${readNoticeId(id).kind}”`;
      const outcome = sayNotice(status);
      return { title, weight: 'step', outcome, ids: [id] };
    }
    case 'method':
      return { title: `Mirror of ${labelOf(known.record)}`, weight: 'detail' };
    case 'customer':
      return { title: 'Mirror of the customer', weight: 'detail' };
    case 'ledger':
      return {
        title: 'A try is noted in the card’s ledger',
        weight: 'detail',
        ids: known.record.slots.slice(-1).map(({ key }) => key),
      };
    case 'audit':
      return { title: `Audit log: ${sayAudit(known.record)}`, weight: 'detail' };
    case 'other':
      return { title: `Item ${known.item.sk}`, weight: 'detail' };
  }
}

function tellHistory({ sequence, event }: HistoryEntry): Told {
  const lines = 'trace' in event ? explain(event.trace) : [];
  return { title: `History ${sequence}: ${sayHistory(event)}`, weight: 'step', lines };
}

/** The change between two versions of the case, the weightiest first. */
function tellCase(
  now: DunningCase,
  before: DunningCase | undefined,
  items: readonly KnownItem[],
): Told {
  const { progress, openAttempt } = now;
  const lines = caseLines(now);
  if (now.version === 1) {
    return { title: 'The case is recorded', weight: 'step', outcome: sayProgress(progress), lines };
  }
  if (openAttempt !== null && before?.openAttempt?.n !== openAttempt.n) {
    const method = nameOfMethod(openAttempt.method, items);
    return {
      title: `Attempt ${openAttempt.n} is on record before Stripe is asked: the ${openAttempt.role}, ${method}`,
      weight: 'step',
      lines: explain(openAttempt.trace),
      ids: [`key ${openAttempt.key}`],
    };
  }
  const closed = before?.openAttempt ?? null;
  if (openAttempt === null && closed !== null) {
    const owed = now.owed.map(({ kind }) => words(kind)).join(', ');
    return {
      title: `The outcome of attempt ${closed.n} is on record`,
      weight: 'step',
      outcome: outcomeIn(now, closed.n) ?? sayProgress(progress),
      lines: [
        `The case: ${sayProgress(progress).text}.`,
        ...(owed === '' ? [] : [`Still to do: ${owed}.`]),
        ...lines,
      ],
    };
  }
  if (now.ownsCollection && before?.ownsCollection === false) {
    return { title: 'The retries of this invoice are ours now', weight: 'step', lines };
  }
  if (before !== undefined && before.progress.state !== progress.state) {
    return { title: 'The case changes', weight: 'step', outcome: sayProgress(progress), lines };
  }
  if (now.owed.length === 0 && (before?.owed.length ?? 0) > 0) {
    return { title: 'All that the case owed is done', weight: 'detail', lines };
  }
  const isWanted = before !== undefined && now.retryWanted > before.retryWanted;
  if (isWanted) return { title: 'A retry is wanted', weight: 'step', lines };
  return { title: 'The case is written', weight: 'detail', outcome: sayProgress(progress), lines };
}

/** The case carries the attempt's line of history until that is written. */
function outcomeIn({ owed }: DunningCase, n: number): InWords | undefined {
  const events = owed.flatMap((each) => (each.kind === 'history' ? [each.entry.event] : []));
  const found = events.find((event) => event.kind === 'attempt' && event.n === n);
  return found?.kind === 'attempt' ? sayOutcome(found.outcome) : undefined;
}

function caseLines({ progress, queuedUntil }: DunningCase): readonly string[] {
  const due = 'dueAt' in progress ? [`Due ${timeText(progress.dueAt / 1000)}.`] : [];
  const queued =
    queuedUntil > 0
      ? [`Queued, so the sweep leaves it alone until ${timeText(queuedUntil / 1000)}.`]
      : [];
  return [...due, ...queued];
}

/** A method as people call it, else by its id. */
export function nameOfMethod(id: string, items: readonly KnownItem[]): string {
  const found = itemsOf(items, 'method').find(({ record }) => record.method === id);
  return found === undefined ? id : labelOf(found.record);
}

/**
 * History and notices that stand in the table from before the records begin: an earlier run with
 * the same data.
 */
export function storedEntries(
  { items, invoice }: TimelineSources,
  written: readonly Placed[],
): readonly Placed[] {
  const seen = new Set(written.map(({ title }) => title));
  return itemsOf(items, 'history')
    .filter(({ record }) => record.invoice === invoice)
    .map(({ item, record }) => ({
      at: record.at,
      number: 0,
      room,
      raw: item,
      ...tellHistory(record),
    }))
    .filter(({ title }) => !seen.has(title));
}
