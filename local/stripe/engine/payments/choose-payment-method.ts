import { subscriptionOf } from '../billing/record-change.ts';
import { invalidRequest, type Refusal } from '../protocol/answer.ts';
import type { InvoiceRecord, PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { findMethod, getMethod } from './find-method.ts';

/**
 * What Stripe charges for an invoice: its own default method or source, the subscription's, then
 * the customer's.
 */
export function choosePaymentMethod(
  tx: Transaction,
  invoice: InvoiceRecord,
): PaymentMethodRecord | undefined {
  const customer = tx.customer(invoice.customer);
  const subscription = subscriptionOf(tx, invoice);
  const id =
    invoice.default_payment_method ??
    invoice.default_source ??
    subscription?.default_payment_method ??
    subscription?.default_source ??
    customer.invoice_settings.default_payment_method ??
    customer.default_source;
  return id === null ? undefined : findMethod(tx, id);
}

/** A PaymentMethod that is attached to this customer. */
export function attachedMethod(
  tx: Transaction,
  id: string,
  customer: string,
  param: string,
): PaymentMethodRecord {
  const method = getMethod(tx, id, param);
  if (method.customer !== customer) throw notAttached(id, param);
  return method;
}

function notAttached(id: string, param: string): Refusal {
  return invalidRequest(
    `The customer does not have a payment method with the ID ${id}. ` +
      'The payment method must be attached to the customer.',
    { code: 'resource_missing', param },
  );
}
