import type {
  CustomerRecord,
  InvoiceRecord,
  SubscriptionRecord,
  Tables,
} from '../../../../local/stripe/engine/records.ts';
import { listIn } from '../read.ts';
import type { Moment } from '../rule.ts';
import { followMethods, type Methods } from './methods.ts';
import { primaryOf } from './primaries.ts';
import { type Change, changesOf } from './tables.ts';
import { followTries, type Tries } from './tries.ts';
import { followValues, type Values } from './values.ts';

/** Since when something is so; undefined while it is not. */
export type Since = ReadonlyMap<string, number>;

/** Stripe's ledger as it is now, with what the judge remembers of how it came to be so. */
export interface Ledger {
  readonly tries: Tries;
  readonly methods: Methods;
  /** What Stripe would charge for each invoice. */
  readonly primaries: Values<string | null>;
  /** What each customer's record says of where they live: `metadata.timezone`, country, state. */
  readonly homes: Values<string>;
  /** What each subscription's metadata say about the backup: `on`, `off`, or nothing. */
  readonly marks: Values<string>;
  /** What each subscription charges by itself. */
  readonly defaults: Values<string | null>;
  /** Whether each bank account may be debited; of cards nothing. */
  readonly mandates: Values<boolean>;
  /** Whether Stripe may collect each invoice by itself. */
  readonly collects: Values<boolean>;
  /** Disputes and early fraud warnings by their ids. */
  readonly claims: ReadonlyMap<string, Claim>;
  invoice(id: string): InvoiceRecord | undefined;
  /** As it was right before this happening. */
  invoiceBefore(id: string): InvoiceRecord | undefined;
  invoiceOfNumber(number: string): InvoiceRecord | undefined;
  customer(id: string): CustomerRecord | undefined;
  /** Customers by the names that stand at Stripe. */
  readonly names: ReadonlySet<string>;
  subscriptionOf(invoice: InvoiceRecord): SubscriptionRecord | undefined;
  customerOfSubscription(id: string): string | undefined;
  readonly deletedCustomers: ReadonlySet<string>;
  /** Subscriptions that are cancelled or whose collection is paused. */
  readonly stopped: Since;
  /** Subscriptions whose collection was paused at some time, and the last moment at which it was. */
  lastPaused(subscription: string): number;
  /** Invoices that were given up, which Stripe lets people pay all the same. */
  readonly uncollectible: Since;
  /** Invoices that Stripe collects by itself. */
  readonly collecting: Since;
  /** Customers of whom a subscription charges another method by itself since this happening. */
  readonly changedDefaults: readonly string[];
  /** Invoices that were changed by this happening. */
  readonly changedInvoices: readonly Change<InvoiceRecord>[];
  follow(moment: Moment): void;
}

/** Somebody wants money back that a charge took, or may. */
export interface Claim {
  readonly id: string;
  readonly charge: string;
  /** Of a dispute its reason; of a warning its type. */
  readonly reason: string;
  readonly at: number;
  /** Epoch milliseconds. */
  readonly time: number;
}

const watched = [
  'mandates',
  'disputes',
  'early_fraud_warnings',
  'customers',
  'subscriptions',
  'invoices',
  'payment_methods',
  'invoice_payments',
  'charges',
] as const;

const isStopped = (subscription: SubscriptionRecord): boolean =>
  subscription.status === 'canceled' ||
  subscription.status === 'incomplete_expired' ||
  subscription.pause_collection !== null;

const subscriptionIdOf = (invoice: InvoiceRecord): string | undefined =>
  invoice.parent?.subscription_details.subscription;

