import type Stripe from 'stripe';
import type { CardOutcome } from './published/declines.ts';
import type { BankBehaviour } from './published/test-bank-accounts.ts';

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
    default_source: string | null;
    delinquent: boolean;
    test_clock: string | null;
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

/** `unit_amount` is null where the amount is no whole number of minor units. */
export type PriceRecord = Replace<
  Stripe.Price,
  { product: string; unit_amount: number | null; unit_amount_decimal: string }
>;

export type PlanRecord = Replace<Stripe.Plan, { product: string; amount_decimal: string }>;

export type TaxIdRecord = Replace<
  Stripe.TaxId,
  {
    customer: string | null;
    owner: { customer?: string; customer_account: null; type: 'customer' | 'self' };
  }
>;

export type PaymentMethodDomainRecord = Stripe.PaymentMethodDomain;

export type TestClockRecord = Replace<
  Stripe.TestHelpers.TestClock,
  { status: 'advancing' | 'ready' }
>;

export type SubscriptionItemRecord = Replace<
  Stripe.SubscriptionItem,
  { plan: PlanRecord; price: PriceRecord; quantity: number }
>;

export type SubscriptionRecord = Replace<
  Stripe.Subscription,
  {
    customer: string;
    default_payment_method: string | null;
    default_source: string | null;
    items: Stripe.ApiList<SubscriptionItemRecord>;
    latest_invoice: string | null;
    payment_settings: Stripe.Subscription.PaymentSettings;
    test_clock: string | null;
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

/** What is still to be billed, or was: by the next invoice of its customer or subscription. */
export type InvoiceItemRecord = Replace<
  Stripe.InvoiceItem,
  {
    customer: string;
    invoice: string | null;
    pricing: { price_details: { price: string; product: string }; type: 'price_details' } & {
      unit_amount_decimal: string;
    };
    quantity_decimal: string;
    test_clock: string | null;
  }
>;

/** What Stripe will say about an object at a time, unless things are different by then. */
export interface ReminderRecord {
  readonly id: string;
  /** When it is said, in epoch seconds, UTC. */
  readonly at: number;
  readonly kind:
    | 'invoice_overdue'
    | 'invoice_upcoming'
    | 'invoice_will_be_due'
    | 'resumption_expires'
    | 'trial_will_end';
  /** The id of a subscription or an invoice. */
  readonly about: string;
  /** The time that it speaks of, in epoch seconds; it is dropped when the object has another. */
  readonly until: number;
  readonly test_clock: string | null;
}

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
    default_source: string | null;
    lines: Stripe.ApiList<InvoiceLineRecord>;
    parent: SubscriptionParent | null;
    status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';
    test_clock: string | null;
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
  /** The id of its PaymentMethod, or of the card that is a customer's source. */
  readonly id: string;
  /** The test card that it is, by name. */
  readonly testCard: string;
  /** When it was put on file, in epoch seconds: a source's own object does not tell. */
  readonly created: number;
  /** What its charges come to: one outcome per attempt, and the last one for ever. */
  readonly outcomes: readonly [CardOutcome, ...CardOutcome[]];
  /** How many attempts were made since the outcomes were set. */
  readonly attempts: number;
  /** What Mastercard's network adds to each decline, in place of what goes with its code. */
  readonly merchantAdvice?: string;
  /** Whether the outcomes were set on request; until then the card does what it does by itself. */
  readonly isScripted: boolean;
  /** Set up for payments without the cardholder, who authenticated where that was asked for. */
  readonly isSetUp: boolean;
  /** Detached, or used without a customer: Stripe lets nobody use it again. */
  readonly isConsumed: boolean;
}

/** What is known of a bank account that Stripe's PaymentMethod does not show. */
export interface BankRecord {
  /** The id of its PaymentMethod. */
  readonly id: string;
  readonly behaviour: BankBehaviour;
  /** Whether the two small deposits that verify it arrive. */
  readonly takesMicrodeposits: boolean;
  /** Whether its holder proved to have access to it; SEPA asks for no proof. */
  readonly isVerified: boolean;
  /** Wrong answers to the small deposits so far. */
  readonly failedVerifications: number;
  /** Detached, or used without a customer: Stripe lets nobody use it again. */
  readonly isConsumed: boolean;
}

