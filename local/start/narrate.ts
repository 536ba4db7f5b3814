import type { DeniedRecord, LogRecord } from '../cloud/records.ts';
import { isJsonLine } from './json-line.ts';
import type { LocalStack } from './local-stack.ts';
import { sayLine } from './say.ts';

/** Ids and facts of a log line that a reader wants to see, in this order. */
const shown = ['event', 'type', 'attempt', 'role', 'outcome', 'declineCode', 'kind', 'why', 'mail'];

/**
 * Tells what the functions log from now on, one line each, and what a service of AWS may not
 * deliver. @returns a function that ends it.
 */
export function narrate({ cloud }: LocalStack): () => void {
  const ends = [cloud.on('log', sayLog), cloud.on('denied', sayDenied)];
  return () => {
    for (const end of ends) end();
  };
}

function sayDenied({ service, sourceArn, action, resource }: DeniedRecord): void {
  sayLine({ what: 'denied', id: service, text: `${action} on ${resource} for ${sourceArn}` });
}

function sayLog(record: LogRecord): void {
  const { json } = record;
  if (!isJsonLine(json)) return;
  const fields = new Map(Object.entries(json));
  const message = fields.get('message');
  if (typeof message !== 'string' || !fields.has('level')) return;
  const facts = shown.flatMap((name) => {
    const value = fields.get(name);
    if (value === undefined || value === null) return [];
    return [name === 'attempt' ? `attempt ${value}` : `${value}`];
  });
  const id = String(fields.get('invoice') ?? record.awsRequestId ?? '');
  const what = String(fields.get('service') ?? 'function');
  sayLine({ what, id, text: [message, ...facts].join(', ') });
}
