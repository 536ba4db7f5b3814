import { noticeTagName, parseNoticeTag } from '../../../functions/domain/notice/notice-tag.ts';
import type { LocalMail } from '../../cloud/records.ts';
import type { LoggedRequest } from '../../stripe/control/control.ts';
import { type Happening, type HappeningOf, recordsOf } from '../record.ts';
import type { KnownItem } from '../view/items.ts';
import { readLogLine } from '../view/log-line.ts';
import type { Names } from '../view/names.ts';

/** All that the way of an invoice is read from. */
export interface TimelineSources {
  readonly invoice: string;
  readonly happenings: readonly Happening[];
  readonly items: readonly KnownItem[];
  /** Also those of an earlier run. */
  readonly mails: readonly LocalMail[];
  readonly names: Names;
  /** Messages that are not seen before this time; epoch milliseconds. */
  readonly hiddenUntil: ReadonlyMap<string, number>;
  /** Absent where Stripe's sandbox is used. */
  readonly stripe:
    | {
        readonly requests: readonly LoggedRequest[];
        /** Ids of the PaymentIntents and charges of the invoice. */
        readonly relatedIds: readonly string[];
      }
    | undefined;
}

/** What of all records belongs to the invoice, found by the ids that they share. */
export interface Relation {
  /** Whether a record names the invoice, or one of its PaymentIntents and charges. */
  readonly isNamed: (record: unknown) => boolean;
  /** Ids of Stripe's events about the invoice. */
  readonly events: ReadonlySet<string>;
  readonly messages: ReadonlySet<string>;
  readonly mails: ReadonlySet<string>;
  /** awsRequestIds of the invocations that dealt with the invoice. */
  readonly invocations: ReadonlySet<string>;
  /** Those of them that dealt with nothing else: all that they did belongs to the invoice. */
  readonly whole: ReadonlySet<string>;
}

export function relate(sources: TimelineSources): Relation {
  const { happenings, invoice, stripe } = sources;
  const isNamed = namer([invoice, ...(stripe?.relatedIds ?? [])]);
  const events = new Set(
    recordsOf(happenings, 'stripe_event')
      .filter(({ record }) => isNamed(record.data.object))
      .map(({ record }) => record.id),
  );
  const mails = new Set(sources.mails.filter((mail) => isAbout(mail, isNamed)).map(({ id }) => id));
  const isNamedOrMail = namer([invoice, ...(stripe?.relatedIds ?? []), ...mails]);
  const messages = new Set(
    recordsOf(happenings, 'message')
      .filter(({ record }) => isNamedOrMail(record.body))
      .map(({ record }) => record.messageId),
  );
  const logged = recordsOf(happenings, 'log').filter(({ record }) => {
    const fields = readLogLine(record)?.fields;
    return fields !== undefined && (fields.invoice === invoice || events.has(String(fields.event)));
  });
  const speaking = new Set(logged.flatMap(({ record }) => record.awsRequestId ?? []));
  const own = recordsOf(happenings, 'invocation').filter(
    ({ record: { awsRequestId, trigger } }) =>
      speaking.has(awsRequestId) ||
      (trigger.kind === 'queue' && takes(trigger, messages) !== 'none'),
  );
  return {
    isNamed,
    events,
    messages,
    mails,
    invocations: new Set(own.map(({ record }) => record.awsRequestId)),
    whole: new Set(
      own
        .filter(({ record }) => takes(record.trigger, messages) === 'all')
        .map(({ record }) => record.awsRequestId),
    ),
  };
}

type Trigger = HappeningOf<'invocation'>['record']['trigger'];

/** How much of what started an invocation is about the invoice. A webhook brings one event. */
function takes(trigger: Trigger, messages: ReadonlySet<string>): 'all' | 'some' | 'none' {
  if (trigger.kind !== 'queue') return trigger.kind === 'http' ? 'all' : 'none';
  const own = trigger.messageIds.filter((id) => messages.has(id));
  if (own.length === 0) return 'none';
  return own.length === trigger.messageIds.length ? 'all' : 'some';
}

function isAbout({ tags }: LocalMail, isNamed: (record: unknown) => boolean): boolean {
  const tag = tags[noticeTagName];
  const reference = tag === undefined ? null : parseNoticeTag(tag);
  return reference !== null && isNamed(reference.id);
}

/** Whether a record has one of these ids somewhere in it, and not only as the start of another. */
function namer(ids: readonly string[]): (record: unknown) => boolean {
  const quoted = ids.map((id) => id.replaceAll(/[^\w-]/g, '\\$&'));
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${quoted.join('|')})(?![A-Za-z0-9])`);
  return (record) => pattern.test(typeof record === 'string' ? record : JSON.stringify(record));
}
