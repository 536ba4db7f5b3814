import { buildPrice, buildProduct } from '../objects/build-catalogue.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidParameter } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  boolean,
  group,
  integer,
  metadata,
  oneOf,
  required,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { Transaction } from '../transaction.ts';

const intervals = ['day', 'week', 'month', 'year'] as const;
const product = { name: text, metadata };

export const catalogueRoutes: readonly Route[] = [
  route(
    'POST',
    '/v1/products',
    { ...product, description: unsettable(text) },
    (tx, { name, description = null, metadata: marks }) => {
      const built = { ...buildProduct(tx, required(name, 'name')), description };
      const created = { ...built, metadata: mergeMetadata({}, marks) };
      tx.insert('products', created);
      tx.emit('product.created', created);
      return created;
    },
  ),
  route('GET', '/v1/products/*', {}, (tx, _params, id) => tx.get('products', id)),
  route('GET', '/v1/products', { ...listParameters, active: boolean }, (tx, params) =>
    listRows(
      tx.rows('products'),
      (row) => params.active === undefined || row.active === params.active,
      params,
      '/v1/products',
    ),
  ),
  route(
    'POST',
    '/v1/prices',
    {
      currency: text,
      unit_amount: integer,
      product: text,
      product_data: group(product),
      recurring: group({ interval: oneOf(...intervals), interval_count: integer }),
      metadata,
    },
    (tx, params) => {
      const recurring = required(params.recurring, 'recurring');
      const unitAmount = required(params.unit_amount, 'unit_amount');
      if (unitAmount < 0) {
        throw invalidParameter(
          'Invalid non-negative integer',
          'unit_amount',
          'parameter_invalid_integer',
        );
      }
      const terms = {
        currency: currencyOf(required(params.currency, 'currency')),
        product: params.product ?? newProduct(tx, params.product_data),
        unitAmount,
        interval: required(recurring.interval, 'recurring[interval]'),
        intervalCount: recurring.interval_count ?? 1,
      };
      tx.get('products', terms.product, 'product');
      const created = { ...buildPrice(tx, terms), metadata: mergeMetadata({}, params.metadata) };
      tx.insert('prices', created);
      tx.emit('price.created', created);
      return created;
    },
  ),
  route('GET', '/v1/prices/*', {}, (tx, _params, id) => tx.get('prices', id)),
  route('GET', '/v1/prices', { ...listParameters, product: text }, (tx, params) =>
    listRows(
      tx.rows('prices'),
      (row) => params.product === undefined || row.product === params.product,
      params,
      '/v1/prices',
    ),
  ),
];

/** A three-letter ISO 4217 code in lower case, as Stripe keeps it. */
function currencyOf(given: string): string {
  const currency = given.toLowerCase();
  if (!Intl.supportedValuesOf('currency').includes(currency.toUpperCase())) {
    throw invalidParameter(`Invalid currency: ${given}`, 'currency');
  }
  return currency;
}

function newProduct(
  tx: Transaction,
  data:
    | { readonly name?: string; readonly metadata?: Readonly<Record<string, string>> }
    | undefined,
): string {
  const given = required(data, 'product');
  const built = buildProduct(tx, required(given.name, 'product_data[name]'));
  const created = { ...built, metadata: mergeMetadata({}, given.metadata) };
  tx.insert('products', created);
  tx.emit('product.created', created);
  return created.id;
}
