import { enabledTypes } from '../published/enabled-types.ts';
import type { InvoiceRecord, PaymentIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** What a PaymentIntent has that nothing modelled here ever fills, and how each one begins. */
const blankPaymentIntent = {
  object: 'payment_intent',
  allowed_payment_method_types: null,
  amount_capturable: 0,
  amount_details: { tip: {} },
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  canceled_at: null,
  cancellation_reason: null,
  capture_method: 'automatic',
  confirmation_method: 'automatic',
  customer_account: null,
  excluded_payment_method_types: null,
  last_payment_error: null,
  latest_charge: null,
  livemode: false,
  managed_payments: { enabled: false },
  metadata: {},
  next_action: null,
  on_behalf_of: null,
  payment_method: null,
  payment_method_configuration_details: null,
  payment_method_options: {
    card: {
      installments: null,
      mandate_options: null,
      network: null,
      request_three_d_secure: 'automatic',
    },
  },
  payment_record: null,
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  status: 'requires_payment_method',
  transfer_data: null,
  transfer_group: null,
} satisfies Partial<PaymentIntentRecord>;

/** The one PaymentIntent of an invoice, made when the invoice is finalised. */
export function buildPaymentIntent(tx: Transaction, invoice: InvoiceRecord): PaymentIntentRecord {
  const id = tx.id('pi');
  return {
    ...blankPaymentIntent,
    id,
    amount: invoice.amount_remaining,
    client_secret: `${id}_secret_${tx.token(`secret:${id}`, 25)}`,
    created: tx.now,
    currency: invoice.currency,
    customer: invoice.customer,
    description: descriptionOf(invoice),
    payment_method_options: optionsOf(invoice),
    payment_method_types: [
      ...(invoice.payment_settings.payment_method_types ?? enabledTypes(invoice.currency)),
    ],
    // Whoever pays for a subscription will be charged again; a single invoice saves nothing.
    setup_future_usage: invoice.parent === null ? null : 'off_session',
  };
}

/** A PaymentIntent that the business makes itself: what it asks for is filled in afterwards. */
export function buildOwnPaymentIntent(
  tx: Transaction,
  wish: {
    readonly amount: number;
    readonly currency: string;
    readonly types: readonly string[];
    readonly automatic: PaymentIntentRecord['automatic_payment_methods'];
  },
): PaymentIntentRecord {
  const id = tx.id('pi');
  return {
    ...blankPaymentIntent,
    id,
    amount: wish.amount,
    automatic_payment_methods: wish.automatic,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${tx.token(`secret:${id}`, 25)}`,
    created: tx.now,
    currency: wish.currency,
    customer: null,
    description: null,
    payment_method_types: [...wish.types],
  };
}

/** What the subscription or the invoice asks of the card's bank. */
function optionsOf({ payment_settings: settings }: InvoiceRecord) {
  const asked = settings.payment_method_options?.card?.request_three_d_secure ?? 'automatic';
  const { card } = blankPaymentIntent.payment_method_options;
  return { card: { ...card, request_three_d_secure: asked } };
}

function descriptionOf(invoice: InvoiceRecord): string {
  if (invoice.parent === null) return 'Payment for Invoice';
  return invoice.billing_reason === 'subscription_create'
    ? 'Subscription creation'
    : 'Subscription update';
}
