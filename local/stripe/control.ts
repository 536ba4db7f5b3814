import type { Cancel } from '../clock.ts';
import type { Account } from './account.ts';
import type { Deliveries, Delivery } from './deliveries.ts';
import {
  acknowledgeEvent,
  readOutcomes,
  renewNow,
  setCardOutcomes,
} from './engine/local-operations.ts';
import type { CardOutcome } from './engine/payments/declines.ts';
import type { Params } from './engine/protocol/parameters.ts';
import type { ChargeRecord, EventRecord, InvoiceRecord } from './engine/records.ts';
import type { StripeState } from './engine/state.ts';
import type { FaultKind, Faults } from './faults.ts';

/** One request as it came in and what became of it. */
export interface LoggedRequest {
  /** Epoch milliseconds, UTC, of the movable clock. */
  readonly at: number;
  readonly requestId: string | null;
  readonly method: string;
  readonly path: string;
  readonly params: Params;
  readonly idempotencyKey: string | null;
  /** What was answered; null where the connection was cut instead. */
  readonly status: number | null;
  /** The request whose answer was given again. */
  readonly replayOf: string | null;
  /** The fault that was asked for and met. */
  readonly fault: FaultKind | null;
}

/**
 * What a test or a person can do to the local Stripe and see of it, beyond Stripe's API. The
 * same stands under `/_local/` over HTTP.
 */
export interface LocalStripeControl {
  /**
   * Tells a saved card what its charges come to: one outcome per attempt, the last one for ever.
   *
   * @throws RangeError for an unknown card or no outcome.
   */
  setCardOutcomes(paymentMethod: string, outcomes: readonly CardOutcome[]): void;
  /**
   * Renews a subscription at this moment: its `subscription_cycle` invoice is made, finalised
   * and charged at once, and the next cycle begins now. The clock stays where it is.
   *
   * @throws RangeError when there is no such subscription or it does not renew.
   */
  renewNow(subscription: string): InvoiceRecord;
  /** Webhook deliveries: hold, release in any order, repeat, lose. */
  readonly deliveries: Pick<Deliveries, 'hold' | 'release' | 'deliverAgain' | 'drop' | 'list'>;
  /** Requests that go wrong on purpose. */
  readonly faults: Faults;
  /** Every charge ever tried, oldest first: the ledger that judges read. */
  charges(): readonly ChargeRecord[];
  /** Every event, oldest first. */
  events(): readonly EventRecord[];
  /** Every API request since the start, oldest first. */
  requests(): readonly LoggedRequest[];
  /** The whole account as plain data. */
  state(): StripeState;
  /** Calls `listener` with each event as it happens. */
  onEvent(listener: (event: EventRecord) => void): Cancel;
  /** Calls `listener` whenever a delivery changes: sent, taken, failed, held, dropped. */
  onDelivery(listener: (delivery: Delivery) => void): Cancel;
}

/** A set of listeners. */
export interface Feed<T> {
  add(listener: (item: T) => void): Cancel;
  tell(item: T): void;
}

export function createFeed<T>(): Feed<T> {
  const listeners = new Set<(item: T) => void>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(item) {
      for (const listener of listeners) listener(item);
    },
  };
}

export function createControl(parts: {
  readonly account: Account;
  readonly deliveries: Deliveries;
  readonly faults: Faults;
  readonly requests: readonly LoggedRequest[];
  readonly events: Feed<EventRecord>;
  readonly deliveryFeed: Feed<Delivery>;
}): LocalStripeControl {
  const { account, deliveries, faults, requests, events, deliveryFeed } = parts;
  return {
    deliveries,
    faults,
    charges: () => account.state.tables.charges,
    events: () => account.state.tables.events,
    requests: () => [...requests],
    state: () => account.state,
    onEvent: (listener) => events.add(listener),
    onDelivery: (listener) => deliveryFeed.add(listener),
    setCardOutcomes(paymentMethod, outcomes) {
      const read = readOutcomes(outcomes);
      account.change((state) => ({
        state: setCardOutcomes(state, paymentMethod, read),
        events: [],
      }));
    },
    renewNow(subscription) {
      account.change((state, now) => renewNow(state, subscription, now));
      const { subscriptions, invoices } = account.state.tables;
      const renewed = subscriptions.find(({ id }) => id === subscription);
      const invoice = invoices.find(({ id }) => id === renewed?.latest_invoice);
      if (invoice === undefined) throw new Error(`${subscription} renewed without an invoice.`);
      return invoice;
    },
  };
}

/** Notes in the account that an endpoint took an event. */
export function acknowledge(account: Account, event: string): void {
  account.change((state) => ({ state: acknowledgeEvent(state, event), events: [] }));
}
