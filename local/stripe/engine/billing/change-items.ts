import { buildSubscriptionItem } from '../objects/build-subscription.ts';
import { planOf } from '../objects/plan-of-price.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import {
  invalidParameter,
  invalidRequest,
  notModelled,
  resourceMissing,
} from '../protocol/answer.ts';
import {
  boolean,
  group,
  integer,
  metadata,
  type Read,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import type { PriceRecord, SubscriptionItemRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { currentPeriod, paceOf } from './current-period.ts';
import { createInlinePrice, recurringPriceData } from './inline-price.ts';

/** How an item of a subscription is given, new or changed. */
export const itemFields = {
  metadata,
  plan: text,
  price: text,
  price_data: recurringPriceData,
  quantity: integer,
};

/** How an item of a subscription that exists is given. */
export const changedItem = group({
  ...itemFields,
  clear_usage: boolean,
  deleted: boolean,
  id: text,
  metadata: unsettable(metadata),
});

type GivenPrice = Pick<Read<typeof itemFields>, 'plan' | 'price' | 'price_data'>;

/** The price of an item, however it is named; undefined where it stays. @throws Refusal for one that does not recur. */
export function priceOf(tx: Transaction, given: GivenPrice, name: string): PriceRecord | undefined {
  const id = given.price ?? given.plan;
  if (given.price_data !== undefined) {
    if (given.price_data.recurring === undefined) {
      throw invalidParameter(
        `Missing required param: ${name}[price_data][recurring].`,
        `${name}[price_data][recurring]`,
        'parameter_missing',
      );
    }
    return createInlinePrice(tx, given.price_data, `${name}[price_data]`);
  }
  if (id === undefined) return undefined;
  const price = tx.get('prices', id, `${name}[price]`);
  if (price.type === 'recurring') return price;
  throw invalidParameter(
    `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
    `${name}[price]`,
  );
}

/** A quantity of whole units. */
export function quantityOf(given: number | undefined, name: string): number {
  const quantity = given ?? 1;
  if (quantity >= 0) return quantity;
  throw invalidParameter('Invalid non-negative integer', name, 'parameter_invalid_integer');
}

/**
 * The items after a change: those that are named change or go, those without an id are new, and
 * all others stay. @throws Refusal where none would be left.
 */
export function changeItems(
  tx: Transaction,
  subscription: SubscriptionRecord,
  given: readonly ReturnType<typeof changedItem>[],
): SubscriptionItemRecord[] {
  let items = [...subscription.items.data];
  given.forEach((change, index) => {
    const name = `items[${index}]`;
    if (change.id === undefined) {
      items.push(newItem(tx, subscription, change, name));
      return;
    }
    const before = items.find(({ id }) => id === change.id);
    if (before === undefined) throw resourceMissing('subscription_item', change.id, `${name}[id]`);
    items = change.deleted
      ? items.filter((item) => item !== before)
      : items.map((item) => (item === before ? changedFrom(tx, before, change, name) : item));
  });
  if (items.length === 0) {
    throw invalidRequest(
      'A subscription must have at least one active plan. In order to delete all plans from a ' +
        `subscription, cancel it: DELETE /v1/subscriptions/${subscription.id}.`,
      { param: 'items' },
    );
  }
  refuseMixedPrices(items, subscription.currency);
  return items;
}

function newItem(
  tx: Transaction,
  subscription: SubscriptionRecord,
  given: ReturnType<typeof changedItem>,
  name: string,
): SubscriptionItemRecord {
  const price = priceOf(tx, given, name);
  if (price === undefined) {
    throw invalidParameter(
      `Missing required param: ${name}[price].`,
      `${name}[price]`,
      'parameter_missing',
    );
  }
  const terms = {
    price,
    quantity: quantityOf(given.quantity, `${name}[quantity]`),
    metadata: mergeMetadata({}, given.metadata ?? undefined),
  };
  return buildSubscriptionItem(tx, subscription.id, terms, currentPeriod(subscription));
}

function changedFrom(
  tx: Transaction,
  before: SubscriptionItemRecord,
  given: ReturnType<typeof changedItem>,
  name: string,
): SubscriptionItemRecord {
  const price = priceOf(tx, given, name) ?? before.price;
  const marks = given.metadata;
  return {
    ...before,
    metadata: marks === null ? {} : mergeMetadata(before.metadata, marks),
    plan: planOf(price),
    price,
    quantity: quantityOf(given.quantity ?? before.quantity, `${name}[quantity]`),
  };
}

/** Stripe bills all items of one subscription in one currency and, here, at one pace. */
export function refuseMixedPrices(
  items: readonly { readonly price: PriceRecord }[],
  currency: string,
): void {
  const other = items.find(({ price }) => price.currency !== currency)?.price;
  if (other !== undefined) {
    throw invalidRequest(
      `The price specified only supports \`${other.currency}\`. This doesn't match the expected currency: \`${currency}\`.`,
      { param: 'items' },
    );
  }
  if (hasPaces(items) > 1) throw notModelled('A subscription with several intervals', 'items');
}

function hasPaces(items: readonly { readonly price: PriceRecord }[]): number {
  return new Set(items.map(({ price }) => writePace(price))).size;
}

/** `1 month`: two prices with the same words can be billed together. */
export function writePace(price: PriceRecord): string {
  const { interval, interval_count: count } = paceOf(price);
  return `${count} ${interval}`;
}
