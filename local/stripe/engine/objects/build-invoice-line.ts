import type {
  InvoiceItemRecord,
  InvoiceLineRecord,
  SubscriptionItemRecord,
  SubscriptionRecord,
} from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { periodWords, prorationWords, trialWords } from './line-words.ts';
import { amountOf, proratedAmount, type Share } from './price-amount.ts';

/** What a line has that nothing modelled here ever fills. */
const blankLine = {
  object: 'line_item',
  discount_amounts: [],
  discounts: [],
  livemode: false,
  pretax_credit_amounts: [],
  taxes: [],
} satisfies Partial<InvoiceLineRecord>;

/** How an item's current period is billed: whole, as a trial, or for a part of its length. */
export type Billing =
  | { readonly kind: 'whole' }
  | { readonly kind: 'trial' }
  | { readonly kind: 'part'; readonly share: Share };

/** What an item of a subscription costs in its current period. */
export function lineOfSubscriptionItem(
  tx: Transaction,
  invoice: string,
  item: SubscriptionItemRecord,
  subscription: SubscriptionRecord,
  billing: Billing,
): InvoiceLineRecord {
  const { price, quantity } = item;
  const amount = amountFor(item, billing);
  return {
    ...blankLine,
    id: tx.id('il'),
    amount,
    currency: price.currency,
    description: describe(tx, item, billing),
    discountable: true,
    invoice,
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: billing.kind === 'part',
        proration_details: billing.kind === 'part' ? { credited_items: null } : null,
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: 'subscription_item_details',
    },
    period: { start: item.current_period_start, end: item.current_period_end },
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: 'price_details',
      unit_amount_decimal: billing.kind === 'trial' ? '0' : price.unit_amount_decimal,
    },
    quantity,
    quantity_decimal: String(quantity),
    subscription: subscription.id,
    subtotal: amount,
  };
}

function amountFor({ price, quantity }: SubscriptionItemRecord, billing: Billing): number {
  if (billing.kind === 'trial') return 0;
  if (billing.kind === 'part') return proratedAmount(price, quantity, billing.share);
  return amountOf(price, String(quantity));
}

function describe(tx: Transaction, item: SubscriptionItemRecord, { kind }: Billing): string {
  const { price, quantity } = item;
  const product = productName(tx, price.product);
  if (kind === 'trial') return trialWords(product);
  if (kind === 'part') {
    return prorationWords('Remaining', product, quantity, item.current_period_start);
  }
  return periodWords(price, product, quantity);
}

/** The name that invoices show for a product. */
export function productName(tx: Transaction, id: string): string {
  return tx.find('products', id)?.name ?? id;
}

/** The line of an invoice item: it keeps its id for as long as the item is on that invoice. */
export function lineOfInvoiceItem(
  tx: Transaction,
  invoice: string,
  item: InvoiceItemRecord,
  id: string = tx.id('il'),
): InvoiceLineRecord {
  const details = item.parent?.subscription_details ?? null;
  return {
    ...blankLine,
    id,
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discountable: item.discountable,
    invoice,
    metadata: item.metadata ?? {},
    parent: lineParent(item),
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription: details?.subscription ?? null,
    subtotal: item.amount,
  };
}

/** A proration belongs to the subscription item it settles; everything else to its invoice item. */
function lineParent(item: InvoiceItemRecord): InvoiceLineRecord['parent'] {
  const details = item.parent?.subscription_details ?? null;
  if (details?.subscription_item !== undefined) {
    return {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: item.id,
        proration: item.proration,
        proration_details: { credited_items: null },
        subscription: details.subscription,
        subscription_item: details.subscription_item,
      },
      type: 'subscription_item_details',
    };
  }
  return {
    invoice_item_details: {
      invoice_item: item.id,
      proration: item.proration,
      proration_details: null,
      subscription: details?.subscription ?? null,
    },
    subscription_item_details: null,
    type: 'invoice_item_details',
  };
}

/** The invoice item behind a line; undefined for one that bills a period. */
export function invoiceItemOf(line: InvoiceLineRecord): string | undefined {
  return (
    line.parent?.invoice_item_details?.invoice_item ??
    line.parent?.subscription_item_details?.invoice_item ??
    undefined
  );
}
