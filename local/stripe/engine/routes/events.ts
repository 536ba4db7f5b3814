import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidParameter } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  boolean,
  listOf,
  metadata,
  oneOf,
  required,
  text,
  timeRange,
  unsettable,
} from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { WebhookEndpointRecord } from '../records.ts';
import { apiVersion, type Transaction } from '../transaction.ts';

const endpointDetails = {
  url: text,
  enabled_events: listOf(text),
  description: unsettable(text),
  metadata,
};

/** Stripe keeps events for 30 days: docs.stripe.com/api/events/list. */
const retentionSeconds = 30 * 86_400;

export const eventRoutes: readonly Route[] = [
  route('GET', '/v1/events/*', {}, (tx, _params, id) => tx.get('events', id)),
  route(
    'GET',
    '/v1/events',
    {
      ...listParameters,
      type: text,
      types: listOf(text),
      delivery_success: boolean,
      created: timeRange,
    },
    (tx, params) =>
      listRows(
        tx.rows('events'),
        (row) =>
          row.created > tx.now - retentionSeconds &&
          (params.type === undefined || row.type === params.type) &&
          (params.types === undefined || params.types.includes(row.type)) &&
          (params.delivery_success === undefined ||
            params.delivery_success === (row.pending_webhooks === 0)) &&
          (params.created?.(row.created) ?? true),
        params,
        '/v1/events',
      ),
  ),
  route(
    'POST',
    '/v1/webhook_endpoints',
    { ...endpointDetails, api_version: oneOf(apiVersion) },
    (tx, params) => {
      const id = tx.id('we');
      const secret = `whsec_${tx.token(`webhook:${id}`, 32)}`;
      const endpoint: WebhookEndpointRecord = {
        id,
        object: 'webhook_endpoint',
        api_version: params.api_version ?? null,
        application: null,
        created: tx.now,
        description: params.description ?? null,
        enabled_events: eventsOf(required(params.enabled_events, 'enabled_events')),
        livemode: false,
        metadata: mergeMetadata({}, params.metadata),
        status: 'enabled',
        url: urlOf(required(params.url, 'url')),
      };
      tx.insert('webhook_endpoints', endpoint);
      tx.setWebhookSecret(id, secret);
      return { ...endpoint, secret };
    },
  ),
  route('GET', '/v1/webhook_endpoints/*', {}, (tx, _params, id) => tx.get('webhook_endpoints', id)),
  route('GET', '/v1/webhook_endpoints', listParameters, (tx, params) =>
    listRows(tx.rows('webhook_endpoints'), () => true, params, '/v1/webhook_endpoints'),
  ),
  route(
    'POST',
    '/v1/webhook_endpoints/*',
    { ...endpointDetails, disabled: boolean },
    (tx, params, id) => updateEndpoint(tx, tx.get('webhook_endpoints', id), params),
  ),
  route('DELETE', '/v1/webhook_endpoints/*', {}, (tx, _params, id) => {
    tx.get('webhook_endpoints', id);
    tx.remove('webhook_endpoints', id);
    return { id, object: 'webhook_endpoint', deleted: true };
  }),
];

function updateEndpoint(
  tx: Transaction,
  before: WebhookEndpointRecord,
  params: {
    readonly url?: string;
    readonly enabled_events?: readonly string[];
    readonly description?: string | null;
    readonly metadata?: Readonly<Record<string, string>>;
    readonly disabled?: boolean;
  },
): WebhookEndpointRecord {
  const { url, enabled_events: events, description = before.description, disabled } = params;
  const after: WebhookEndpointRecord = {
    ...before,
    description,
    enabled_events: events === undefined ? before.enabled_events : eventsOf(events),
    metadata: mergeMetadata(before.metadata, params.metadata),
    status: disabled === undefined ? before.status : disabled ? 'disabled' : 'enabled',
    url: url === undefined ? before.url : urlOf(url),
  };
  tx.replace('webhook_endpoints', after);
  return after;
}

function eventsOf(given: readonly string[]): string[] {
  const wrong = given.find((type) => type !== '*' && !/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(type));
  if (wrong !== undefined || given.length === 0) {
    throw invalidParameter(
      `Invalid enabled_events: ${wrong === undefined ? 'name at least one event' : `"${wrong}" is not the name of an event`}.`,
      'enabled_events',
    );
  }
  return [...given];
}

function urlOf(given: string): string {
  const isWeb = URL.canParse(given) && ['http:', 'https:'].includes(new URL(given).protocol);
  if (!isWeb) throw invalidParameter(`Invalid URL: ${given}`, 'url', 'url_invalid');
  return given;
}
