import { intervals } from '../objects/build-price.ts';
import {
  createPrice,
  createProduct,
  currencyOf,
  unitAmountOf,
} from '../objects/create-catalogue.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidRequest } from '../protocol/answer.ts';
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
import type { ProductRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

const packageDimensions = group({
  height: decimal,
  length: decimal,
  weight: decimal,
  width: decimal,
});

const defaultPriceData = group({
  currency: text,
  metadata,
  recurring: group({ interval: oneOf(...intervals), interval_count: integer }),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
  unit_amount: integer,
  unit_amount_decimal: decimal,
});

const creation = {
  id: text,
  active: boolean,
  default_price_data: defaultPriceData,
  description: text,
  images: listOf(text),
  marketing_features: listOf(group({ name: text })),
  metadata,
  name: text,
  package_dimensions: packageDimensions,
  shippable: boolean,
  statement_descriptor: text,
  tax_code: text,
  type: oneOf('good', 'service'),
  unit_label: text,
  url: text,
};

const changes = {
  active: boolean,
  default_price: text,
  description: unsettable(text),
  images: unsettable(listOf(text)),
  marketing_features: unsettable(listOf(group({ name: text }))),
  metadata,
  name: text,
  package_dimensions: unsettable(packageDimensions),
  shippable: boolean,
  statement_descriptor: text,
  tax_code: unsettable(text),
  unit_label: unsettable(text),
  url: unsettable(text),
};

export const productRoutes: readonly Route[] = [
  route('POST', '/v1/products', creation, create),
  route('GET', '/v1/products/*', {}, (tx, _params, id) => tx.get('products', id)),
  route('POST', '/v1/products/*', changes, (tx, params, id) =>
    update(tx, tx.get('products', id), params),
  ),
  route('DELETE', '/v1/products/*', {}, (tx, _params, id) => remove(tx, tx.get('products', id))),
  route(
    'GET',
    '/v1/products',
    {
      ...listParameters,
      active: boolean,
      created: timeRange,
      ids: listOf(text),
      shippable: boolean,
      type: oneOf('good', 'service'),
      url: text,
    },
    (tx, params) =>
      listRows(
        tx.rows('products'),
        (row) =>
          (params.active === undefined || row.active === params.active) &&
          (params.created?.(row.created) ?? true) &&
          (params.ids === undefined || params.ids.includes(row.id)) &&
          (params.shippable === undefined || row.shippable === params.shippable) &&
          (params.type === undefined || row.type === params.type) &&
          (params.url === undefined || row.url === params.url),
        params,
        '/v1/products',
      ),
  ),
];

function create(tx: Transaction, params: Read<typeof creation>): ProductRecord {
  const { default_price_data: priceData, ...given } = params;
  const product = createProduct(tx, {
    ...given,
    name: required(given.name, 'name'),
    marketing_features: featuresOf(given.marketing_features),
    metadata: mergeMetadata({}, given.metadata),
    package_dimensions: dimensionsOf(given.package_dimensions),
  });
  if (priceData === undefined) return product;
  const price = createPrice(tx, priceTermsOf(product.id, priceData));
  return store(tx, product, { ...product, default_price: price.id });
}

function priceTermsOf(product: string, data: ReturnType<typeof defaultPriceData>) {
  const { recurring } = data;
  const within = (name: string) => `default_price_data[${name}]`;
  return {
    currency: currencyOf(required(data.currency, within('currency'))),
    metadata: mergeMetadata({}, data.metadata),
    product,
    unitAmountDecimal: unitAmountOf(
      data.unit_amount,
      data.unit_amount_decimal,
      within('unit_amount'),
    ),
    taxBehavior: data.tax_behavior,
    recurring: recurring && {
      interval: required(recurring.interval, within('recurring][interval')),
      intervalCount: recurring.interval_count ?? 1,
    },
  };
}

function update(
  tx: Transaction,
  before: ProductRecord,
  params: Read<typeof changes>,
): ProductRecord {
  const {
    default_price: price,
    images,
    marketing_features: features,
    metadata: marks,
    package_dimensions: dimensions,
    ...plain
  } = params;
  if (price !== undefined) ownPrice(tx, before, price);
  return store(tx, before, {
    ...before,
    ...plain,
    ...(price === undefined ? {} : { default_price: price }),
    ...(images === undefined ? {} : { images: [...(images ?? [])] }),
    ...(features === undefined ? {} : { marketing_features: featuresOf(features) }),
    ...(dimensions === undefined ? {} : { package_dimensions: dimensionsOf(dimensions) }),
    metadata: mergeMetadata(before.metadata, marks),
    updated: tx.now,
  });
}

function ownPrice(tx: Transaction, product: ProductRecord, id: string): void {
  if (tx.get('prices', id, 'default_price').product === product.id) return;
  throw invalidRequest(`The price ${id} does not belong to the product ${product.id}.`, {
    param: 'default_price',
  });
}

function store(tx: Transaction, before: ProductRecord, after: ProductRecord): ProductRecord {
  tx.replace('products', after);
  tx.emit('product.updated', after, before);
  return after;
}

/** A product that has prices can only be archived: docs.stripe.com/api/products/delete. */
function remove(tx: Transaction, product: ProductRecord) {
  if (tx.rows('prices').some((price) => price.product === product.id)) {
    throw invalidRequest(
      'This product cannot be deleted because it has one or more user-created prices.',
    );
  }
  tx.remove('products', product.id);
  tx.emit('product.deleted', product);
  return { id: product.id, object: 'product', deleted: true };
}

function featuresOf(given: readonly { readonly name?: string }[] | null | undefined) {
  return (given ?? []).map(({ name }, index) => ({
    name: required(name, `marketing_features[${index}][name]`),
  }));
}

function dimensionsOf(given: ReturnType<typeof packageDimensions> | null | undefined) {
  if (given === undefined || given === null) return null;
  const inches = (side: keyof typeof given) =>
    Number(required(given[side], `package_dimensions[${side}]`));
  return {
    height: inches('height'),
    length: inches('length'),
    weight: inches('weight'),
    width: inches('width'),
  };
}
