import { timeText, words } from '../../pages/words.ts';
import { isJsonLine } from '../../start/json-line.ts';
import { recordsOf } from '../record.ts';
import { laidOut } from '../view/queues-view.ts';
import type { Placed } from './entry.ts';
import type { Relation, TimelineSources } from './relation.ts';

const room = 'Queues';

/** What became of the messages about the invoice. */
export function messageEntries(
  { happenings, names, hiddenUntil }: TimelineSources,
  { messages }: Relation,
): readonly Placed[] {
  return recordsOf(happenings, 'message')
    .filter(({ record }) => messages.has(record.messageId))
    .map(({ at, number, record }) => {
      const { body, messageId, queue, state } = record;
      const place = names.queue(queue);
      const raw = { ...record, body: parsed(body) };
      const own = { at, number, room, raw, ids: [`message ${messageId}`] };
      switch (state) {
        case 'sent': {
          const until = hiddenUntil.get(messageId);
          const wait =
            until === undefined ? [] : [`Nobody sees it before ${timeText(until / 1000)}.`];
          return { ...own, title: `${place} gets ${sayBody(body)}`, weight: 'step', lines: wait };
        }
        case 'deleted': {
          const title = `${sayBody(body, 'The')} is done and leaves ${place}`;
          return { ...own, title, weight: 'detail' };
        }
        case 'dead-lettered': {
          const outcome = { kind: 'bad', text: 'dead letter' } as const;
          const title = `A message leaves ${place} for its dead-letter queue`;
          return { ...own, title, weight: 'step', outcome };
        }
        default:
          return {
            ...own,
            title: `${place}: ${words(state)}`,
            weight: 'detail',
            lines: [messageId],
          };
      }
    });
}

/** What a message asks for: `a message: look at the case`. */
function sayBody(body: string, article: 'a' | 'The' = 'a'): string {
  const message = parsed(body);
  if (!isJsonLine(message)) return `${article} message`;
  if (message.type === 'pass') return `${article} message: look at the case`;
  if (message.type === 'settle') return `${article} message: the invoice may be settled`;
  if (message.type === 'charge') return `${article} message: look at a charge`;
  if (message.type === 'customer' || message.type === 'method') {
    return `${article} message: the customer changed at Stripe`;
  }
  if (isJsonLine(message.notice)) return `${article} notice to mail`;
  const type = message['detail-type'];
  return typeof type === 'string' ? `${article} message of SES: ${type}` : `${article} message`;
}

function parsed(body: string): unknown {
  const text = laidOut(body);
  return text === body ? body : JSON.parse(text);
}

/** What SES put on the event bus about the mails: the message that carries it names the mail. */
export function busEntries(
  { happenings, names }: TimelineSources,
  { messages }: Relation,
): readonly Placed[] {
  const carried = new Set(
    recordsOf(happenings, 'message')
      .filter(({ record }) => messages.has(record.messageId))
      .flatMap(({ record }) => {
        const body = parsed(record.body);
        return isJsonLine(body) && typeof body.id === 'string' ? [body.id] : [];
      }),
  );
  return recordsOf(happenings, 'event')
    .filter(({ record }) => carried.has(record.id))
    .map(({ at, number, record }) => ({
      at,
      number,
      room: 'SES',
      title: `SES tells: ${record.detailType}`,
      weight: 'step',
      ids: [`by the event bus, rules ${record.rules.map(names.queue).join(', ')}`],
      raw: record,
    }));
}
