import type { CardOutcome } from '../../../local/stripe/engine/published/declines.ts';
import { declineOf } from '../../../local/stripe/engine/published/declines.ts';
import type {
  ChargeRecord,
  CustomerRecord,
  InvoicePaymentRecord,
  InvoiceRecord,
  PaymentMethodRecord,
  Rows,
  SubscriptionRecord,
  TableName,
  Tables,
} from '../../../local/stripe/engine/records.ts';
import type {
  Breach,
  Evidence,
  Happening,
  JudgedPolicy,
  SentMail,
  SimulatedCustomer,
  StoredItem,
  StripeCall,
  WaitingMessage,
} from '../evidence.ts';
import { createJudge } from './create-judge.ts';

/** docs/policy.md, transcribed. */
export const defaultPolicy: JudgedPolicy = {
  retryAfterDays: [1, 3, 5, 7],
  retryAt: '09:00',
  windowDays: 30,
  paydays: [1, 15, 'last_business_day'],
  maximumTriesPerMethod: 8,
  maximumTriesPerDebit: 3,
  declines: {
    generic: { tryAgainAtOnce: true, fallback: 'at_once' },
    transient: { tryAgainAtOnce: true, fallback: 'at_once' },
    insufficient_funds: { tryAgainAtOnce: false, fallback: 'at_once' },
    invalid_data: { tryAgainAtOnce: false, fallback: 'at_once' },
    authentication: { tryAgainAtOnce: false, fallback: { afterHours: 24 } },
    risk: { tryAgainAtOnce: false, fallback: 'at_once' },
    not_allowed: { tryAgainAtOnce: false, fallback: 'at_once' },
    card_dead: { tryAgainAtOnce: false, fallback: 'at_once' },
    unusable: { tryAgainAtOnce: false, fallback: 'at_once' },
  },
  fallback: { ceilings: {}, subscriptions: 'all_but_marked' },
  notices: { beforeExpiryDays: [30, 14, 3] },
  end: { afterDays: 7, access: 'keep', action: 'leave_open' },
};

/** What a charge of a story comes to; `pending` is a bank debit. */
export type Outcome = CardOutcome | 'pending';

const minuteMs = 60_000;
const start = Date.UTC(2026, 8, 1, 12);
const tableNames = [
  'customers payment_methods cards sources source_cards bank_accounts tokens setup_intents',
  'setup_attempts mandates refunds disputes early_fraud_warnings balance_transactions',
  'payment_work products prices subscriptions invoices invoiceitems reminders invoice_payments',
  'payment_intents charges events webhook_endpoints tax_ids payment_method_domains test_clocks',
]
  .join(' ')
  .split(' ');

/**
 * A row with the fields that the judge reads and no others: what it does not name, no rule may
 * depend on.
 */
// Stripe's objects have a hundred fields more; a rule that read one of them would fail its test.
const rowOf = <Row>(fields: object): Row => fields as Row;

/**
 * A story told by hand: each call is one happening, and the judge sees it. It begins with the
 * customer `cus_a`, whose primary is `pm_first` (Visa 4242) and whose backup is `pm_second`
 * (Mastercard 4444), and the invoice `in_1` of the subscription `sub_a`, which Stripe has just
 * failed to collect. Other customers' methods carry their letter: `pm_firstb`.
 */
export class Story {
  now = start;
  readonly mode: 'own' | 'observe';
  /** As docs/policy.md has it; a story may set another. */
  policy = defaultPolicy;
  readonly judge = createJudge();
  readonly breaches: Breach[] = [];
  readonly customers: SimulatedCustomer[] = [];
  readonly messages: WaitingMessage[] = [];
  readonly mails: SentMail[] = [];
  readonly unconfirmedMails: string[] = [];
  /** The process that writes the items. */
  writer: string | null = null;
  readonly #items = new Map<string, StoredItem>();
  #ledger: Tables = emptyTables();
  #charges = 0;

  constructor(mode: 'own' | 'observe' = 'own') {
    this.mode = mode;
    this.addCustomer('a', 'ada@a.example', '4242', '4444');
    this.addInvoice('in_1', 'a');
    this.outside();
    this.stripeTries('in_1', 'pm_first', 'generic_decline');
  }

