import { buildInvoiceItem } from '../objects/build-invoice-item.ts';
import { productName } from '../objects/build-invoice-line.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidParameter } from '../protocol/answer.ts';
import { boolean, group, integer, listOf, metadata, text } from '../protocol/parameters.ts';
import type { PriceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { quantityOf } from './change-items.ts';
import { createInlinePrice, oneTimePriceData } from './inline-price.ts';

/** What is billed once, with the next invoice of a subscription. */
export const addedInvoiceItems = listOf(
  group({
    discountable: boolean,
    metadata,
    price: text,
    price_data: oneTimePriceData,
    quantity: integer,
  }),
);

/** Makes the invoice items of `add_invoice_items`: pending until the next invoice. */
export function addInvoiceItems(
  tx: Transaction,
  subscription: SubscriptionRecord,
  given: ReturnType<typeof addedInvoiceItems>,
): void {
  given.forEach((each, index) => {
    const name = `add_invoice_items[${index}]`;
    const price = oneTimePrice(tx, each, name);
    const item = buildInvoiceItem(tx, {
      customer: subscription.customer,
      price,
      quantity: String(quantityOf(each.quantity, `${name}[quantity]`)),
      description: productName(tx, price.product),
      discountable: each.discountable,
      metadata: mergeMetadata({}, each.metadata),
      subscription: subscription.id,
      testClock: subscription.test_clock,
    });
    tx.insert('invoiceitems', item);
    tx.emit('invoiceitem.created', item);
  });
}

function oneTimePrice(
  tx: Transaction,
  given: ReturnType<typeof addedInvoiceItems>[number],
  name: string,
): PriceRecord {
  if (given.price_data !== undefined) {
    return createInlinePrice(tx, given.price_data, `${name}[price_data]`);
  }
  if (given.price === undefined) {
    throw invalidParameter(
      `Missing required param: ${name}[price].`,
      `${name}[price]`,
      'parameter_missing',
    );
  }
  return refuseRecurring(tx.get('prices', given.price, `${name}[price]`), `${name}[price]`);
}

/** @throws Refusal for a price that recurs, where something is billed once. */
export function refuseRecurring(price: PriceRecord, name: string): PriceRecord {
  if (price.type === 'one_time') return price;
  throw invalidParameter(
    'The price specified is set to `type=recurring` but this field only accepts prices with ' +
      '`type=one_time`.',
    name,
  );
}
