import type { Answer } from './protocol/answer.ts';
import type { Tables } from './records.ts';

/** The first answer to an idempotency key, kept for 24 hours. */
export interface StoredAnswer {
  readonly key: string;
  readonly endpoint: string;
  /** The parameters in a canonical form: another request under this key is refused. */
  readonly parameters: string;
  readonly answer: Answer;
  readonly requestId: string;
  /** Epoch milliseconds, UTC. */
  readonly storedAt: number;
}

/** What a person sets in Stripe's dashboard and no API shows. */
export interface AccountSettings {
  /** Seconds between Stripe's own attempts; their number is the number of retries. */
  readonly retryAfterSeconds: readonly number[];
  /** What becomes of the subscription when the retries are used up. */
  readonly afterRetries: 'cancel' | 'mark_unpaid' | 'leave_past_due';
  /** How many days before a renewal Stripe tells of it (`invoice.upcoming`). */
  readonly upcomingInvoiceDays: number;
  /** Where hosted invoice pages stand, without a slash at its end: the server's own address. */
  readonly hostedUrl: string;
}

/** The whole account as plain JSON: it can be saved, loaded and compared. */
export interface StripeState {
  readonly v: 1;
  /** Part of every id, so that two local accounts never share one. */
  readonly seed: string;
  /** Counts everything that gets an id. */
  readonly sequence: number;
  readonly settings: AccountSettings;
  readonly tables: Tables;
  /** Signing secrets by webhook endpoint id: Stripe shows them once, at creation. */
  readonly webhookSecrets: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly storedAnswers: readonly StoredAnswer[];
}

const daySeconds = 86_400;

/** Retries after 3, 5 and 7 days, then the subscription is cancelled. */
const defaultSettings: AccountSettings = {
  retryAfterSeconds: [3 * daySeconds, 5 * daySeconds, 7 * daySeconds],
  afterRetries: 'cancel',
  upcomingInvoiceDays: 7,
  hostedUrl: 'http://127.0.0.1:12111',
};

/** An account in which nothing has happened yet. */
export function emptyAccount(
  seed: string,
  settings: AccountSettings = defaultSettings,
): StripeState {
  if (!/^[0-9A-Za-z]{1,12}$/.test(seed)) {
    throw new RangeError(`A seed is 1 to 12 letters and digits, not "${seed}".`);
  }
  return {
    v: 1,
    seed,
    sequence: 0,
    settings,
    tables: {
      customers: [],
      payment_methods: [],
      cards: [],
      sources: [],
      source_cards: [],
      bank_accounts: [],
      tokens: [],
      setup_intents: [],
      setup_attempts: [],
      mandates: [],
      refunds: [],
      disputes: [],
      early_fraud_warnings: [],
      balance_transactions: [],
      payment_work: [],
      products: [],
      prices: [],
      subscriptions: [],
      invoices: [],
      invoiceitems: [],
      reminders: [],
      invoice_payments: [],
      payment_intents: [],
      charges: [],
      events: [],
      webhook_endpoints: [],
      tax_ids: [],
      payment_method_domains: [],
      test_clocks: [],
    },
    webhookSecrets: {},
    storedAnswers: [],
  };
}
