import type { ApiRequest, Happening, StoredItem, StripeCall } from '../evidence.ts';
import { fieldOf } from './coverage.ts';

/** What happened, for people: `null` for what would only lengthen a story. */
export function describeHappening(happening: Happening): string | null {
  switch (happening.kind) {
    case 'stripe_call':
      return describeCall(happening.call);
    case 'stripe_passed_time':
      return happening.charges.length === 0
        ? null
        : `Stripe itself charges: ${happening.charges.join(', ')}`;
    case 'outside':
      return happening.what;
    case 'item_written':
      return describeItem(happening.after);
    case 'mail_sent':
      return `SES takes ${happening.mail.id} to ${happening.mail.to}: ${happening.mail.subject}`;
    case 'message_sent':
      return `${happening.message.messageId} into ${happening.message.queue}`;
    case 'message_died':
      return `${happening.message.messageId} of ${happening.message.queue} is dead`;
    case 'logged':
      return /^(warn|error)/.test(happening.line) ? `says: ${happening.line}` : null;
    case 'api_asked':
      return describeRequest(happening.request);
    case 'api_answered':
      return `${happening.request} is answered ${happening.answer?.status ?? 'not at all'}${problemIn(happening.answer?.body)}`;
  }
}

function describeRequest({ id, process, route, path, query, body }: ApiRequest): string {
  const said = [path, query, body].filter((part) => part !== undefined);
  return `${id} to ${process}: ${route} ${said.map((part) => JSON.stringify(part)).join(' ')}`;
}

function problemIn(body: unknown): string {
  const type = fieldOf(body, 'type');
  return typeof type === 'string' ? ` (${type.split(':').at(-1)})` : '';
}

function describeCall({ by, method, path, status, isReplay, charges, idempotencyKey }: StripeCall) {
  if (method === 'GET') return `asks Stripe for ${path} → ${status}`;
  const who = by === 'backstop' ? '' : `the ${by}: `;
  const key = idempotencyKey === undefined ? '' : ` under ${idempotencyKey}`;
  const replay = isReplay ? ', a replay' : '';
  const made = charges.length === 0 ? '' : `, charges ${charges.join(', ')}`;
  return `${who}${method} ${path}${key} → ${status}${replay}${made}`;
}

function describeItem(item: StoredItem): string {
  const { sk, version } = item;
  const head = `writes ${sk} v${version}`;
  if (sk.startsWith('V#CASE#')) return `${head}: ${describeCase(item)}`;
  if (sk.startsWith('LOG#')) return `${head}: ${describeEvent(item.event)}`;
  if (sk.startsWith('NOTICE#')) return `${head}: ${String(fieldOf(item.status, 'state'))}`;
  if (sk === 'V#CUSTOMER') return `${head}: primary ${item.primary}, backup ${item.secondary}`;
  if (sk === 'CHARGING') return `${head}: charging is ${item.charging}`;
  return head;
}

function describeCase(item: StoredItem): string {
  const attempt = item.openAttempt;
  const open =
    attempt === null
      ? ''
      : `, attempt ${fieldOf(attempt, 'n')} with the ${fieldOf(attempt, 'role')} ${fieldOf(attempt, 'request')}`;
  const dueAt = typeof item.dueAt === 'string' ? ` due ${item.dueAt.slice(5, 19)}` : '';
  const reason = fieldOf(item.progress, 'reason');
  const why = reason === undefined ? '' : ` (${String(reason)})`;
  const owed = Array.isArray(item.owed) && item.owed.length > 0 ? `, owes ${item.owed.length}` : '';
  return `${item.state}${why}${dueAt}${open}${owed}`;
}

function describeEvent(event: unknown): string {
  const outcome = fieldOf(event, 'outcome');
  if (outcome === undefined) return String(fieldOf(event, 'kind'));
  const decline = fieldOf(outcome, 'decline');
  const kind = decline === undefined ? '' : ` (${String(decline)})`;
  return `attempt ${fieldOf(event, 'n')} of the ${fieldOf(event, 'role')}: ${fieldOf(outcome, 'kind')}${kind}`;
}
