import type {
  InvoiceLineRecord,
  InvoiceRecord,
  SubscriptionItemRecord,
  SubscriptionRecord,
} from '../records.ts';
import type { Transaction } from '../transaction.ts';

export type BillingReason = 'subscription_create' | 'subscription_cycle' | 'subscription_update';

/** A period of time in epoch seconds, UTC. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/** What an invoice has that nothing modelled here ever fills, and how every draft begins. */
const blankInvoice = {
  account_country: 'US',
  account_name: 'Local Stripe',
  account_tax_ids: null,
  amount_overpaid: 0,
  amount_paid: 0,
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
  starting_balance: 0,
  statement_descriptor: null,
  status: 'draft',
  status_transitions: {
    finalized_at: null,
    marked_uncollectible_at: null,
    paid_at: null,
    voided_at: null,
  },
  test_clock: null,
  total_discount_amounts: [],
  total_pretax_credit_amounts: [],
  total_taxes: [],
  webhooks_delivered_at: null,
} satisfies Partial<InvoiceRecord>;

/**
 * A draft for what the subscription's items cost in their current period. The invoice's own
 * period looks back at what ended; its lines look ahead at what is paid for.
 */
export function buildInvoice(
  tx: Transaction,
  subscription: SubscriptionRecord,
  billingReason: BillingReason,
  period: Period,
): InvoiceRecord {
  const customer = tx.customer(subscription.customer);
  const id = tx.id('in');
  const lines = subscription.items.data.map((item) => buildLine(tx, id, item, subscription));
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  return {
    ...blankInvoice,
    id,
    object: 'invoice',
    amount_due: total,
    amount_remaining: total,
    billing_reason: billingReason,
    created: tx.now,
    currency: subscription.currency,
    customer: customer.id,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    description: subscription.description,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: 'subscription_details',
    },
    period_end: period.end,
    period_start: period.start,
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
  };
}

function buildLine(
  tx: Transaction,
  invoice: string,
  item: SubscriptionItemRecord,
  subscription: SubscriptionRecord,
): InvoiceLineRecord {
  const { price, quantity } = item;
  const amount = price.unit_amount * quantity;
  const product = tx.find('products', price.product);
  return {
    id: tx.id('il'),
    object: 'line_item',
    amount,
    currency: price.currency,
    description: `${quantity} × ${product?.name ?? price.product}`,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice,
    livemode: false,
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: null,
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: 'subscription_item_details',
    },
    period: { start: item.current_period_start, end: item.current_period_end },
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: 'price_details',
      unit_amount_decimal: price.unit_amount_decimal,
    },
    quantity,
    quantity_decimal: String(quantity),
    subscription: subscription.id,
    subtotal: amount,
    taxes: [],
  };
}
