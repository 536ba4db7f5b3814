import { customerDetails } from '../objects/build-invoice.ts';
import { buildInvoicePayment } from '../objects/build-invoice-payment.ts';
import { buildPaymentIntent } from '../objects/build-payment-intent.ts';
import { hostedUrls } from '../objects/hosted-urls.ts';
import { openPaymentOf } from '../objects/invoice-payments.ts';
import { markDelinquent, updateInvoice } from '../objects/record-change.ts';
import { invalidRequest } from '../protocol/answer.ts';
import type { InvoiceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { resumeWith } from './activate-subscription.ts';
import { planDueDate } from './plan-reminders.ts';
import { restoreStanding } from './restore-standing.ts';
import { balanceOf, returnBalance, setBalance } from './settle-balance.ts';
import { settleInvoice } from './settle-invoice.ts';

/**
 * Makes a draft an open invoice with a number and its one PaymentIntent, and settles it with the
 * customer's balance; nothing due is paid. Nothing is collected by this alone.
 */
export function finalizeInvoice(tx: Transaction, draft: InvoiceRecord): InvoiceRecord {
  if (draft.status !== 'draft') {
    throw invalidRequest(
      "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
    );
  }
  const customer = tx.customer(draft.customer);
  const open: InvoiceRecord = {
    ...draft,
    ...customerDetails(customer),
    ...balanceOf(draft, customer.balance),
    ...hostedUrls(tx, draft),
    automatically_finalizes_at: null,
    effective_at: draft.effective_at ?? tx.now,
    next_payment_attempt: null,
    number: draft.number ?? nextNumber(tx, draft.customer),
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: tx.now },
  };
  tx.replace('invoices', open);
  setBalance(tx, open.customer, open.ending_balance ?? 0);
  if (open.amount_due > 0) {
    const intent = buildPaymentIntent(tx, open);
    tx.insert('payment_intents', intent);
    tx.insert('invoice_payments', buildInvoicePayment(tx, open, intent.id));
    tx.emit('payment_intent.created', intent);
  }
  tx.emit('invoice.finalized', open);
  tx.emit('invoice.updated', open, draft);
  planDueDate(tx, open);
  if (open.amount_due > 0) return open;
  return settleInvoice(tx, open, { ...open, attempted: true }, { kind: 'nothing_due' });
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

/**
 * Mails a finalised invoice to its customer, or so Stripe says: nothing is mailed in test mode
 * either.
 */
export function sendInvoice(tx: Transaction, invoice: InvoiceRecord): InvoiceRecord {
  tx.emit('invoice.sent', invoice);
  return invoice;
}

export function voidInvoice(tx: Transaction, invoice: InvoiceRecord): InvoiceRecord {
  if (invoice.status === 'paid') {
    throw invalidRequest('Invoices with `paid` payments cannot be voided.');
  }
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') throw notOpen();
  if (openPaymentOf(tx, invoice)?.intent.status === 'processing') {
    throw invalidRequest('Invoices with `processing` payments cannot be voided.');
  }
  cancelPayment(tx, invoice, 'void_invoice');
  const after = updateInvoice(tx, invoice, {
    auto_advance: false,
    next_payment_attempt: null,
    status: 'void',
    status_transitions: { ...invoice.status_transitions, voided_at: tx.now },
  });
  tx.emit('invoice.voided', after);
  returnBalance(tx, after);
  restoreStanding(tx, after);
  return after;
}

function notOpen() {
  return invalidRequest("You can only pass in open invoices. This invoice isn't open.");
}

export function markUncollectible(tx: Transaction, invoice: InvoiceRecord): InvoiceRecord {
  if (invoice.status === 'uncollectible') {
    throw invalidRequest('This invoice has already been marked uncollectible.');
  }
  if (invoice.status !== 'open') throw notOpen();
  const after = updateInvoice(tx, invoice, {
    auto_advance: false,
    next_payment_attempt: null,
    status: 'uncollectible',
    status_details: { uncollectible: { reason: 'user_forgiven' } },
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: tx.now },
  });
  tx.emit('invoice.marked_uncollectible', after);
  restoreStanding(tx, after);
  resumeWith(tx, after);
  markDelinquent(tx, after.customer, false);
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
