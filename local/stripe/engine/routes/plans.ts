import { intervals } from '../objects/build-price.ts';
import {
  createPrice,
  currencyOf,
  replacePrice,
  unitAmountOf,
} from '../objects/create-catalogue.ts';
import { planOf } from '../objects/plan-of-price.ts';
import { intervalCountOf, trialDays } from '../objects/price-terms.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { resourceMissing } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  boolean,
  decimal,
  integer,
  metadata,
  oneOf,
  type ParamValue,
  type Read,
  required,
  text,
  timeRange,
  unsettable,
} from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { PlanRecord, PriceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { productData, productOf } from './prices.ts';

/** The id of a product, or what a new one is made of. */
const product = (value: ParamValue, name: string) =>
  typeof value === 'string' ? text(value, name) : productData(value, name);

const creation = {
  active: boolean,
  amount: integer,
  amount_decimal: decimal,
  billing_scheme: oneOf('per_unit'),
  currency: text,
  id: text,
  interval: oneOf(...intervals),
  interval_count: integer,
  metadata,
  nickname: text,
  product,
  trial_period_days: trialDays,
  usage_type: oneOf('licensed'),
};

const changes = {
  active: boolean,
  metadata,
  nickname: unsettable(text),
  product: text,
  trial_period_days: trialDays,
};

/** Plans are recurring prices in their older shape: one record, shown in two ways. */
export const planRoutes: readonly Route[] = [
  route('POST', '/v1/plans', creation, create),
  route('GET', '/v1/plans/*', {}, (tx, _params, id) => planOf(priceOf(tx, id))),
  route('POST', '/v1/plans/*', changes, (tx, params, id) => update(tx, priceOf(tx, id), params)),
  route('DELETE', '/v1/plans/*', {}, (tx, _params, id) => remove(tx, priceOf(tx, id))),
  route(
    'GET',
    '/v1/plans',
    { ...listParameters, active: boolean, created: timeRange, product: text },
    (tx, params) => {
      const page = listRows(
        tx.rows('prices'),
        (row) =>
          row.recurring !== null &&
          (params.active === undefined || row.active === params.active) &&
          (params.created?.(row.created) ?? true) &&
          (params.product === undefined || row.product === params.product),
        params,
        '/v1/plans',
      );
      return { ...page, data: page.data.map(planOf) };
    },
  ),
];

function priceOf(tx: Transaction, id: string): PriceRecord {
  const price = tx.find('prices', id);
  if (price === undefined || price.recurring === null) throw resourceMissing('plan', id);
  return price;
}

function create(tx: Transaction, params: Read<typeof creation>): PlanRecord {
  const { product: given } = params;
  const currency = currencyOf(required(params.currency, 'currency'));
  const interval = required(params.interval, 'interval');
  const unitAmountDecimal = unitAmountOf(params.amount, params.amount_decimal, 'amount');
  const price = createPrice(tx, {
    id: params.id ?? tx.id('plan'),
    active: params.active,
    currency,
    metadata: mergeMetadata({}, params.metadata),
    nickname: params.nickname,
    product: typeof given === 'string' ? given : productOf(tx, undefined, given, 'product'),
    recurring: {
      interval,
      intervalCount: intervalCountOf(params.interval_count, interval, 'interval_count'),
      trialPeriodDays: params.trial_period_days,
    },
    unitAmountDecimal,
  });
  return planOf(price);
}

function update(tx: Transaction, before: PriceRecord, params: Read<typeof changes>): PlanRecord {
  const { metadata: marks, trial_period_days: days, ...plain } = params;
  if (plain.product !== undefined) tx.get('products', plain.product, 'product');
  const { recurring } = before;
  const after = replacePrice(tx, before, {
    ...before,
    ...plain,
    ...(recurring === null || days === undefined
      ? {}
      : { recurring: { ...recurring, trial_period_days: days } }),
    metadata: mergeMetadata(before.metadata, marks),
  });
  return planOf(after);
}

/** Whoever subscribed to it keeps it: docs.stripe.com/api/plans/delete. */
function remove(tx: Transaction, price: PriceRecord) {
  tx.remove('prices', price.id);
  tx.emit('plan.deleted', planOf(price));
  tx.emit('price.deleted', price);
  return { id: price.id, object: 'plan', deleted: true };
}
