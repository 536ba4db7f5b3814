import { invalidParameter } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import { boolean, listOf, type Read, text, timeRange } from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { EventRecord } from '../records.ts';

/** Stripe keeps events for 30 days: docs.stripe.com/api/events/list. */
const retentionSeconds = 30 * 86_400;

/** At most this many types can be asked for at once (the docs of `types`). */
const mostTypes = 20;

const filters = {
  created: timeRange,
  delivery_success: boolean,
  type: text,
  types: listOf(text),
};

export const eventRoutes: readonly Route[] = [
  route('GET', '/v1/events/*', {}, (tx, _params, id) => tx.get('events', id)),
  route('GET', '/v1/events', { ...listParameters, ...filters }, (tx, params) => {
    const wants = filterOf(params);
    const oldest = tx.now - retentionSeconds;
    return listRows(
      tx.rows('events'),
      (row) => row.created > oldest && wants(row),
      params,
      '/v1/events',
    );
  }),
];

function filterOf(params: Read<typeof filters>): (event: EventRecord) => boolean {
  const { created, delivery_success: delivered, type, types } = params;
  if (type !== undefined && types !== undefined) {
    throw invalidParameter('You may only specify one of these parameters: type, types.', 'types');
  }
  if (types !== undefined && types.length > mostTypes) {
    throw invalidParameter(`You may ask for at most ${mostTypes} types.`, 'types');
  }
  const isWanted = typeFilter(type === undefined ? types : [type]);
  return (event) =>
    isWanted(event.type) &&
    (delivered === undefined || delivered === (event.pending_webhooks === 0)) &&
    (created?.(event.created) ?? true);
}

/** A type can end in a wildcard, `customer.*`, which stands for everything that goes on so. */
function typeFilter(wanted: readonly string[] | undefined): (type: string) => boolean {
  if (wanted === undefined) return () => true;
  const exact = new Set(wanted);
  const prefixes = wanted.filter((type) => type.endsWith('.*')).map((type) => type.slice(0, -1));
  return (type) => exact.has(type) || prefixes.some((prefix) => type.startsWith(prefix));
}
