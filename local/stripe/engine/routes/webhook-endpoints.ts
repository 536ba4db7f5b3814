import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import { knownVersion } from '../protocol/api-versions.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  boolean,
  listOf,
  metadata,
  type Read,
  required,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { WebhookEndpointRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

const url = '/v1/webhook_endpoints';

/** An account in test mode can have 16 endpoints: docs.stripe.com/webhooks. */
const mostEndpoints = 16;

const details = {
  description: unsettable(text),
  enabled_events: listOf(text),
  metadata,
  url: text,
};

const creation = { ...details, api_version: knownVersion };
const changes = { ...details, disabled: boolean };

export const webhookEndpointRoutes: readonly Route[] = [
  route('POST', url, creation, create),
  route('GET', `${url}/*`, {}, (tx, _params, id) => tx.get('webhook_endpoints', id)),
  route('POST', `${url}/*`, changes, (tx, params, id) =>
    update(tx, tx.get('webhook_endpoints', id), params),
  ),
  route('DELETE', `${url}/*`, {}, (tx, _params, id) => {
    tx.get('webhook_endpoints', id);
    tx.remove('webhook_endpoints', id);
    return { id, object: 'webhook_endpoint', deleted: true };
  }),
  route('GET', url, listParameters, (tx, params) =>
    listRows(tx.rows('webhook_endpoints'), () => true, params, url),
  ),
];

/** The answer to this call is the only one that holds the secret. */
function create(tx: Transaction, params: Read<typeof creation>) {
  if (tx.rows('webhook_endpoints').length >= mostEndpoints) {
    throw invalidRequest(`You have reached the maximum of ${mostEndpoints} webhook endpoints.`);
  }
  const id = tx.id('we');
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
  const secret = `whsec_${tx.token(`webhook:${id}`, 32)}`;
  tx.insert('webhook_endpoints', endpoint);
  tx.setWebhookSecret(id, secret);
  return { ...endpoint, secret };
}

function update(
  tx: Transaction,
  before: WebhookEndpointRecord,
  params: Read<typeof changes>,
): WebhookEndpointRecord {
  const {
    url: target,
    enabled_events: events,
    description = before.description,
    disabled,
  } = params;
  const after: WebhookEndpointRecord = {
    ...before,
    description,
    enabled_events: events === undefined ? before.enabled_events : eventsOf(events),
    metadata: mergeMetadata(before.metadata, params.metadata),
    status: disabled === undefined ? before.status : disabled ? 'disabled' : 'enabled',
    url: target === undefined ? before.url : urlOf(target),
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
