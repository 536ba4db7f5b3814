import type Stripe from 'stripe';
import type { PriceRecord, SubscriptionItemRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import type { Period } from './build-invoice-item.ts';
import { planOf } from './plan-of-price.ts';

export interface ItemTerms {
  readonly price: PriceRecord;
  readonly quantity: number;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface SubscriptionTerms {
  readonly customer: { readonly id: string; readonly test_clock: string | null };
  readonly items: readonly ItemTerms[];
  readonly currency: string;
  /** The first period of all its items. */
  readonly period: Period;
  /** What the cycle is counted from, in epoch seconds. */
  readonly anchor: number;
  readonly trial: Period | undefined;
}

/** What a subscription has that nothing modelled here ever fills, and how each one begins. */
const blankSubscription = {
  object: 'subscription',
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
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
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
  metadata: {},
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  payment_settings: {
    payment_method_options: null,
    payment_method_types: null,
    save_default_payment_method: 'off',
  },
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  transfer_data: null,
  trial_settings: {
    end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' },
  },
} satisfies Partial<SubscriptionRecord>;

/** A new subscription, on trial or `incomplete` until its first invoice is paid. */
export function buildSubscription(tx: Transaction, terms: SubscriptionTerms): SubscriptionRecord {
  const id = tx.id('sub');
  const items: Stripe.ApiList<SubscriptionItemRecord> = {
    object: 'list',
    data: terms.items.map((item) => buildSubscriptionItem(tx, id, item, terms.period)),
    has_more: false,
    url: `/v1/subscription_items?subscription=${id}`,
  };
  return {
    ...blankSubscription,
    id,
    billing_cycle_anchor: terms.anchor,
    created: tx.now,
    currency: terms.currency,
    customer: terms.customer.id,
    items,
    start_date: tx.now,
    status: terms.trial === undefined ? 'incomplete' : 'trialing',
    test_clock: terms.customer.test_clock,
    trial_end: terms.trial?.end ?? null,
    trial_start: terms.trial?.start ?? null,
  };
}

export function buildSubscriptionItem(
  tx: Transaction,
  subscription: string,
  { price, quantity, metadata }: ItemTerms,
  period: Period,
): SubscriptionItemRecord {
  return {
    id: tx.id('si'),
    object: 'subscription_item',
    billing_thresholds: null,
    created: tx.now,
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: { ...metadata },
    plan: planOf(price),
    price,
    quantity,
    subscription,
    tax_rates: [],
  };
}
