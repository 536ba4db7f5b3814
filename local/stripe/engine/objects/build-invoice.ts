import type Stripe from 'stripe';
import type {
  CustomerRecord,
  InvoiceLineRecord,
  InvoiceRecord,
  SubscriptionRecord,
} from '../records.ts';
import type { Transaction } from '../transaction.ts';
import type { Period } from './build-invoice-item.ts';

export type { Period } from './build-invoice-item.ts';

export type BillingReason =
  | 'manual'
  | 'subscription_create'
  | 'subscription_cycle'
  | 'subscription_update'
  | 'upcoming';

/** What an invoice has that nothing modelled here ever fills, and how every draft begins. */
const blankInvoice = {
  object: 'invoice',
  account_country: 'US',
  account_name: 'Local Stripe',
  account_tax_ids: null,
  amount_due: 0,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_remaining: 0,
  amount_shipping: 0,
  application: null,
  attempt_count: 0,
  attempted: false,
  auto_advance: true,
  automatic_tax: {
    disabled_reason: null,
    enabled: false,
    liability: null,
    provider: null,
    status: null,
  },
  automatically_finalizes_at: null,
  collection_method: 'charge_automatically',
  custom_fields: null,
  customer_account: null,
  customer_shipping: null,
  customer_tax_exempt: 'none',
  customer_tax_ids: [],
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  due_date: null,
  effective_at: null,
  ending_balance: null,
  footer: null,
  from_invoice: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  issuer: { type: 'self' },
  last_finalization_error: null,
  latest_revision: null,
  livemode: false,
  metadata: {},
  next_payment_attempt: null,
  number: null,
  on_behalf_of: null,
  parent: null,
  payment_settings: {
    default_mandate: null,
    payment_method_options: null,
    payment_method_types: null,
  },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  statement_descriptor: null,
  status: 'draft',
  status_transitions: {
    finalized_at: null,
    marked_uncollectible_at: null,
    paid_at: null,
    voided_at: null,
  },
  subtotal: 0,
  subtotal_excluding_tax: 0,
  total: 0,
  total_discount_amounts: [],
  total_excluding_tax: 0,
  total_pretax_credit_amounts: [],
  total_taxes: [],
  webhooks_delivered_at: null,
} satisfies Partial<InvoiceRecord>;

export interface InvoiceTerms {
  readonly customer: CustomerRecord;
  readonly billingReason: BillingReason;
  readonly currency: string;
  /** The time during which what it bills came to be. */
  readonly period: Period;
  /** What it bills, unless it was made by hand. */
  readonly subscription?: SubscriptionRecord | undefined;
}

/** A draft without lines, with what it takes from its customer and subscription. */
export function buildInvoice(tx: Transaction, terms: InvoiceTerms): InvoiceRecord {
  const { customer, subscription } = terms;
  const id = tx.id('in');
  return {
    ...blankInvoice,
    id,
    ...customerDetails(customer),
    billing_reason: terms.billingReason,
    created: tx.now,
    currency: terms.currency,
    custom_fields: customer.invoice_settings.custom_fields,
    customer: customer.id,
    footer: customer.invoice_settings.footer,
    lines: { object: 'list', data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
    period_end: terms.period.end,
    period_start: terms.period.start,
    starting_balance: customer.balance,
    test_clock: customer.test_clock,
    ...(subscription === undefined ? {} : takenFromSubscription(tx, subscription)),
  };
}

/** The customer as an invoice shows it: as of its finalisation at the latest. */
export function customerDetails(customer: CustomerRecord) {
  return {
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_tax_exempt: customer.tax_exempt ?? null,
  };
}

function takenFromSubscription(
  tx: Transaction,
  subscription: SubscriptionRecord,
): Partial<InvoiceRecord> {
  const {
    collection_method: method,
    days_until_due: days,
    payment_settings: settings,
  } = subscription;
  const { payment_method_options: options } = settings;
  return {
    collection_method: method,
    description: subscription.description,
    due_date: method === 'send_invoice' ? dueDate(tx.now, days ?? 0) : null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: 'subscription_details',
    },
    payment_settings: {
      default_mandate: null,
      payment_method_options: options && { ...options, pix: null },
      payment_method_types: settings.payment_method_types,
    },
  };
}

/** So many days after a time in epoch seconds. */
export function dueDate(created: number, days: number): number {
  return created + days * 86_400;
}

/**
 * A draft with these lines and the sums that follow. What the customer owes from before is asked
 * for with it, and a credit is taken off: `amount_due` is never negative.
 */
export function withLines(invoice: InvoiceRecord, data: InvoiceLineRecord[]): InvoiceRecord {
  const lines: Stripe.ApiList<InvoiceLineRecord> = { ...invoice.lines, data };
  const total = data.reduce((sum, line) => sum + line.amount, 0);
  const due = Math.max(0, total + invoice.starting_balance);
  return {
    ...invoice,
    amount_due: due,
    amount_remaining: due,
    lines,
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
  };
}
