import { buildInvoicePayment } from '../objects/build-invoice-payment.ts';
import { buildPaymentIntent } from '../objects/build-payment-intent.ts';
import { invalidRequest } from '../protocol/answer.ts';
import type { InvoiceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { openPaymentOf } from './collect-invoice.ts';
import {
  subscriptionOf,
  updateDelinquent,
  updateInvoice,
  updateSubscription,
} from './record-change.ts';
import { settleInvoice } from './settle-invoice.ts';

/** Makes a draft an open invoice with a number and its one PaymentIntent; nothing due is paid. */
export function finalizeInvoice(tx: Transaction, draft: InvoiceRecord): InvoiceRecord {
  if (draft.status !== 'draft') {
    throw invalidRequest('This invoice is already finalized, you cannot re-finalize it.', {
      code: 'invoice_not_editable',
    });
  }
  const open: InvoiceRecord = {
    ...draft,
    automatically_finalizes_at: null,
    effective_at: tx.now,
    number: nextNumber(tx, draft.customer),
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: tx.now },
  };
  tx.replace('invoices', open);
  if (open.amount_due > 0) {
    const intent = buildPaymentIntent(tx, open);
    tx.insert('payment_intents', intent);
    tx.insert('invoice_payments', buildInvoicePayment(tx, open, intent.id));
    tx.emit('payment_intent.created', intent);
  }
  tx.emit('invoice.finalized', open);
  tx.emit('invoice.updated', open, draft);
  return open.amount_due > 0 ? open : settleInvoice(tx, open, open, { kind: 'nothing_due' });
}

function nextNumber(tx: Transaction, customerId: string): string {
  const customer = tx.customer(customerId);
  const sequence = customer.next_invoice_sequence;
  tx.replace('customers', { ...customer, next_invoice_sequence: sequence + 1 });
  return `${customer.invoice_prefix}-${String(sequence).padStart(4, '0')}`;
}

/** Paid outside of Stripe: the PaymentIntent is cancelled and the invoice closed. */
export function payOutOfBand(tx: Transaction, invoice: InvoiceRecord): InvoiceRecord {
  cancelPayment(tx, invoice, null);
  return settleInvoice(tx, invoice, invoice, { kind: 'out_of_band' });
}

export function voidInvoice(tx: Transaction, invoice: InvoiceRecord): InvoiceRecord {
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw invalidRequest(
      `You can only void open and uncollectible invoices; this one is ${invoice.status}.`,
      { code: 'invoice_not_editable' },
    );
  }
  cancelPayment(tx, invoice, 'void_invoice');
  const after = updateInvoice(tx, invoice, {
    auto_advance: false,
    next_payment_attempt: null,
    status: 'void',
    status_transitions: { ...invoice.status_transitions, voided_at: tx.now },
  });
  tx.emit('invoice.voided', after);
  afterVoiding(tx, after);
  updateDelinquent(tx, after.customer);
  return after;
}

/** A voided first invoice ends the sign-up; a voided renewal leaves the last one in force. */
function afterVoiding(tx: Transaction, invoice: InvoiceRecord): void {
  const subscription = subscriptionOf(tx, invoice);
  if (subscription?.latest_invoice !== invoice.id) return;
  if (subscription.status === 'incomplete') {
    updateSubscription(tx, subscription, { status: 'incomplete_expired', ended_at: tx.now });
  }
  if (subscription.status === 'past_due' || subscription.status === 'unpaid') {
    updateSubscription(tx, subscription, { status: 'active' });
  }
}

export function markUncollectible(tx: Transaction, invoice: InvoiceRecord): InvoiceRecord {
  if (invoice.status !== 'open') {
    throw invalidRequest(
      `You can only mark open invoices uncollectible; this one is ${invoice.status}.`,
      { code: 'invoice_not_editable' },
    );
  }
  const after = updateInvoice(tx, invoice, {
    auto_advance: false,
    next_payment_attempt: null,
    status: 'uncollectible',
    status_details: { uncollectible: { reason: 'user_forgiven' } },
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: tx.now },
  });
  tx.emit('invoice.marked_uncollectible', after);
  return after;
}

function cancelPayment(
  tx: Transaction,
  invoice: InvoiceRecord,
  reason: 'void_invoice' | null,
): void {
  const open = openPaymentOf(tx, invoice);
  if (open === undefined) return;
  const { payment, intent } = open;
  tx.replace('invoice_payments', {
    ...payment,
    status: 'canceled',
    status_transitions: { ...payment.status_transitions, canceled_at: tx.now },
  });
  const canceled = {
    ...intent,
    canceled_at: tx.now,
    cancellation_reason: reason,
    next_action: null,
    status: 'canceled' as const,
  };
  tx.replace('payment_intents', canceled);
  tx.emit('payment_intent.canceled', canceled);
}
