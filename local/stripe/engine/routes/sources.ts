import type Stripe from 'stripe';
import { createSource, deleteSource } from '../payments/customer-sources.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { resourceMissing } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  integer,
  metadata,
  oneOf,
  type Read,
  required,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { CardSourceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

const words = unsettable(text);

const changes = {
  address_city: words,
  address_country: words,
  address_line1: words,
  address_line2: words,
  address_state: words,
  address_zip: words,
  exp_month: integer,
  exp_year: integer,
  metadata,
  name: words,
};

/** A customer's cards from before PaymentMethods. */
export const sourceRoutes: readonly Route[] = [
  route('POST', '/v1/customers/*/sources', { metadata, source: text }, (tx, params, id) => {
    const token = required(params.source, 'source');
    return createSource(tx, tx.customer(id), token, mergeMetadata(null, params.metadata));
  }),
  route('GET', '/v1/customers/*/sources/*', {}, (tx, _params, id, source) =>
    sourceOf(tx, id, source),
  ),
  route('POST', '/v1/customers/*/sources/*', changes, (tx, params, id, source) =>
    change(tx, sourceOf(tx, id, source), params),
  ),
  route('DELETE', '/v1/customers/*/sources/*', {}, (tx, _params, id, source) => {
    deleteSource(tx, tx.customer(id), sourceOf(tx, id, source));
    const deleted: Stripe.DeletedCard = { id: source, object: 'card', deleted: true };
    return deleted;
  }),
  route(
    'GET',
    '/v1/customers/*/sources',
    { ...listParameters, object: oneOf('card', 'bank_account') },
    (tx, params, id) => {
      const customer = tx.customer(id).id;
      return listRows(
        tx.rows('sources'),
        (row) => row.customer === customer && params.object !== 'bank_account',
        params,
        `/v1/customers/${customer}/sources`,
      );
    },
  ),
];

function sourceOf(tx: Transaction, customer: string, id: string): CardSourceRecord {
  const source = tx.get('sources', id);
  if (source.customer !== tx.customer(customer).id) throw resourceMissing('source', id);
  return source;
}

function change(
  tx: Transaction,
  before: CardSourceRecord,
  params: Read<typeof changes>,
): CardSourceRecord {
  const { metadata: marks, ...plain } = params;
  const after: CardSourceRecord = {
    ...before,
    ...plain,
    metadata: mergeMetadata(before.metadata, marks),
  };
  tx.replace('sources', after);
  tx.emit('customer.source.updated', after, before);
  return after;
}
