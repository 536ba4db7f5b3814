import { lineOfInvoiceItem } from '../objects/build-invoice-line.ts';
import type { InvoiceItemRecord, InvoiceLineRecord, InvoiceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** The subscription that an invoice item is for; undefined where any invoice may take it up. */
export function subscriptionOfItem(item: InvoiceItemRecord): string | undefined {
  return item.parent?.subscription_details?.subscription;
}

/** Whose pending items are wanted. */
export interface PendingOf {
  readonly customer: string;
  readonly currency: string;
  /** Those of this subscription and those of none; without it, all of the customer's. */
  readonly subscription?: string | undefined;
  /** Only what is of the subscription itself. */
  readonly strict?: boolean;
}

/** What waits for the next invoice, newest first: Stripe puts the lines in that order. */
export function pendingItems(tx: Transaction, wanted: PendingOf): InvoiceItemRecord[] {
  const { customer, currency, subscription, strict = false } = wanted;
  return tx
    .rows('invoiceitems')
    .filter((item) => {
      if (item.invoice !== null || item.customer !== customer) return false;
      if (item.currency !== currency) return false;
      const of = subscriptionOfItem(item);
      if (subscription === undefined || of === subscription) return true;
      return of === undefined && !strict;
    })
    .reverse();
}

/** Takes pending items up into an invoice: from here on they are its lines. */
export function takeUp(
  tx: Transaction,
  invoice: InvoiceRecord,
  items: readonly InvoiceItemRecord[],
): InvoiceLineRecord[] {
  return items.map((item) => {
    tx.replace('invoiceitems', { ...item, invoice: invoice.id });
    return lineOfInvoiceItem(tx, invoice.id, item);
  });
}