export function followLedger(): Ledger {
  const tries = followTries();
  const methods = followMethods();
  const primaries = followValues<string | null>();
  const homes = followValues<string>();
  const marks = followValues<string>();
  const defaults = followValues<string | null>();
  const mandates = followValues<boolean>();
  const collects = followValues<boolean>();
  const claims = new Map<string, Claim>();
  const invoices = new Map<string, InvoiceRecord>();
  const numbers = new Map<string, string>();
  const customers = new Map<string, CustomerRecord>();
  const names = new Set<string>();
  const deleted = new Set<string>();
  const subscriptions = new Map<string, SubscriptionRecord>();
  const invoicesOf = new Map<string, string[]>();
  const stopped = new Map<string, number>();
  const paused = new Map<string, number>();
  const uncollectible = new Map<string, number>();
  const collecting = new Map<string, number>();
  let tables: Tables | null = null;
  let changedInvoices: readonly Change<InvoiceRecord>[] = [];
  let changedDefaults: string[] = [];

  const notePrimary = (at: number, id: string): void => {
    const invoice = invoices.get(id);
    if (invoice === undefined) return;
    const subscription = subscriptions.get(subscriptionIdOf(invoice) ?? '');
    primaries.note(at, id, primaryOf(invoice, subscription, customers.get(invoice.customer)));
  };
  const notePrimaries = (at: number, owner: string): void => {
    for (const id of invoicesOf.get(owner) ?? []) notePrimary(at, id);
  };

  const takeCustomer = (at: number, { after }: Change<Tables['customers'][number]>): void => {
    if (after === undefined) return;
    if (after.deleted) {
      deleted.add(after.id);
      customers.delete(after.id);
    } else {
      customers.set(after.id, after);
      homes.note(at, after.id, homeOf(after));
      if (after.name) names.add(after.name);
    }
    notePrimaries(at, after.id);
  };
  const takeSubscription = (at: number, { before, after }: Change<SubscriptionRecord>): void => {
    if (after === undefined) return;
    subscriptions.set(after.id, after);
    marks.note(at, after.id, after.metadata?.backstop_fallback ?? '');
    if (defaults.latest(after.id) !== after.default_payment_method) {
      changedDefaults.push(after.customer);
    }
    defaults.note(at, after.id, after.default_payment_method);
    if (after.pause_collection !== null) paused.set(after.id, Number.POSITIVE_INFINITY);
    else if (before != null && before.pause_collection !== null) paused.set(after.id, at);
    if (!isStopped(after)) stopped.delete(after.id);
    else if (!stopped.has(after.id)) stopped.set(after.id, at);
    notePrimaries(at, after.id);
  };
  const takeInvoice = (at: number, { before, after }: Change<InvoiceRecord>): void => {
    if (after === undefined) {
      if (before !== undefined) invoices.delete(before.id);
      return;
    }
    invoices.set(after.id, after);
    if (after.number !== null) numbers.set(after.number, after.id);
    if (before === undefined) {
      listIn(invoicesOf, after.customer).push(after.id);
      const subscription = subscriptionIdOf(after);
      if (subscription !== undefined) listIn(invoicesOf, subscription).push(after.id);
    }
    if (after.status === 'uncollectible' && before?.status !== 'uncollectible') {
      uncollectible.set(after.id, at);
    }
    collects.note(at, after.id, after.auto_advance);
    if (!after.auto_advance) collecting.delete(after.id);
    else if (!collecting.has(after.id)) collecting.set(after.id, at);
    notePrimary(at, after.id);
  };

  const takeClaim = (
    at: number,
    time: number,
    { id, charge, reason }: Pick<Claim, 'id' | 'charge' | 'reason'>,
  ): void => {
    if (!claims.has(id)) claims.set(id, { id, charge, reason, at, time });
  };

  return {
    tries,
    methods,
    primaries,
    homes,
    marks,
    defaults,
    mandates,
    collects,
    claims,
    invoice: (id) => invoices.get(id),
    invoiceBefore: (id) => {
      const change = changedInvoices.find(({ before, after }) => (after ?? before)?.id === id);
      return change === undefined ? invoices.get(id) : change.before;
    },
    invoiceOfNumber: (number) => invoices.get(numbers.get(number) ?? ''),
    customer: (id) => customers.get(id),
    names,
    subscriptionOf: (invoice) => subscriptions.get(subscriptionIdOf(invoice) ?? ''),
    customerOfSubscription: (id) => subscriptions.get(id)?.customer,
    deletedCustomers: deleted,
    stopped,
    lastPaused: (subscription) => paused.get(subscription) ?? -1,
    uncollectible,
    collecting,
    get changedDefaults() {
      return changedDefaults;
    },
    get changedInvoices() {
      return changedInvoices;
    },
    follow({ at, happening, evidence }) {
      const { ledger, now } = evidence;
      const before = tables;
      tables = ledger;
      if (changedDefaults.length > 0) changedDefaults = [];
      if (before === ledger || (before !== null && watched.every((n) => before[n] === ledger[n]))) {
        if (changedInvoices.length > 0) changedInvoices = [];
        tries.follow({ at, happening, now }, [], []);
        return;
      }
      const of = <Name extends keyof Tables>(name: Name): Tables[Name] | [] =>
        before === null ? [] : before[name];
      // What stood before the first happening is nobody's doing.
      const since = before === null ? 0 : at;
      for (const change of changesOf(of('customers'), ledger.customers)) {
        takeCustomer(since, change);
      }
      for (const change of changesOf(of('subscriptions'), ledger.subscriptions)) {
        takeSubscription(since, change);
      }
      changedInvoices = changesOf(of('invoices'), ledger.invoices);
      for (const change of changedInvoices) takeInvoice(since, change);
      for (const { after } of changesOf(of('mandates'), ledger.mandates)) {
        if (after === undefined) continue;
        const { payment_method: method } = after;
        const isActive = ledger.mandates.some(
          (each) => each.payment_method === method && each.status !== 'inactive',
        );
        mandates.note(since, method, isActive);
      }
      for (const { after } of changesOf(of('disputes'), ledger.disputes)) {
        if (after !== undefined) takeClaim(since, now, { ...after, reason: after.reason });
      }
      for (const { after } of changesOf(of('early_fraud_warnings'), ledger.early_fraud_warnings)) {
        if (after !== undefined) takeClaim(since, now, { ...after, reason: after.fraud_type });
      }
      const told = ledger.events.slice(of('events').length);
      methods.follow(since, changesOf(of('payment_methods'), ledger.payment_methods), told);
      tries.follow(
        { at, happening, now },
        changesOf(of('invoice_payments'), ledger.invoice_payments),
        changesOf(of('charges'), ledger.charges),
      );
    },
  };
}

/** All that tells where a customer's day is, as one word. */
const homeOf = ({ metadata, address, shipping }: CustomerRecord): string => {
  const place = address?.country ? address : shipping?.address;
  return JSON.stringify([metadata?.timezone ?? null, place?.country ?? null, place?.state ?? null]);
};
