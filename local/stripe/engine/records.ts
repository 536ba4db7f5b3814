import type Stripe from 'stripe';
import type { CardOutcome, DeclineCode } from './payments/declines.ts';

/**
 * The objects as the account keeps them: Stripe's own types, with references as ids (expansion
 * happens when an answer is made) and decimals as the strings that travel on the wire, so that
 * the whole state is plain JSON.
 */
type Replace<T, R extends { [K in keyof R]: K extends keyof T ? unknown : never }> = {
  [K in keyof T as K extends keyof R ? never : K]: T[K];
} & R;

export type CustomerRecord = Replace<
  Stripe.Customer,
  {
    default_source: null;
    delinquent: boolean;
    invoice_prefix: string;
    next_invoice_sequence: number;
    invoice_settings: Replace<
      Stripe.Customer.InvoiceSettings,
      { default_payment_method: string | null }
    >;
  }
>;

export type CardMethodRecord = Replace<
  Stripe.PaymentMethod,
  {
    card: Stripe.PaymentMethod.Card & { fingerprint: string };
    customer: string | null;
    type: 'card';
  }
>;

export type UsBankAccountMethodRecord = Replace<
  Stripe.PaymentMethod,
  {
    customer: string | null;
    type: 'us_bank_account';
    us_bank_account: Stripe.PaymentMethod.UsBankAccount & { fingerprint: string; last4: string };
  }
>;

export type SepaDebitMethodRecord = Replace<
  Stripe.PaymentMethod,
  {
    customer: string | null;
    sepa_debit: Stripe.PaymentMethod.SepaDebit & { fingerprint: string; last4: string };
    type: 'sepa_debit';
  }
>;

export type BankMethodRecord = UsBankAccountMethodRecord | SepaDebitMethodRecord;

export type PaymentMethodRecord = CardMethodRecord | BankMethodRecord;

export type ProductRecord = Replace<Stripe.Product, { default_price: string | null }>;

export type PriceRecord = Replace<
  Stripe.Price,
  { product: string; unit_amount: number; unit_amount_decimal: string }
>;

export type PlanRecord = Replace<Stripe.Plan, { product: string; amount_decimal: string }>;

export type SubscriptionItemRecord = Replace<
  Stripe.SubscriptionItem,
  { plan: PlanRecord; price: PriceRecord; quantity: number }
>;

export type SubscriptionRecord = Replace<
  Stripe.Subscription,
  {
    customer: string;
    default_payment_method: string | null;
    default_source: null;
    items: Stripe.ApiList<SubscriptionItemRecord>;
    latest_invoice: string | null;
    payment_settings: Stripe.Subscription.PaymentSettings;
  }
>;

export type InvoiceLineRecord = Replace<
  Stripe.InvoiceLineItem,
  {
    pricing: { price_details: { price: string; product: string }; type: 'price_details' } & {
      unit_amount_decimal: string;
    };
    quantity_decimal: string;
    subscription: string | null;
  }
>;

/** The parent of an invoice that bills a subscription; an invoice made by hand has none. */
type SubscriptionParent = Stripe.Invoice.Parent & {
  subscription_details: Stripe.Invoice.Parent.SubscriptionDetails & { subscription: string };
};

export type InvoiceRecord = Replace<
  Stripe.Invoice,
  {
    auto_advance: boolean;
    customer: string;
    default_payment_method: string | null;
    default_source: null;
    lines: Stripe.ApiList<InvoiceLineRecord>;
    parent: SubscriptionParent | null;
    status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';
  }
>;

export type PaymentIntentRecord = Replace<
  Stripe.PaymentIntent,
  {
    client_secret: string;
    customer: string | null;
    latest_charge: string | null;
    payment_method: string | null;
  }
>;

/** The method as it was when it was charged. */
export type ChargedMethod =
  | { card: Stripe.Charge.PaymentMethodDetails.Card; type: 'card' }
  | { type: 'us_bank_account'; us_bank_account: Stripe.Charge.PaymentMethodDetails.UsBankAccount }
  | { sepa_debit: Stripe.Charge.PaymentMethodDetails.SepaDebit; type: 'sepa_debit' };

export type ChargeRecord = Replace<
  Stripe.Charge,
  {
    customer: string | null;
    outcome: Stripe.Charge.Outcome;
    payment_intent: string;
    payment_method: string;
    payment_method_details: ChargedMethod;
  }
>;

export type InvoicePaymentRecord = Replace<
  Stripe.InvoicePayment,
  {
    invoice: string;
    payment: { payment_intent: string; type: 'payment_intent' };
    status: 'open' | 'paid' | 'canceled';
  }
>;

export type WebhookEndpointRecord = Stripe.WebhookEndpoint;

export type EventRecord = Replace<
  Stripe.EventBase,
  {
    data: { object: object; previous_attributes?: object };
    request: Stripe.Event.Request;
    type: string;
  }
>;

/** What is known of a saved card that Stripe's PaymentMethod does not show. */
export interface CardRecord {
  /** The id of its PaymentMethod. */
  readonly id: string;
  /** What its charges come to: one outcome per attempt, and the last one for ever. */
  readonly outcomes: readonly [CardOutcome, ...CardOutcome[]];
  /** How many attempts were made since the outcomes were set. */
  readonly attempts: number;
  /** The decline with which it refuses to be attached. */
  readonly attachDecline: DeclineCode | null;
  /** Detached once: Stripe lets nobody use it again. */
  readonly detached: boolean;
}

/** What stands in each table; every row has an id, and ids rise in order of creation. */
export interface Rows {
  customers: CustomerRecord | Stripe.DeletedCustomer;
  payment_methods: PaymentMethodRecord;
  cards: CardRecord;
  products: ProductRecord;
  prices: PriceRecord;
  subscriptions: SubscriptionRecord;
  invoices: InvoiceRecord;
  invoice_payments: InvoicePaymentRecord;
  payment_intents: PaymentIntentRecord;
  charges: ChargeRecord;
  events: EventRecord;
  webhook_endpoints: WebhookEndpointRecord;
}

export type TableName = keyof Rows;
export type Tables = { readonly [K in TableName]: readonly Rows[K][] };
