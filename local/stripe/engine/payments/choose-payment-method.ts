import { subscriptionOf } from '../billing/record-change.ts';
import { invalidRequest, type Refusal } from '../protocol/answer.ts';
import type { InvoiceRecord, PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/**
 * What Stripe charges for an invoice: its own default, the subscription's, then the customer's.
 * (Sources, which stand between and after them, are not modelled.)
 */
export function choosePaymentMethod(
  tx: Transaction,
  invoice: InvoiceRecord,
): PaymentMethodRecord | undefined {
  const customer = tx.customer(invoice.customer);
  const id =
    invoice.default_payment_method ??
    subscriptionOf(tx, invoice)?.default_payment_method ??
    customer.invoice_settings.default_payment_method;
  return id === null ? undefined : tx.find('payment_methods', id);
}

/** A PaymentMethod that is attached to this customer. */
export function attachedMethod(
  tx: Transaction,
  id: string,
  customer: string,
  param: string,
): PaymentMethodRecord {
  const method = tx.get('payment_methods', id, param);
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
