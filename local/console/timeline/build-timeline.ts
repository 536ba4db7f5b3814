import { lengthOf } from '../../pages/words.ts';
import type { CaseView } from '../view/customers-view.ts';
import { viewCases } from '../view/customers-view.ts';
import { viewMail } from '../view/mails-view.ts';
import type { Entry, Placed } from './entry.ts';
import { invocationEntries, logEntries } from './function-entries.ts';
import { busEntries, messageEntries } from './queue-entries.ts';
import { type Relation, relate, type TimelineSources } from './relation.ts';
import { failedRequestEntries, stripeRequestEntries } from './request-entries.ts';
import { deliveryEntries, stripeEventEntries } from './stripe-entries.ts';
import { storedEntries, writeEntries } from './table-entries.ts';

/** One invoice's whole way through the rooms. */
export interface Timeline {
  readonly invoice: string;
  /** `undefined` while Backstop has no case of the invoice. */
  readonly case: CaseView | undefined;
  /** Where something happened, in the order in which it came there first. */
  readonly rooms: readonly string[];
  readonly entries: readonly TimelineEntry[];
}

export type TimelineEntry = Entry & {
  /** How long nothing happened before it, where that is worth a line: `23 hours 59 minutes`. */
  readonly after: string | undefined;
  /** The date, where it is not that of the entry before: `2026-11-22`, UTC. */
  readonly date: string | undefined;
};

/** A pause that a reader wants to be told of. */
const pauseMs = 60_000;

/**
 * All records about the invoice, oldest first, found by the ids that they share: of Stripe's
 * objects and events, messages, mails, and invocations.
 *
 * @returns `undefined` for an invoice that no record names.
 */
export function buildTimeline(sources: TimelineSources): Timeline | undefined {
  const relation = relate(sources);
  const written = writeEntries(sources, relation);
  const placed = [
    ...stripeEventEntries(sources.happenings, relation),
    ...deliveryEntries(sources.happenings, relation),
    ...invocationEntries(sources, relation),
    ...logEntries(sources, relation),
    ...messageEntries(sources, relation),
    ...busEntries(sources, relation),
    ...written,
    ...storedEntries(sources, written),
    ...stripeRequestEntries(sources, relation),
    ...failedRequestEntries(sources, relation),
    ...mailEntries(sources, relation),
  ].sort((a, b) => a.at - b.at || a.number - b.number);
  const known = viewCases(sources.items).find(({ invoice }) => invoice === sources.invoice);
  if (placed.length === 0 && known === undefined) return undefined;
  return {
    invoice: sources.invoice,
    case: known,
    rooms: [...new Set(placed.map(({ room }) => room))],
    entries: withPauses(placed),
  };
}

/** Only the steps: the story without its details. */
export const storyOf = (timeline: Timeline): Timeline => {
  const entries = timeline.entries.filter(({ weight }) => weight === 'step');
  return {
    ...timeline,
    entries: withPauses(entries),
    rooms: [...new Set(entries.map(({ room }) => room))],
  };
};

const dateOf = ({ at }: Entry): string => new Date(at).toISOString().slice(0, 10);

function withPauses(entries: readonly Entry[]): readonly TimelineEntry[] {
  return entries.map((entry, index) => {
    const before = entries[index - 1];
    const pause = entry.at - (before?.at ?? entry.at);
    const date = dateOf(entry);
    return {
      ...entry,
      after: pause < pauseMs ? undefined : lengthOf(pause / 1000),
      date: before !== undefined && dateOf(before) === date ? undefined : date,
    };
  });
}

function mailEntries(sources: TimelineSources, { mails }: Relation): readonly Placed[] {
  const told = new Map(
    sources.happenings.flatMap((each) =>
      each.kind === 'mail' ? [[each.record.id, each.number] as const] : [],
    ),
  );
  return sources.mails
    .filter(({ id }) => mails.has(id))
    .map((mail) => {
      const { html, text, ...head } = mail;
      return {
        at: mail.at,
        number: told.get(mail.id) ?? 0,
        room: 'SES',
        title: `Mail to ${mail.to.join(', ')}: “${mail.subject}”`,
        weight: 'step',
        outcome: { kind: 'good', text: 'taken' },
        lines: [`${viewMail(mail).notice?.kind ?? 'No notice of ours'}.`],
        ids: [mail.id],
        raw: { ...head, text },
      };
    });
}
