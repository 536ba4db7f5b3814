import type { SetupIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** A SetupIntent as it begins. */
export function buildSetupIntent(tx: Transaction, types: readonly string[]): SetupIntentRecord {
  const id = tx.id('seti');
  return {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${tx.token(`secret:${id}`, 25)}`,
    created: tx.now,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: { enabled: false },
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: [...types],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: 'off_session',
  };
}
