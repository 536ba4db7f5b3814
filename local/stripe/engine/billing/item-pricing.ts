import { currencyOf } from '../objects/create-catalogue.ts';
import { invalidParameter } from '../protocol/answer.ts';
import { decimal, group, integer, text } from '../protocol/parameters.ts';
import type { PriceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { refuseRecurring } from './add-invoice-items.ts';
import { createInlinePrice, mintPrice, oneTimePriceData } from './inline-price.ts';

/** The ways to say what something costs that is billed once. */
export const pricingFields = {
  amount: integer,
  price_data: oneTimePriceData,
  pricing: group({ price: text }),
  quantity: integer,
  quantity_decimal: decimal,
};

interface Given {
  readonly amount?: number;
  readonly price_data?: ReturnType<typeof oneTimePriceData>;
  readonly pricing?: { readonly price?: string };
  readonly quantity?: number;
  readonly quantity_decimal?: string;
  readonly unit_amount_decimal?: string;
}

/** What it is about where a price is made for an amount. */
interface Context {
  readonly currency: string | undefined;
  readonly description: string | null;
  /** The product that the price is made for. @default a new one */
  readonly product?: string | undefined;
  /** What the parameters stand within: `lines[0]`. */
  readonly within?: string;
}

/** A price and how much of it. */
export interface ItemPricing {
  readonly price: PriceRecord;
  /** Decimal text. */
  readonly quantity: string;
}

/**
 * The price and quantity that are given, with a price made for an amount; undefined where nothing
 * is said of them.
 *
 * @param before what holds where only a part is given
 */
export function pricingOf(
  tx: Transaction,
  given: Given,
  context: Context,
  before?: ItemPricing,
): ItemPricing | undefined {
  const nameOf = (key: string) =>
    context.within === undefined ? key : `${context.within}[${key}]`;
  const quantity = quantityOf(given, nameOf) ?? before?.quantity;
  refuseSeveral(given, nameOf);
  if (given.amount !== undefined) {
    return { price: minted(tx, String(given.amount), context, nameOf), quantity: '1' };
  }
  if (given.unit_amount_decimal !== undefined) {
    const price = minted(tx, given.unit_amount_decimal, context, nameOf);
    return { price, quantity: quantity ?? '1' };
  }
  const price = namedPrice(tx, given, nameOf) ?? before?.price;
  return price === undefined ? undefined : { price, quantity: quantity ?? '1' };
}

function quantityOf(given: Given, nameOf: (key: string) => string): string | undefined {
  const { quantity, quantity_decimal: exact } = given;
  const written = exact ?? (quantity === undefined ? undefined : String(quantity));
  if (written === undefined || Number(written) >= 0) return written;
  throw invalidParameter(
    'Invalid non-negative integer',
    nameOf('quantity'),
    'parameter_invalid_integer',
  );
}

/** The parameters that cannot be given together. */
const alternatives = ['amount', 'price_data', 'pricing', 'unit_amount_decimal'] as const;

function refuseSeveral(given: Given, nameOf: (key: string) => string): void {
  const named: string[] = alternatives.filter((key) => given[key] !== undefined);
  if (given.amount !== undefined && given.quantity !== undefined) named.push('quantity');
  const [first] = named;
  if (first === undefined || named.length === 1) return;
  throw invalidParameter(
    `You may only specify one of these parameters: ${named.join(', ')}.`,
    nameOf(first),
  );
}

function namedPrice(
  tx: Transaction,
  given: Given,
  nameOf: (key: string) => string,
): PriceRecord | undefined {
  if (given.price_data !== undefined) {
    return createInlinePrice(tx, given.price_data, nameOf('price_data'));
  }
  const id = given.pricing?.price;
  if (id === undefined) return undefined;
  const name = `${nameOf('pricing')}[price]`;
  return refuseRecurring(tx.get('prices', id, name), name);
}

function minted(
  tx: Transaction,
  unitAmountDecimal: string,
  { currency, description, product }: Context,
  nameOf: (key: string) => string,
): PriceRecord {
  if (currency === undefined) {
    throw invalidParameter(
      'Missing required param: currency.',
      nameOf('currency'),
      'parameter_missing',
    );
  }
  const terms = { currency: currencyOf(currency), description, product };
  return mintPrice(tx, { ...terms, unitAmountDecimal });
}