export type SetupIntentRecord = Replace<
  Stripe.SetupIntent,
  {
    client_secret: string;
    customer: string | null;
    latest_attempt: string | null;
    mandate: string | null;
    payment_method: string | null;
    single_use_mandate: string | null;
  }
>;

export type SetupAttemptRecord = Replace<
  Stripe.SetupAttempt,
  { customer: string | null; payment_method: string; setup_intent: string }
>;

export type MandateRecord = Replace<
  Stripe.Mandate,
  { payment_method: string; status: 'active' | 'inactive' | 'pending' }
>;

export type RefundRecord = Replace<
  Stripe.Refund,
  {
    balance_transaction: string | null;
    charge: string;
    customer: string | null;
    failure_balance_transaction?: string;
    payment_intent: string;
    payment_method: string;
    status: 'pending' | 'succeeded' | 'failed';
  }
>;

export type BalanceTransactionRecord = Replace<
  Stripe.BalanceTransaction,
  { source: string | null }
>;

export type DisputeRecord = Replace<
  Stripe.Dispute,
  {
    balance_transactions: BalanceTransactionRecord[];
    charge: string;
    payment_intent: string;
    status:
      | 'needs_response'
      | 'under_review'
      | 'won'
      | 'lost'
      | 'warning_needs_response'
      | 'warning_under_review'
      | 'warning_closed';
  }
>;

export type EarlyFraudWarningRecord = Replace<
  Stripe.Radar.EarlyFraudWarning,
  { charge: string; payment_intent: string }
>;

/** A card as a customer's source: from before PaymentMethods, and chargeable like one. */
export type CardSourceRecord = Replace<Stripe.Card, { customer: string | null }>;

export interface TokenRecord {
  readonly id: string;
  readonly token: Replace<Stripe.Token, { card: CardSourceRecord }>;
  readonly card: NumberedCard;
}

/** Something that becomes of a payment by itself at a time (epoch seconds, UTC). */
export interface PaymentWorkRecord {
  readonly id: string;
  readonly at: number;
  /** The clock that makes it due; the account's own is null. */
  readonly test_clock: string | null;
  readonly work:
    | { readonly kind: 'debit'; readonly charge: string }
    | { readonly kind: 'refund'; readonly refund: string }
    | { readonly kind: 'dispute'; readonly dispute: string }
    | { readonly kind: 'authorization'; readonly intent: string };
}

/** What stands in each table; every row has an id, and ids rise in order of creation. */
export interface Rows {
  customers: CustomerRecord | Stripe.DeletedCustomer;
  payment_methods: PaymentMethodRecord;
  cards: CardRecord;
  sources: CardSourceRecord;
  /** What `cards` holds, for those that are sources. */
  source_cards: CardRecord;
  bank_accounts: BankRecord;
  tokens: TokenRecord;
  setup_intents: SetupIntentRecord;
  setup_attempts: SetupAttemptRecord;
  mandates: MandateRecord;
  refunds: RefundRecord;
  disputes: DisputeRecord;
  early_fraud_warnings: EarlyFraudWarningRecord;
  balance_transactions: BalanceTransactionRecord;
  payment_work: PaymentWorkRecord;
  products: ProductRecord;
  prices: PriceRecord;
  subscriptions: SubscriptionRecord;
  invoices: InvoiceRecord;
  invoiceitems: InvoiceItemRecord;
  reminders: ReminderRecord;
  invoice_payments: InvoicePaymentRecord;
  payment_intents: PaymentIntentRecord;
  charges: ChargeRecord;
  events: EventRecord;
  webhook_endpoints: WebhookEndpointRecord;
  tax_ids: TaxIdRecord;
  payment_method_domains: PaymentMethodDomainRecord;
  test_clocks: TestClockRecord;
}

export type TableName = keyof Rows;
export type Tables = { readonly [K in TableName]: readonly Rows[K][] };

/** A card that passed the checks of its form: plain data. */
export interface NumberedCard {
  /** The test card that it is, by name. */
  readonly testCard: string;
  readonly expMonth: number;
  readonly expYear: number;
  readonly hasCvc: boolean;
}
