import type { Address, BillingInfo, TaxId } from '../customer/billing-info.ts';
import type { NewTaxId } from '../customer/tax-id.ts';
import type { CustomerId, InvoiceId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { Instant } from '../time.ts';
import type { StripeRefusal } from './stripe-facts.ts';

/** What a customer may say about whom invoices are made out to; the tax ids are apart. */
export interface BillingDetails {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: Address | null;
}

/** An invoice as its customer sees it in a list. */
export interface Payment {
  readonly invoice: InvoiceId;
  readonly number: string | null;
  readonly status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
  /** The whole amount of the invoice, whatever was paid of it. */
  readonly total: Money;
  /** What is still to be paid. */
  readonly amountDue: Money;
  readonly createdAt: Instant;
  /** What it was paid with; `null` where it was not paid through Stripe. */
  readonly paidWith: PaidWith | null;
  readonly hostedInvoiceUrl: string | null;
  readonly invoicePdf: string | null;
}

export interface PaidWith {
  /** `card`, `sepa_debit`, ... */
  readonly type: string;
  readonly brand: string | null;
  readonly last4: string | null;
}

/** One page of a list that goes on behind `nextCursor`. */
export interface PaymentPage {
  readonly payments: readonly Payment[];
  readonly nextCursor: InvoiceId | null;
}

/** Billing at Stripe: whom invoices are made out to, and what became of them. */
export interface StripeBilling {
  /** `null` where Stripe has no such customer, or had it deleted. */
  billingInfo(customer: CustomerId): Promise<BillingInfo | null>;
  /** Sets all of it; what is `null` is taken away. */
  changeBillingDetails(
    customer: CustomerId,
    details: BillingDetails,
    key: string,
  ): Promise<'changed' | StripeRefusal>;
  addTaxId(customer: CustomerId, taxId: NewTaxId, key: string): Promise<TaxId | StripeRefusal>;
  /** One that is gone already was removed. */
  removeTaxId(customer: CustomerId, taxId: string, key: string): Promise<'removed' | StripeRefusal>;
  /** The invoices of a customer, newest first; `null` where there is no such customer or cursor. */
  payments(
    customer: CustomerId,
    after: InvoiceId | null,
    limit: number,
  ): Promise<PaymentPage | null>;
  /** With which a page may confirm the payment of an open invoice; `null` where there is none. */
  confirmationSecret(invoice: InvoiceId): Promise<string | null>;
}
