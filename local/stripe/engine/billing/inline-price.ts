import { buildPrice, type PriceTerms } from '../objects/build-price.ts';
import { buildProduct } from '../objects/build-product.ts';
import {
  createPrice,
  createProduct,
  currencyOf,
  unitAmountOf,
} from '../objects/create-catalogue.ts';
import { recurrenceOf } from '../objects/price-terms.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidParameter } from '../protocol/answer.ts';
import {
  decimal,
  group,
  integer,
  metadata,
  oneOf,
  required,
  text,
} from '../protocol/parameters.ts';
import type { PriceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

const inlineFields = {
  currency: text,
  product: text,
  product_data: group({ name: text, description: text, metadata, unit_label: text }),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
  unit_amount: integer,
  unit_amount_decimal: decimal,
};

/** `price_data` of something that is billed once. */
export const oneTimePriceData = group(inlineFields);

/** `price_data` of a subscription's item. */
export const recurringPriceData = group({
  ...inlineFields,
  recurring: group({ interval: oneOf('day', 'week', 'month', 'year'), interval_count: integer }),
});

/** Makes the price that `price_data` describes; like Stripe's it is not for further use. */
export function createInlinePrice(
  tx: Transaction,
  given: ReturnType<typeof oneTimePriceData> | ReturnType<typeof recurringPriceData>,
  name: string,
): PriceRecord {
  const recurring: ReturnType<typeof recurringPriceData>['recurring'] =
    'recurring' in given ? given.recurring : undefined;
  const terms: PriceTerms = {
    active: false,
    currency: currencyOf(required(given.currency, `${name}[currency]`)),
    metadata: {},
    product: given.product ?? newProduct(tx, given.product_data, name),
    taxBehavior: given.tax_behavior,
    unitAmountDecimal: unitAmountOf(
      given.unit_amount,
      given.unit_amount_decimal,
      `${name}[unit_amount]`,
    ),
    ...(recurring === undefined
      ? {}
      : {
          recurring: recurrenceOf(recurring, `${name}[recurring]`),
        }),
  };
  return createPrice(tx, terms);
}

function newProduct(
  tx: Transaction,
  data: ReturnType<typeof oneTimePriceData>['product_data'],
  name: string,
): string {
  if (data === undefined) {
    throw invalidParameter(
      `Missing required param: ${name}[product].`,
      `${name}[product]`,
      'parameter_missing',
    );
  }
  const { name: productName, metadata: marks, ...rest } = data;
  return createProduct(tx, {
    ...rest,
    name: required(productName, `${name}[product_data][name]`),
    metadata: mergeMetadata({}, marks),
  }).id;
}

/**
 * The price behind an amount that was named without one: Stripe makes it and its product along
 * with the invoice item, to stand in `pricing`. Neither is told of.
 */
export function mintPrice(
  tx: Transaction,
  terms: {
    readonly currency: string;
    /** Minor units, as decimal text; negative for a credit. */
    readonly unitAmountDecimal: string;
    readonly description: string | null;
    /** @default a new one */
    readonly product?: string | undefined;
  },
): PriceRecord {
  const product = terms.product ?? mintProduct(tx, terms.description ?? 'Invoice item');
  const price = buildPrice(tx, {
    active: false,
    currency: terms.currency,
    metadata: {},
    product,
    unitAmountDecimal: terms.unitAmountDecimal,
  });
  tx.insert('prices', price);
  return price;
}

function mintProduct(tx: Transaction, name: string): string {
  const product = buildProduct(tx, { name, active: false });
  tx.insert('products', product);
  return product.id;
}
