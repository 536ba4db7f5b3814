import { openPaymentOf } from '../objects/invoice-payments.ts';
import { subscriptionIdOf } from '../objects/record-change.ts';
import { canCharge } from '../payments/attempt-payment.ts';
import { choosePaymentMethod } from '../payments/choose-payment-method.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { collectInvoice } from './collect-invoice.ts';

/**
 * A customer has a new card as its source: for each subscription that is past due, Stripe tries
 * its latest open invoice again, where that is still Stripe's to collect. The attempt is none of
 * the schedule's (the docs of updating a customer).
 */
export function retryWithSource(tx: Transaction, customer: string): void {
  for (const subscription of tx.rows('subscriptions')) {
    const isOurs = subscription.customer === customer && subscription.status === 'past_due';
    const invoice = isOurs ? latestOpen(tx, subscription) : undefined;
    if (invoice !== undefined) retry(tx, invoice);
  }
}

function latestOpen(tx: Transaction, { id }: SubscriptionRecord): InvoiceRecord | undefined {
  return tx
    .rows('invoices')
    .findLast(
      (row) =>
        subscriptionIdOf(row) === id &&
        row.status === 'open' &&
        row.auto_advance &&
        row.collection_method === 'charge_automatically',
    );
}

function retry(tx: Transaction, invoice: InvoiceRecord): void {
  const intent = openPaymentOf(tx, invoice)?.intent;
  const method = choosePaymentMethod(tx, invoice);
  if (intent === undefined || method === undefined) return;
  if (intent.status === 'processing' || !canCharge(tx, intent, method)) return;
  collectInvoice(tx, invoice, method, { initiator: 'caller', offSession: true });
}
