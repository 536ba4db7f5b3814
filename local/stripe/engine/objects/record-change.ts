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

/**
 * Stripe keeps the last thing that happened to any invoice of a customer: an automatic payment
 * that failed or a due date that passed makes it delinquent; paying an invoice or marking one
 * uncollectible ends that, whatever else is open (the docs of `delinquent`).
 */
export function markDelinquent(tx: Transaction, customerId: string, delinquent: boolean): void {
  const before = tx.find('customers', customerId);
  if (before === undefined || before.deleted || before.delinquent === delinquent) return;
  const after = { ...before, delinquent };
  tx.replace('customers', after);
  tx.emit('customer.updated', after, before);
}
