import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** The id of the subscription that an invoice bills; undefined for one made by hand. */
export function subscriptionIdOf(invoice: InvoiceRecord): string | undefined {
  return invoice.parent?.subscription_details.subscription;
}

/** The subscription that an invoice bills; undefined for one made by hand. */
export function subscriptionOf(
  tx: Transaction,
  invoice: InvoiceRecord,
): SubscriptionRecord | undefined {
  const id = subscriptionIdOf(invoice);
  return id === undefined ? undefined : tx.get('subscriptions', id);
}

/** Stores a changed subscription and tells what changed. */
export function updateSubscription(
  tx: Transaction,
  before: SubscriptionRecord,
  change: Partial<SubscriptionRecord>,
): SubscriptionRecord {
  const after: SubscriptionRecord = { ...before, ...change };
  tx.replace('subscriptions', after);
  tx.emit('customer.subscription.updated', after, before);
  return after;
}

/** Stores a changed invoice and tells what changed. */
export function updateInvoice(
  tx: Transaction,
  before: InvoiceRecord,
  change: Partial<InvoiceRecord>,
): InvoiceRecord {
  const after: InvoiceRecord = { ...before, ...change };
  tx.replace('invoices', after);
  tx.emit('invoice.updated', after, before);
  return after;
}

/** A customer is delinquent while the latest charge of an open, attempted invoice has failed. */
export function updateDelinquent(tx: Transaction, customerId: string): void {
  const before = tx.find('customers', customerId);
  if (before === undefined || before.deleted) return;
  const delinquent = tx.rows('invoices').some(({ customer, status, attempted, billing_reason }) => {
    const unpaid = status === 'open' || status === 'uncollectible';
    const isSignUp = billing_reason === 'subscription_create';
    return customer === customerId && unpaid && attempted && !isSignUp;
  });
  if (delinquent === before.delinquent) return;
  const after = { ...before, delinquent };
  tx.replace('customers', after);
  tx.emit('customer.updated', after, before);
}
