import type {
  CustomerRecord,
  InvoiceRecord,
  SubscriptionRecord,
} from '../../../../local/stripe/engine/records.ts';

/**
 * The order in which Stripe looks for the method: invoice, subscription, customer
 * (docs.stripe.com/billing/subscriptions/payment-methods-setting).
 */
export function primaryOf(
  invoice: InvoiceRecord,
  subscription: SubscriptionRecord | undefined,
  customer: CustomerRecord | undefined,
): string | null {
  return (
    invoice.default_payment_method ??
    invoice.default_source ??
    subscription?.default_payment_method ??
    subscription?.default_source ??
    customer?.invoice_settings.default_payment_method ??
    customer?.default_source ??
    null
  );
}
