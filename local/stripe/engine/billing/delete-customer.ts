import type Stripe from 'stripe';
import { updateInvoice } from '../objects/record-change.ts';
import { detach } from '../payments/payment-methods.ts';
import type { Transaction } from '../transaction.ts';
import { cancelSubscription } from './cancel-subscription.ts';

/** Deletes a customer: the subscriptions end, the cards come off, the id stays known. */
export function deleteCustomer(tx: Transaction, id: string): Stripe.DeletedCustomer {
  const customer = tx.customer(id);
  for (const subscription of tx.rows('subscriptions')) {
    const isLive = !['canceled', 'incomplete_expired'].includes(subscription.status);
    if (subscription.customer === id && isLive) {
      cancelSubscription(tx, subscription, 'cancellation_requested');
    }
  }
  for (const method of tx.rows('payment_methods')) {
    if (method.customer === id) detach(tx, method);
  }
  for (const source of tx.rows('sources').filter((row) => row.customer === id)) {
    tx.remove('sources', source.id);
    tx.remove('source_cards', source.id);
    tx.emit('customer.source.deleted', source);
  }
  for (const taxId of tx.rows('tax_ids').filter((row) => row.customer === id)) {
    tx.remove('tax_ids', taxId.id);
  }
  stopCollecting(tx, id);
  const deleted: Stripe.DeletedCustomer = { id, object: 'customer', deleted: true };
  tx.emit('customer.deleted', customer);
  tx.replace('customers', deleted);
  return deleted;
}

/** Nobody is left to be charged: drafts and open invoices stay as they are. */
function stopCollecting(tx: Transaction, customer: string): void {
  for (const invoice of tx.rows('invoices')) {
    const isOurs = invoice.customer === customer && ['draft', 'open'].includes(invoice.status);
    if (isOurs) updateInvoice(tx, invoice, { auto_advance: false, next_payment_attempt: null });
  }
}
