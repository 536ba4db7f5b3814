import type { Address } from '../customer/billing-info.ts';
import type { DeclineCodes } from '../decline/decline.ts';
import type { ChargeId, CustomerId, InvoiceId, PaymentMethodId, SubscriptionId } from '../ids.ts';
import type { Money } from '../money.ts';
import type { Instant } from '../time.ts';

/** An invoice as Stripe has it now, with what a pass needs to know around it. */
export interface InvoiceFacts {
  readonly invoice: InvoiceId;
  readonly customer: CustomerId;
  readonly status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
  /** What is still to be paid. */
  readonly amountDue: Money;
  readonly billingReason: string | null;
  readonly collectionMethod: string;
  /** True while Stripe retries, reminds and acts on the invoice by itself. */
  readonly autoAdvance: boolean;
  /** The invoice's number as the customer sees it. */
  readonly number: string | null;
  /** Stripe's page on which the customer can pay the invoice. */
  readonly hostedInvoiceUrl: string | null;
  readonly livemode: boolean;
  readonly subscription: SubscriptionFacts | null;
  /** What Stripe itself would charge for this invoice. */
  readonly primary: PaymentMethodFacts | null;
  readonly holder: CustomerFacts;
  /** Tries to pay this invoice, newest first: Stripe's own and ours. */
  readonly charges: readonly ChargeFacts[];
  /** True while a payment is on its way and may still succeed (bank debits). */
  readonly paymentProcessing: boolean;
}

export interface SubscriptionFacts {
  readonly subscription: SubscriptionId;
  readonly status: string;
  /** True while `pause_collection` is set. */
  readonly collectionPaused: boolean;
  /** Not Stripe's to say: the end of dunning for one of its invoices has canceled it. */
  readonly canceledByEnd?: boolean;
  /** Its metadata `backstop_fallback`: whether the secondary may pay for it. */
  readonly fallback: 'on' | 'off' | null;
  /** What it charges by itself; `null` where the customer's default is charged. */
  readonly defaultMethod: PaymentMethodId | null;
  /** Whether whatever pays becomes its default (`save_default_payment_method`). */
  readonly savesDefault: boolean;
}

export interface CustomerFacts {
  readonly customer: CustomerId;
  readonly deleted: boolean;
  readonly email: string | null;
  readonly name: string | null;
  /** The first of Stripe's `preferred_locales`, a BCP 47 tag. */
  readonly locale: string | null;
  /** The business's word for where the customer's day is: `metadata.timezone`. */
  readonly timeZone: string | null;
  /** Where they live, of their address or else where they are shipped to. */
  readonly place: Place | null;
}

export interface Place {
  /** Two capital letters, ISO 3166-1. */
  readonly country: string;
  readonly state: string | null;
}

export interface PaymentMethodFacts {
  readonly method: PaymentMethodId;
  /** The customer it is attached to; a detached method cannot be charged. */
  readonly customer: CustomerId | null;
  /** `card`, `us_bank_account`, `sepa_debit`, ... */
  readonly type: string;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expMonth: number | null;
  readonly expYear: number | null;
  readonly wallet: string | null;
  /** The same for every copy of one card; `null` where Stripe gives none. */
  readonly fingerprint: string | null;
  /** The name and address on its bills. */
  readonly billing: { readonly name: string | null; readonly address: Address | null };
}

export interface ChargeFacts {
  readonly charge: ChargeId;
  readonly method: PaymentMethodId | null;
  readonly status: 'succeeded' | 'pending' | 'failed';
  /** Whole seconds at Stripe, as epoch milliseconds. */
  readonly createdAt: Instant;
  readonly amount: Money;
  /** Why it was refused; `null` unless `failed`. */
  readonly codes: DeclineCodes | null;
  readonly brand: string | null;
  /** The card's data as they were when it was tried; `null` for what is no card. */
  readonly expMonth: number | null;
  readonly expYear: number | null;
  readonly fingerprint: string | null;
}

/** What Stripe answered when it was asked to charge. */
export type PayAnswer =
  | { readonly kind: 'paid' }
  | { readonly kind: 'processing' }
  | { readonly kind: 'declined'; readonly codes: DeclineCodes; readonly charge: ChargeId | null }
  | {
      readonly kind: 'requires_action';
      readonly codes: DeclineCodes;
      /** `null` where the bank asked before anything was charged. */
      readonly charge: ChargeId | null;
    }
  /** Stripe says that nothing was executed: the same key may be sent again later. */
  | { readonly kind: 'not_executed'; readonly why: string }
  /** No answer arrived; the charge may have happened. */
  | { readonly kind: 'unknown'; readonly why: string }
  /** A 5xx, which the key would replay; the charge may have happened. */
  | { readonly kind: 'server_error'; readonly why: string }
  | { readonly kind: 'method_unusable'; readonly why: string }
  | { readonly kind: 'invoice_not_open' }
  /** Nothing was charged, and neither method nor invoice is at fault: this is for a person. */
  | { readonly kind: 'request_refused'; readonly why: string }
  | { readonly kind: 'configuration_failed'; readonly why: string };

/** Stripe's own no to a request that it understood: another try would be refused as well. */
export interface StripeRefusal {
  readonly refused: true;
  /** Stripe's code, or its type where there is none. */
  readonly code: string;
  /** The parameter that it is about. */
  readonly param: string | null;
}
