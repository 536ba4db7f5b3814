import { buildInvoiceItem } from '../objects/build-invoice-item.ts';
import { productName } from '../objects/build-invoice-line.ts';
import { prorationWords } from '../objects/line-words.ts';
import { proratedAmount } from '../objects/price-amount.ts';
import type { InvoiceItemRecord, SubscriptionItemRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** One side of a change: what was paid for and is not used, or what is used from here on. */
interface Proration {
  readonly kind: 'Remaining' | 'Unused';
  readonly item: SubscriptionItemRecord;
}

/**
 * The sides of going from some items to others within their period. What is neither changed nor
 * removed is on no side.
 *
 * @param isNewPeriod all that was paid for is credited, and the new period is billed by itself
 */
export function planProrations(
  before: readonly SubscriptionItemRecord[],
  after: readonly SubscriptionItemRecord[],
  isNewPeriod: boolean,
): Proration[] {
  const same = (a: SubscriptionItemRecord, b: SubscriptionItemRecord | undefined) =>
    b !== undefined && a.price.id === b.price.id && a.quantity === b.quantity;
  const find = (items: readonly SubscriptionItemRecord[], id: string) =>
    items.find((item) => item.id === id);
  const credits = before.filter((item) => isNewPeriod || !same(item, find(after, item.id)));
  const debits = isNewPeriod ? [] : after.filter((item) => !same(item, find(before, item.id)));
  return [
    ...credits.map((item) => ({ kind: 'Unused', item }) as const),
    ...debits.map((item) => ({ kind: 'Remaining', item }) as const),
  ];
}

/**
 * Makes the pending invoice items of a change: credits and debits for the seconds that remain of
 * the period (docs.stripe.com/billing/subscriptions/prorations).
 *
 * @param at when the change counts from, in epoch seconds
 */
export function prorate(
  tx: Transaction,
  subscription: SubscriptionRecord,
  prorations: readonly Proration[],
  at: number,
): InvoiceItemRecord[] {
  return prorations.map(({ kind, item }) => {
    const { current_period_start: start, current_period_end: end, price, quantity } = item;
    const share = { seconds: Math.max(0, end - at), of: end - start };
    const created = buildInvoiceItem(tx, {
      customer: subscription.customer,
      price,
      quantity: String(quantity),
      amount: proratedAmount(price, quantity, share, kind === 'Unused' ? -1 : 1),
      description: prorationWords(kind, productName(tx, price.product), quantity, at),
      metadata: subscription.metadata,
      period: { start: at, end },
      subscription: subscription.id,
      prorationOf: item.id,
      testClock: subscription.test_clock,
    });
    tx.insert('invoiceitems', created);
    tx.emit('invoiceitem.created', created);
    return created;
  });
}
