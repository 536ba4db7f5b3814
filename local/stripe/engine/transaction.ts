import { createHash } from 'node:crypto';
import { previousAttributes } from './previous-attributes.ts';
import { resourceMissing } from './protocol/answer.ts';
import type { CustomerRecord, EventRecord, Rows, TableName, Tables } from './records.ts';
import type { AccountSettings, StripeState } from './state.ts';

/** The API version of every object and event: the one the `stripe` package was made for. */
export const apiVersion = '2026-10-28.endive';

/** Whose doing a change is; Stripe's own have no request. */
export interface Origin {
  readonly requestId: string | null;
  readonly idempotencyKey: string | null;
  /** @default 'secret' */
  readonly caller?: Caller;
}

/** What happens by itself, or by a local operation, is nobody's request. */
export const nobody: Origin = { requestId: null, idempotencyKey: null };

/** Whose key a request came with: the business's secret one, or the one its pages show. */
export type Caller = 'secret' | 'publishable';

type OwnTables = { [K in TableName]?: Rows[K][] };

/**
 * One change of the account. Rows are replaced, never altered, and a table is copied at its
 * first change, so the state it began with stays as it was.
 */
export class Transaction {
  /** Epoch seconds, UTC: the time that new objects carry. */
  readonly now: number;
  readonly settings: AccountSettings;
  readonly #base: StripeState;
  readonly #origin: Origin;
  /** Epoch seconds, UTC: events happen now, also those of a test clock that stands elsewhere. */
  readonly #eventsAt: number;
  readonly #own: OwnTables = {};
  #webhookSecrets: Readonly<Record<string, string>>;
  #sequence: number;
  readonly #events: EventRecord[] = [];

  /**
   * @param now epoch milliseconds, UTC: by the test clock of what the change is about, if any.
   * @param eventsAt epoch milliseconds, UTC, by the clock on the wall.
   */
  constructor(base: StripeState, now: number, origin: Origin, eventsAt: number = now) {
    this.#base = base;
    this.#origin = origin;
    this.#eventsAt = Math.floor(eventsAt / 1000);
    this.now = Math.floor(now / 1000);
    this.settings = base.settings;
    this.#webhookSecrets = base.webhookSecrets;
    this.#sequence = base.sequence;
  }

  /** A new id: ids of one kind rise, which makes a table searchable and a cursor stable. */
  id(prefix: string): string {
    this.#sequence += 1;
    const counter = this.#sequence.toString(36).padStart(8, '0');
    return `${prefix}_1${this.#base.seed}${counter}`;
  }

  /** Something unguessable that is the same in each run: secrets, fingerprints. */
  token(of: string, length: number): string {
    const digest = createHash('sha256').update(`${this.#base.seed}:${of}`).digest('base64url');
    return digest.replaceAll(/[-_]/g, '').slice(0, length);
  }

  rows<K extends TableName>(table: K): readonly Rows[K][] {
    const own: readonly Rows[K][] | undefined = this.#own[table];
    return own ?? this.#tables()[table];
  }

  find<K extends TableName>(table: K, id: string): Rows[K] | undefined {
    const rows = this.rows(table);
    const row = rows[positionOf(rows, id)];
    return row?.id === id ? row : undefined;
  }

  /** @throws Refusal `resource_missing`; a `param` says which parameter named the object. */
  get<K extends TableName>(table: K, id: string, param?: string): Rows[K] {
    const row = this.find(table, id);
    if (row === undefined) throw resourceMissing(nounOf[table], id, param);
    return row;
  }

  /** A customer that was not deleted. */
  customer(id: string, param?: string): CustomerRecord {
    const customer = this.get('customers', id, param);
    if (customer.deleted) throw resourceMissing('customer', id, param);
    return customer;
  }

  insert<K extends TableName>(table: K, row: Rows[K]): void {
    this.#ownRows(table).push(row);
  }

  replace<K extends TableName>(table: K, row: Rows[K]): void {
    const rows = this.#ownRows(table);
    rows[positionOf(rows, row.id)] = row;
  }

  remove<K extends TableName>(table: K, id: string): void {
    const rows = this.#ownRows(table);
    rows.splice(positionOf(rows, id), 1);
  }

  setWebhookSecret(endpoint: string, secret: string): void {
    this.#webhookSecrets = { ...this.#webhookSecrets, [endpoint]: secret };
  }

