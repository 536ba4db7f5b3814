import { intervals } from '../objects/build-price.ts';
import {
  createPrice,
  createProduct,
  currencyOf,
  replacePrice,
  unitAmountOf,
} from '../objects/create-catalogue.ts';
import { recurrenceOf, trialDays } from '../objects/price-terms.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  boolean,
  decimal,
  group,
  integer,
  listOf,
  metadata,
  oneOf,
  type Read,
  required,
  text,
  timeRange,
  unsettable,
} from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { PriceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** A product that is made along with its price or plan. */
export const productData = group({
  active: boolean,
  id: text,
  metadata,
  name: text,
  statement_descriptor: text,
  tax_code: text,
  unit_label: text,
});

const taxBehavior = oneOf('exclusive', 'inclusive', 'unspecified');

const creation = {
  active: boolean,
  billing_scheme: oneOf('per_unit'),
  currency: text,
  lookup_key: text,
  metadata,
  nickname: text,
  product: text,
  product_data: productData,
  recurring: group({
    interval: oneOf(...intervals),
    interval_count: integer,
    trial_period_days: trialDays,
    usage_type: oneOf('licensed'),
  }),
  tax_behavior: taxBehavior,
  transfer_lookup_key: boolean,
  transform_quantity: group({ divide_by: integer, round: oneOf('down', 'up') }),
  unit_amount: integer,
  unit_amount_decimal: decimal,
};

const changes = {
  active: boolean,
  lookup_key: unsettable(text),
  metadata,
  nickname: unsettable(text),
  tax_behavior: taxBehavior,
  transfer_lookup_key: boolean,
};

export const priceRoutes: readonly Route[] = [
  route('POST', '/v1/prices', creation, create),
  route('GET', '/v1/prices/*', {}, (tx, _params, id) => tx.get('prices', id)),
  route('POST', '/v1/prices/*', changes, (tx, params, id) =>
    update(tx, tx.get('prices', id), params),
  ),
  route(
    'GET',
    '/v1/prices',
    {
      ...listParameters,
      active: boolean,
      created: timeRange,
      currency: text,
      lookup_keys: listOf(text),
      product: text,
      recurring: group({ interval: oneOf(...intervals), usage_type: oneOf('licensed', 'metered') }),
      type: oneOf('one_time', 'recurring'),
    },
    (tx, params) =>
      listRows(
        tx.rows('prices'),
        (row) =>
          (params.active === undefined || row.active === params.active) &&
          (params.created?.(row.created) ?? true) &&
          (params.currency === undefined || row.currency === params.currency) &&
          (params.lookup_keys === undefined || params.lookup_keys.includes(row.lookup_key ?? '')) &&
          (params.product === undefined || row.product === params.product) &&
          (params.type === undefined || row.type === params.type) &&
          recursAs(row, params.recurring),
        params,
        '/v1/prices',
      ),
  ),
];

function recursAs(
  { recurring }: PriceRecord,
  wanted: { readonly interval?: string; readonly usage_type?: string } | undefined,
): boolean {
  if (wanted === undefined) return true;
  return (
    recurring !== null &&
    (wanted.interval === undefined || recurring.interval === wanted.interval) &&
    (wanted.usage_type === undefined || recurring.usage_type === wanted.usage_type)
  );
}

function create(tx: Transaction, params: Read<typeof creation>): PriceRecord {
  const { recurring, lookup_key: lookupKey } = params;
  const currency = currencyOf(required(params.currency, 'currency'));
  const unitAmountDecimal = unitAmountOf(
    params.unit_amount,
    params.unit_amount_decimal,
    'unit_amount',
  );
  freeLookupKey(tx, lookupKey, undefined, params.transfer_lookup_key ?? false);
  return createPrice(tx, {
    active: params.active,
    currency,
    lookupKey,
    metadata: mergeMetadata({}, params.metadata),
    nickname: params.nickname,
    product: productOf(tx, params.product, params.product_data, 'product_data'),
    taxBehavior: params.tax_behavior,
    transformQuantity: packagesOf(params.transform_quantity),
    unitAmountDecimal,
    recurring: recurring && recurrenceOf(recurring, 'recurring'),
  });
}

function packagesOf(
  given: { readonly divide_by?: number; readonly round?: 'down' | 'up' } | undefined,
) {
  if (given === undefined) return undefined;
  const name = 'transform_quantity[divide_by]';
  const divisor = required(given.divide_by, name);
  if (divisor < 2) {
    throw invalidParameter(`Invalid divisor: ${divisor}`, name, 'parameter_invalid_integer');
  }
  return { divide_by: divisor, round: required(given.round, 'transform_quantity[round]') };
}

/** The product named, or a new one. */
export function productOf(
  tx: Transaction,
  id: string | undefined,
  data: ReturnType<typeof productData> | undefined,
  name: string,
): string {
  if (id !== undefined && data !== undefined) {
    throw invalidParameter(
      'You may only specify one of these parameters: product, product_data.',
      'product',
    );
  }
  if (id !== undefined) return id;
  const given = required(data, 'product');
  return createProduct(tx, {
    ...given,
    name: required(given.name, `${name}[name]`),
    metadata: mergeMetadata({}, given.metadata),
  }).id;
}

function update(tx: Transaction, before: PriceRecord, params: Read<typeof changes>): PriceRecord {
  const { transfer_lookup_key: transfers = false, metadata: marks, ...plain } = params;
  if (plain.tax_behavior !== undefined && before.tax_behavior !== 'unspecified') {
    throw invalidRequest('Once tax_behavior is exclusive or inclusive it cannot be changed.', {
      param: 'tax_behavior',
    });
  }
  freeLookupKey(tx, plain.lookup_key ?? undefined, before.id, transfers);
  return replacePrice(tx, before, {
    ...before,
    ...plain,
    metadata: mergeMetadata(before.metadata, marks),
  });
}

/** A lookup key names one price: taken from another one on request only. */
function freeLookupKey(
  tx: Transaction,
  key: string | undefined,
  of: string | undefined,
  transfers: boolean,
): void {
  if (key === undefined) return;
  const holder = tx.rows('prices').find((row) => row.lookup_key === key && row.id !== of);
  if (holder === undefined) return;
  if (!transfers) {
    throw invalidRequest(`A price (\`${holder.id}\`) already uses that lookup key (\`${key}\`).`, {
      code: 'resource_already_exists',
      param: 'lookup_key',
    });
  }
  replacePrice(tx, holder, { ...holder, lookup_key: null });
}