  get evidence(): Evidence {
    return {
      now: this.now,
      mode: this.mode,
      policy: this.policy,
      businessTimeZone: 'UTC',
      ledger: this.#ledger,
      items: [...this.#items.values()],
      mails: this.mails,
      messages: this.messages,
      customers: this.customers,
      unconfirmedMails: this.unconfirmedMails,
    };
  }

  /** The rules that were broken so far, each once, in order. */
  get broken(): readonly string[] {
    return [...new Set(this.breaches.map(({ rule }) => rule))];
  }

  happens(happening: Happening): void {
    this.breaches.push(...this.judge.observe(happening, this.evidence));
  }

  conclude(): void {
    this.breaches.push(...this.judge.conclude(this.evidence));
  }

  /** Minutes pass. */
  wait(minutes: number): void {
    this.now += minutes * minuteMs;
  }

  /** Sets a row of Stripe's ledger without telling. */
  set<Name extends TableName>(table: Name, row: Rows[Name]): void {
    const rows: readonly Rows[Name][] = this.#ledger[table];
    const isNew = rows.every(({ id }) => id !== row.id);
    const changed = isNew ? [...rows, row] : rows.map((each) => (each.id === row.id ? row : each));
    this.#ledger = { ...this.#ledger, [table]: changed };
  }

  row<Name extends TableName>(table: Name, id: string): Rows[Name] {
    const rows: readonly Rows[Name][] = this.#ledger[table];
    const found = rows.find((row) => row.id === id);
    if (found === undefined) throw new Error(`The story has no ${id} in ${table}.`);
    return found;
  }

  outside(what = 'something'): void {
    this.happens({ kind: 'outside', what });
  }

  changeInvoice(invoice: string, change: Partial<InvoiceRecord>): void {
    this.set('invoices', { ...this.row('invoices', invoice), ...change });
    this.outside('the invoice changed');
  }

  changeCard(method: string, change: object, byNetwork = false): void {
    const before = this.row('payment_methods', method);
    if (before.type !== 'card') throw new Error(`${method} is no card.`);
    this.set('payment_methods', { ...before, card: { ...before.card, ...change } });
    if (byNetwork) {
      const type = 'payment_method.automatically_updated';
      this.set('events', rowOf({ id: `evt_${this.now}`, type, data: { object: { id: method } } }));
    }
    this.outside('a card changed');
  }

  detach(method: string): void {
    this.set('payment_methods', { ...this.row('payment_methods', method), customer: null });
    this.outside('detached');
  }

  /** @param languages BCP 47 tags, the dearest first. */
  reads(customer: string, languages: readonly string[]): void {
    const before = this.row('customers', customer);
    if ('deleted' in before && before.deleted) throw new Error(`${customer} is deleted.`);
    this.set('customers', { ...before, preferred_locales: [...languages] });
    this.outside('a language was chosen');
  }

  addCustomer(name: string, email: string, first: string, second: string): void {
    const customer = `cus_${name}`;
    const suffix = name === 'a' ? '' : name;
    this.set(
      'customers',
      rowOf<CustomerRecord>({
        id: customer,
        email,
        name: `Person ${name.toUpperCase()}`,
        metadata: {},
        address: null,
        shipping: null,
        invoice_settings: { default_payment_method: null },
        default_source: null,
        preferred_locales: [],
      }),
    );
    this.addCard(`pm_first${suffix}`, customer, 'visa', first);
    this.addCard(`pm_second${suffix}`, customer, 'mastercard', second);
    this.set(
      'subscriptions',
      rowOf<SubscriptionRecord>({
        id: `sub_${name}`,
        customer,
        status: 'active',
        collection_method: 'charge_automatically',
        cancel_at_period_end: false,
        cancel_at: null,
        pause_collection: null,
        metadata: {},
        payment_settings: rowOf({ save_default_payment_method: 'off' }),
        default_payment_method: `pm_first${suffix}`,
        default_source: null,
      }),
    );
    const method = `pm_second${suffix}`;
    const backups = [{ method, consentFrom: start, consentUntil: null }];
    this.customers.push({ customer, email, backups });
    this.#items.set(`CUSTOMER#${customer} V#CUSTOMER`, {
      pk: `CUSTOMER#${customer}`,
      sk: 'V#CUSTOMER',
      secondary: method,
      members: [{ email, role: 'owner' }],
      version: 1,
    });
    this.#items.set(`CUSTOMER#${customer} V#METHOD#${method}`, {
      pk: `CUSTOMER#${customer}`,
      sk: `V#METHOD#${method}`,
      consent: { source: 'staff' },
      version: 1,
    });
  }

  addCard(method: string, customer: string, brand: string, last4: string): void {
    const card = { brand, last4, fingerprint: `print${last4}`, exp_month: 12, exp_year: 2030 };
    this.set(
      'payment_methods',
      rowOf<PaymentMethodRecord>({
        id: method,
        type: 'card',
        customer,
        card,
        billing_details: { address: null },
      }),
    );
  }

  addInvoice(invoice: string, name: string): void {
    this.set(
      'invoices',
      rowOf<InvoiceRecord>({
        id: invoice,
        customer: `cus_${name}`,
        number: `NUMBER-${invoice}`,
        status: 'open',
        livemode: false,
        collection_method: 'charge_automatically',
        billing_reason: 'subscription_cycle',
        auto_advance: true,
        amount_due: 1050,
        currency: 'usd',
        default_payment_method: null,
        default_source: null,
        parent: { subscription_details: { subscription: `sub_${name}` } },
        status_transitions: { voided_at: null, marked_uncollectible_at: null },
      }),
    );
    this.set(
      'invoice_payments',
      rowOf<InvoicePaymentRecord>({
        id: `inpay_${invoice}`,
        invoice,
        payment: { payment_intent: `pi_${invoice}`, type: 'payment_intent' },
      }),
    );
  }

  /** Stripe charges by itself. */
  stripeTries(invoice: string, method: string, outcome: Outcome): string {
    const charge = this.#charge(invoice, method, outcome);
    this.happens({ kind: 'stripe_passed_time', charges: [charge] });
    return charge;
  }

  /** We ask Stripe to charge. @returns the charge, which an `unmade` request has none of. */
  pay(
    invoice: string,
    method: string,
    outcome: Outcome | 'unmade',
    call: Partial<StripeCall> = {},
  ): string {
    const charges = outcome === 'unmade' ? [] : [this.#charge(invoice, method, outcome)];
    const isTaken = outcome === 'succeeded' || outcome === 'pending';
    this.happens({
      kind: 'stripe_call',
      call: {
        by: 'backstop',
        at: this.now,
        method: 'POST',
        path: `/v1/invoices/${invoice}/pay`,
        params: { payment_method: method },
        idempotencyKey: this.#openKey(invoice),
        status: isTaken ? 200 : 402,
        isReplay: false,
        charges,
        ...call,
      },
    });
    return charges[0] ?? '';
  }

  /** We switch Stripe's own collection off or on. */
  collect(invoice: string, isOn: boolean): void {
    this.set('invoices', { ...this.row('invoices', invoice), auto_advance: isOn });
    this.happens({
      kind: 'stripe_call',
      call: {
        by: 'backstop',
        at: this.now,
        method: 'POST',
        path: `/v1/invoices/${invoice}`,
        params: { auto_advance: String(isOn) },
        idempotencyKey: 'some key',
        status: 200,
        isReplay: false,
        charges: [],
      },
    });
  }

  /** A debit settles or comes back. */
  settleDebit(charge: string, status: 'succeeded' | 'failed'): void {
    const before = this.row('charges', charge);
    this.set('charges', { ...before, status, failure_code: 'account_closed' });
    if (status === 'succeeded') this.#pay(before);
    this.happens({ kind: 'stripe_passed_time', charges: [] });
  }

  /** A request to Stripe that charges nothing and changes what was set before it. */
  request(by: StripeCall['by'], method: string, path: string, params: object): void {
    const call = { by, at: this.now, method, path, params: { ...params } };
    const answer = { idempotencyKey: undefined, status: 200, isReplay: false, charges: [] };
    this.happens({ kind: 'stripe_call', call: { ...call, ...answer } });
  }

  item(pk: string, sk: string): StoredItem | undefined {
    return this.#items.get(`${pk} ${sk}`);
  }

  /** Writes an item; its version follows that of the one before unless another is given. */
  write(pk: string, sk: string, fields: object, version?: number): void {
    const before = this.item(pk, sk) ?? null;
    const next = version ?? Number(before?.version ?? 0) + 1;
    const after: StoredItem = { ...fields, pk, sk, version: next };
    this.#items.set(`${pk} ${sk}`, after);
    this.happens({ kind: 'item_written', before, after, by: this.writer });
  }

  say(line: string): void {
    this.happens({ kind: 'logged', line });
  }

  #openKey(invoice: string): string | undefined {
    const { customer } = this.row('invoices', invoice);
    const open = this.item(`CUSTOMER#${customer}`, `V#CASE#${invoice}`)?.openAttempt;
    return typeof open === 'object' && open !== null && 'key' in open
      ? String(open.key)
      : undefined;
  }

  #charge(invoice: string, method: string, outcome: Outcome): string {
    this.#charges += 1;
    const row = this.row('payment_methods', method);
    if (row.type !== 'card') throw new Error(`${method} is no card.`);
    const isRefused = outcome !== 'succeeded' && outcome !== 'pending';
    const decline = isRefused ? declineOf(outcome, row.card.brand) : undefined;
    const charge = rowOf<ChargeRecord>({
      id: `ch_${this.#charges}`,
      customer: row.customer,
      payment_intent: `pi_${invoice}`,
      payment_method: method,
      payment_method_details: { type: 'card', card: row.card },
      amount: this.row('invoices', invoice).amount_due,
      currency: 'usd',
      status: isRefused ? 'failed' : outcome,
      failure_code: decline?.code ?? null,
      outcome: {
        reason: decline?.reason ?? null,
        advice_code: decline?.adviceCode ?? null,
        network_advice_code: decline?.networkAdviceCode ?? null,
        network_decline_code: decline?.networkDeclineCode ?? null,
      },
    });
    this.set('charges', charge);
    if (outcome === 'succeeded') this.#pay(charge);
    return charge.id;
  }

  #pay({ payment_intent }: ChargeRecord): void {
    const invoice = this.row('invoices', payment_intent.slice('pi_'.length));
    this.set('invoices', { ...invoice, status: 'paid', auto_advance: false });
  }
}

// The names are all of them; their rows come later.
const emptyTables = (): Tables =>
  Object.fromEntries(tableNames.map((name) => [name, []])) as unknown as Tables;
