import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import type { PriceRecord, ProductRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { buildPrice, type PriceTerms } from './build-price.ts';
import { buildProduct, type ProductTerms } from './build-product.ts';
import { planOf } from './plan-of-price.ts';

/** Puts a new product on record. @throws Refusal where its id is taken. */
export function createProduct(tx: Transaction, terms: ProductTerms): ProductRecord {
  if (terms.id !== undefined && tx.find('products', terms.id) !== undefined) {
    throw alreadyExists('Product');
  }
  const created = buildProduct(tx, terms);
  tx.insert('products', created);
  tx.emit('product.created', created);
  return created;
}

/** Puts a new price on record; a recurring one is a plan too, and Stripe tells of both. */
export function createPrice(tx: Transaction, terms: PriceTerms): PriceRecord {
  if (terms.id !== undefined && tx.find('prices', terms.id) !== undefined) {
    throw alreadyExists('Plan');
  }
  tx.get('products', terms.product, 'product');
  const created = buildPrice(tx, terms);
  tx.insert('prices', created);
  if (created.recurring !== null) tx.emit('plan.created', planOf(created));
  tx.emit('price.created', created);
  return created;
}

/** Stores a changed price, and tells of it in both shapes. */
export function replacePrice(
  tx: Transaction,
  before: PriceRecord,
  after: PriceRecord,
): PriceRecord {
  tx.replace('prices', after);
  if (after.recurring !== null) tx.emit('plan.updated', planOf(after), planOf(before));
  tx.emit('price.updated', after, before);
  return after;
}

function alreadyExists(kind: string) {
  return invalidRequest(`${kind} already exists.`, {
    code: 'resource_already_exists',
    param: 'id',
  });
}

/** A three-letter ISO 4217 code in lower case, as Stripe keeps it. */
export function currencyOf(given: string): string {
  const currency = given.toLowerCase();
  if (!Intl.supportedValuesOf('currency').includes(currency.toUpperCase())) {
    throw invalidParameter(`Invalid currency: ${given}`, 'currency');
  }
  return currency;
}

/** The one amount of a price, given whole or as a decimal of minor units. */
export function unitAmountOf(
  whole: number | undefined,
  decimal: string | undefined,
  name: string,
): string {
  if (whole !== undefined && decimal !== undefined) {
    throw invalidParameter(
      `You may only specify one of these parameters: ${name}, ${name}_decimal.`,
      name,
    );
  }
  const given = decimal ?? (whole === undefined ? undefined : String(whole));
  if (given === undefined) {
    throw invalidParameter(`Missing required param: ${name}.`, name, 'parameter_missing');
  }
  if (Number(given) < 0) {
    throw invalidParameter('Invalid non-negative integer', name, 'parameter_invalid_integer');
  }
  return given;
}
