import { periodEnd } from '../billing/billing-period.ts';
import type { PriceRecord, SubscriptionItemRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { planOf } from './build-catalogue.ts';

export interface SubscriptionTerms {
  readonly customer: string;
  readonly items: readonly { readonly price: PriceRecord; readonly quantity: number }[];
  readonly currency: string;
  readonly defaultPaymentMethod: string | null;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly saveDefaultPaymentMethod: 'off' | 'on_subscription';
}

/** What a subscription has that nothing modelled here ever fills, and how each one begins. */
const blankSubscription = {
  application: null,
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor_config: null,
  billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
  billing_schedules: [],
  billing_thresholds: null,
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
  collection_method: 'charge_automatically',
  customer_account: null,
  days_until_due: null,
  default_source: null,
  default_tax_rates: [],
  discounts: [],
  ended_at: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
  latest_invoice: null,
  livemode: false,
  managed_payments: { enabled: false },
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  status: 'incomplete',
  test_clock: null,
  transfer_data: null,
  trial_end: null,
  trial_settings: {
    end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' },
  },
  trial_start: null,
} satisfies Partial<SubscriptionRecord>;

/** A new subscription, `incomplete` until its first invoice is paid. */
export function buildSubscription(tx: Transaction, terms: SubscriptionTerms): SubscriptionRecord {
  const id = tx.id('sub');
  return {
    ...blankSubscription,
    id,
    object: 'subscription',
    billing_cycle_anchor: tx.now,
    created: tx.now,
    currency: terms.currency,
    customer: terms.customer,
    default_payment_method: terms.defaultPaymentMethod,
    description: terms.description,
    items: {
      object: 'list',
      data: terms.items.map(({ price, quantity }) => buildItem(tx, id, price, quantity)),
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    metadata: { ...terms.metadata },
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: terms.saveDefaultPaymentMethod,
    },
    start_date: tx.now,
  };
}

function buildItem(
  tx: Transaction,
  subscription: string,
  price: PriceRecord,
  quantity: number,
): SubscriptionItemRecord {
  const every = price.recurring ?? { interval: 'month', interval_count: 1 };
  return {
    id: tx.id('si'),
    object: 'subscription_item',
    billing_thresholds: null,
    created: tx.now,
    current_period_end: periodEnd(tx.now, tx.now, every),
    current_period_start: tx.now,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(price),
    price,
    quantity,
    subscription,
    tax_rates: [],
  };
}
