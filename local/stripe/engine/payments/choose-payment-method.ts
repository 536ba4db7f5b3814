import { findMethod, getMethod, isSourceId } from '../objects/find-method.ts';
import { subscriptionOf } from '../objects/record-change.ts';
import { invalidRequest, type Refusal, resourceMissing } from '../protocol/answer.ts';
import type { InvoiceRecord, PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/**
 * What Stripe charges for an invoice: its own default method or source, the subscription's, then
 * the customer's. A default that was detached since can be charged no more, and no other one
 * takes its place.
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
  const method = id === null ? undefined : findMethod(tx, id);
  return method?.customer === customer.id ? method : undefined;
}

/** What is to be charged now has nothing to be charged to. */
export function nothingToCharge(): Refusal {
  return invalidRequest(
    'This customer has no attached payment source or default payment method. Please consider ' +
      'adding a default payment method. For more information, visit ' +
      'https://docs.stripe.com/billing/subscriptions/payment-methods-setting#payment-method-priority.',
    { code: 'resource_missing' },
  );
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

/** A source of this customer, by its own id: a PaymentMethod is none. */
export function attachedSource(
  tx: Transaction,
  id: string,
  customer: string,
  param: string,
): PaymentMethodRecord {
  const source = isSourceId(id) ? findMethod(tx, id) : undefined;
  if (source?.customer !== customer) throw resourceMissing('source', id, param);
  return source;
}

function notAttached(id: string, param: string): Refusal {
  return invalidRequest(
    `The customer does not have a payment method with the ID ${id}. ` +
      'The payment method must be attached to the customer.',
    { code: 'resource_missing', param },
  );
}
