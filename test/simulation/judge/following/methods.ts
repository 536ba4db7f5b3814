import type { EventRecord, PaymentMethodRecord } from '../../../../local/stripe/engine/records.ts';
import { fieldsOf, listIn } from '../read.ts';
import type { Change } from './tables.ts';
import { followValues, type Values } from './values.ts';

/** A change of what a bank compares: number, expiry, account, address. */
interface DataChange {
  readonly at: number;
  /** The card network did it (card account updater), nobody else. */
  readonly byNetwork: boolean;
}

/** What is known of the payment methods, of those that were detached too. */
export interface Methods {
  row(method: string): PaymentMethodRecord | undefined;
  /** The fingerprints that it had at some moment from one to another, both included. */
  cardsBetween(method: string, from: number, to: number): readonly string[];
  /** The customer it is or last was attached to. */
  holderOf(method: string): string | undefined;
  /** When its data last changed before a moment; -1 where they never did. */
  lastChange(method: string, before: number): number;
  /**
   * Whether it had the same data at two moments. Two changes within moments may bring back what
   * was refused: nobody can see that there were any, and the refusal is still one of these data.
   */
  hadSameData(method: string, one: number, other: number): boolean;
  /** Whether the network updated a copy of this card between two moments. */
  wasUpdatedByNetwork(card: string, after: number, until: number): boolean;
  /** The brand of each card, as Stripe shows it. */
  readonly brands: Values<string>;
  /** Since when it is attached to nobody; undefined while it is. */
  detachedSince(method: string): number | undefined;
  /** Those that are or were the customer's. */
  ofCustomer(customer: string): readonly string[];
  /** The last digits that it has and had. */
  lastDigits(method: string): ReadonlySet<string>;
  /** Those of all methods that the customer has and had. */
  lastDigitsOfCustomer(customer: string): ReadonlySet<string>;
  follow(
    at: number,
    changes: readonly Change<PaymentMethodRecord>[],
    events: readonly EventRecord[],
  ): void;
}

/** What stands for the card or account, whichever PaymentMethod carries it. */
export function fingerprintOf(row: PaymentMethodRecord): string {
  if (row.type === 'card') return row.card.fingerprint;
  return row.type === 'us_bank_account'
    ? row.us_bank_account.fingerprint
    : row.sepa_debit.fingerprint;
}

export function lastDigitsOf(row: PaymentMethodRecord): string {
  if (row.type === 'card') return row.card.last4;
  return row.type === 'us_bank_account' ? row.us_bank_account.last4 : row.sepa_debit.last4;
}

const dataOf = (row: PaymentMethodRecord): string => {
  const expiry = row.type === 'card' ? `${row.card.exp_month}/${row.card.exp_year}` : '';
  // A bank that checks the address takes another one for other data.
  const address = JSON.stringify(fieldsOf(row.billing_details)?.address ?? null);
  return `${fingerprintOf(row)} ${lastDigitsOf(row)} ${expiry} ${address}`;
};

export function followMethods(): Methods {
  const rows = new Map<string, PaymentMethodRecord>();
  const holders = new Map<string, string>();
  const detached = new Map<string, number>();
  /** By method, and by customer. */
  const digits = new Map<string, Set<string>>();
  const dataChanges = new Map<string, DataChange[]>();
  const dataSince = new Map<string, { readonly at: number; readonly data: string }[]>();
  const updates = new Map<string, number[]>();
  const brands = followValues<string>();
  const cards = new Map<string, { readonly at: number; readonly card: string }[]>();

  const take = (at: number, row: PaymentMethodRecord, events: readonly EventRecord[]): void => {
    const before = rows.get(row.id);
    rows.set(row.id, row);
    if (row.customer === null) {
      if (before?.customer != null) detached.set(row.id, at);
    } else {
      holders.set(row.id, row.customer);
      detached.delete(row.id);
    }
    addTo(digits, row.id, lastDigitsOf(row));
    if (row.customer !== null) addTo(digits, row.customer, lastDigitsOf(row));
    const hadCards = listIn(cards, row.id);
    const card = fingerprintOf(row);
    if (row.type === 'card') brands.note(at, row.id, row.card.brand);
    if (hadCards.at(-1)?.card !== card) hadCards.push({ at, card });
    if (before !== undefined && dataOf(before) === dataOf(row)) return;
    listIn(dataSince, row.id).push({ at, data: dataOf(row) });
    if (before === undefined) return;
    const byNetwork = events.some(
      ({ type, data }) =>
        type === 'payment_method.automatically_updated' &&
        'id' in data.object &&
        data.object.id === row.id,
    );
    listIn(dataChanges, row.id).push({ at, byNetwork });
    if (byNetwork) listIn(updates, fingerprintOf(row)).push(at);
  };

  return {
    row: (method) => rows.get(method),
    brands,
    cardsBetween(method, from, to) {
      const all = cards.get(method) ?? [];
      const last = all.findLastIndex(({ at }) => at <= from);
      return all
        .slice(Math.max(0, last))
        .filter(({ at }) => at <= to)
        .map(({ card }) => card);
    },
    holderOf: (method) => holders.get(method),
    lastChange: (method, before) =>
      dataChanges.get(method)?.findLast((change) => change.at < before)?.at ?? -1,
    hadSameData(method, one, other) {
      const dataAt = (moment: number) =>
        dataSince.get(method)?.findLast(({ at }) => at <= moment)?.data;
      return dataAt(one) !== undefined && dataAt(one) === dataAt(other);
    },
    wasUpdatedByNetwork: (card, after, until) =>
      updates.get(card)?.some((at) => at > after && at <= until) ?? false,
    detachedSince: (method) => detached.get(method),
    ofCustomer: (customer) =>
      [...holders].filter(([, holder]) => holder === customer).map(([method]) => method),
    lastDigits: (method) => digits.get(method) ?? new Set(),
    lastDigitsOfCustomer: (customer) => digits.get(customer) ?? new Set(),
    follow(at, changes, events) {
      for (const { after } of changes) if (after !== undefined) take(at, after, events);
    },
  };
}

function addTo(sets: Map<string, Set<string>>, key: string, one: string): void {
  sets.set(key, (sets.get(key) ?? new Set<string>()).add(one));
}