  /**
   * Records an event with the object as it is now. `previous` makes it an update: the values of
   * the properties that changed go along, and an event without any change is not sent.
   */
  emit(type: string, object: object, previous?: object): void {
    const changed = previous === undefined ? undefined : previousAttributes(object, previous);
    if (changed !== undefined && Object.keys(changed).length === 0) return;
    this.#record({
      object: 'event',
      api_version: apiVersion,
      created: this.#eventsAt,
      data: changed === undefined ? { object } : { object, previous_attributes: changed },
      livemode: false,
      request: { id: this.#origin.requestId, idempotency_key: this.#origin.idempotencyKey },
      type,
    });
  }

  /** A second Event object for the fact that one tells: the same in everything but its id. */
  emitAgain(event: EventRecord): void {
    this.#record(event);
  }

  #record(told: Omit<EventRecord, 'id' | 'pending_webhooks'>): void {
    const event: EventRecord = {
      ...told,
      id: this.id('evt'),
      pending_webhooks: this.rows('webhook_endpoints').filter((endpoint) =>
        listensTo(endpoint, told.type),
      ).length,
    };
    this.insert('events', event);
    this.#events.push(event);
  }

  /** Whose request this is; what Stripe does by itself counts as the business's. */
  get caller(): Caller {
    return this.#origin.caller ?? 'secret';
  }

  /** How many ids were given so far, in this transaction and before. */
  get sequence(): number {
    return this.#sequence;
  }

  /** The new state, and the events since the beginning in order. */
  finish(): { readonly state: StripeState; readonly events: readonly EventRecord[] } {
    return {
      state: {
        ...this.#base,
        sequence: this.#sequence,
        tables: isEmpty(this.#own) ? this.#tables() : { ...this.#tables(), ...this.#own },
        webhookSecrets: this.#webhookSecrets,
      },
      events: this.#events,
    };
  }

  /** A change of its own that begins with everything as it is now, and is to be thrown away. */
  copy(): Transaction {
    const origin = { requestId: null, idempotencyKey: null };
    return new Transaction(this.finish().state, this.now * 1000, origin);
  }

  #tables(): Tables {
    return this.#base.tables;
  }

  #ownRows<K extends TableName>(table: K): Rows[K][] {
    const own: Rows[K][] | undefined = this.#own[table];
    if (own !== undefined) return own;
    const base: readonly Rows[K][] = this.#tables()[table];
    const copy = [...base];
    const tables: { [T in K]?: Rows[T][] } = this.#own;
    tables[table] = copy;
    return copy;
  }
}

/** Whether an endpoint wants events of this type. */
export function listensTo(
  endpoint: { readonly enabled_events: readonly string[]; readonly status: string },
  type: string,
): boolean {
  if (endpoint.status !== 'enabled') return false;
  return endpoint.enabled_events.some((wanted) => wanted === '*' || wanted === type);
}

/**
 * Where a row with this id stands, or would stand. Rows are in order of their ids, save for those
 * whose id the caller chose (a product, a plan): they are looked for one by one.
 */
export function positionOf(rows: readonly { readonly id: string }[], id: string): number {
  const position = sortedPositionOf(rows, id);
  if (rows[position]?.id === id) return position;
  const chosen = rows.findLastIndex((row) => row.id === id);
  return chosen === -1 ? position : chosen;
}

function sortedPositionOf(rows: readonly { readonly id: string }[], id: string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && row.id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isEmpty = (own: object) => Object.keys(own).length === 0;

/** Stripe's words in "No such ...". */
const nounOf: Readonly<Record<TableName, string>> = {
  customers: 'customer',
  payment_methods: 'PaymentMethod',
  cards: 'card',
  sources: 'source',
  source_cards: 'card',
  bank_accounts: 'bank account',
  tokens: 'token',
  setup_intents: 'setupintent',
  setup_attempts: 'setupattempt',
  mandates: 'mandate',
  refunds: 'refund',
  disputes: 'dispute',
  early_fraud_warnings: 'early fraud warning',
  balance_transactions: 'balance transaction',
  payment_work: 'work',
  products: 'product',
  prices: 'price',
  subscriptions: 'subscription',
  invoices: 'invoice',
  invoiceitems: 'Invoice Item',
  reminders: 'reminder',
  invoice_payments: 'invoice_payment',
  payment_intents: 'payment_intent',
  charges: 'charge',
  events: 'event',
  webhook_endpoints: 'webhook endpoint',
  tax_ids: 'tax ID',
  payment_method_domains: 'payment method domain',
  test_clocks: 'test clock',
};
