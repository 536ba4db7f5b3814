import type {
  CustomerRecord,
  InvoiceRecord,
  SubscriptionRecord,
} from '../../../../local/stripe/engine/records.ts';
import { listIn } from '../read.ts';

/** What Stripe would charge for an invoice, from a moment on; null for nothing. */
interface Since {
  readonly at: number;
  readonly method: string | null;
}

/** Who is the primary of each invoice, and was. */
export interface Primaries {
  /** Every method that was the primary at some moment from one to another, both included. */
  between(invoice: string, from: number, to: number): readonly (string | null)[];
  note(at: number, invoice: string, method: string | null): void;
}

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

export function followPrimaries(): Primaries {
  const byInvoice = new Map<string, Since[]>();
  return {
    between(invoice, from, to) {
      const all = byInvoice.get(invoice) ?? [];
      const last = all.findLastIndex(({ at }) => at <= from);
      const during = all.slice(Math.max(0, last)).filter(({ at }) => at <= to);
      return [...new Set(during.map(({ method }) => method))];
    },
    note(at, invoice, method) {
      const all = listIn(byInvoice, invoice);
      if (all.at(-1)?.method !== method || all.length === 0) all.push({ at, method });
    },
  };
}
