import type { Cancel, MovableClock } from '../../clock.ts';
import type { Account } from '../account.ts';
import type { FaultKind, Faults } from '../api/faults.ts';
import {
  expireCard,
  type NetworkUpdate,
  readOutcomes,
  setCardOutcomes,
  setMerchantAdvice,
  updateCardByNetwork,
} from '../engine/local-operations/cards.ts';
import { acknowledgeEvent } from '../engine/local-operations/events.ts';
import {
  type DisputeKind,
  type DisputeReason,
  deactivateMandate,
  decideDisputeNow,
  type FraudType,
  finishAuthenticationNow,
  openDisputeNow,
  returnDebitNow,
  settleDebitNow,
  warnOfFraudNow,
} from '../engine/local-operations/payments.ts';
import { renewNow } from '../engine/local-operations/subscriptions.ts';
import { Refusal } from '../engine/protocol/answer.ts';
import type { Params } from '../engine/protocol/parameters.ts';
import type { CardOutcome } from '../engine/published/declines.ts';
import type { ChargeRecord, EventRecord, InvoiceRecord } from '../engine/records.ts';
import type { StripeState } from '../engine/state.ts';
import { nextDueTime } from '../engine/tick.ts';
import type { Feed } from '../feed.ts';
import { moveClockTo } from '../move-clock.ts';
import type { Deliveries, Delivery } from '../webhooks/deliveries.ts';

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
   * Which merchant advice code Mastercard's network adds to each decline of the card, in place of
   * the one that goes with its decline code; `null` takes it back.
   *
   * @throws RangeError for an unknown card.
   */
  setMerchantAdvice(paymentMethod: string, merchantAdvice: string | null): void;
  /**
   * Renews a subscription at this moment: its `subscription_cycle` invoice is made, finalised
   * and charged at once, and the next cycle begins now. The clock stays where it is.
   *
   * @throws RangeError when there is no such subscription or it does not renew.
   */
  renewNow(subscription: string): InvoiceRecord;
  /**
   * Lets a saved card expire: its last month is the one before the clock's.
   *
   * @throws RangeError when there is no such card.
   */
  expireCard(paymentMethod: string): void;
  /**
   * Lets the card's network replace it, a new expiry or a new number, as Stripe tells with
   * `payment_method.automatically_updated`. Declines that the old data caused end with it.
   *
   * @throws RangeError when there is no such card.
   */
  updateCardByNetwork(paymentMethod: string, update: NetworkUpdate): void;
  /**
   * The bank pays a debit that is under way, at once.
   *
   * @throws RangeError when the charge is no debit under way.
   */
  settleDebit(charge: string): void;
  /**
   * A bank debit comes back with a code of its network (`R01`, `AM04`): one under way fails, one
   * that had settled is disputed and lost.
   *
   * @throws RangeError for another code, or a charge that cannot come back.
   */
  returnDebit(charge: string, code: string): void;
  /**
   * The cardholder's bank disputes a charge: a chargeback takes the money at once, an inquiry
   * only asks.
   *
   * @throws RangeError when the charge cannot be disputed.
   */
  openDispute(charge: string, reason: DisputeReason, kind?: DisputeKind): void;
  /**
   * The bank decides a dispute for the business, or against it.
   *
   * @throws RangeError when there is none that is not over.
   */
  decideDispute(dispute: string, isWon: boolean): void;
  /**
   * The card's issuer warns that a charge is fraudulent (`radar.early_fraud_warning.created`).
   *
   * @throws RangeError when the charge took no money.
   */
  warnOfFraud(charge: string, fraudType: FraudType): void;
  /**
   * The account holder withdraws a mandate (`mandate.updated`).
   *
   * @throws RangeError when there is no such mandate, or it is inactive already.
   */
  deactivateMandate(mandate: string): void;
  /**
   * The cardholder answers the bank's question (3-D Secure) of a PaymentIntent or SetupIntent.
   *
   * @throws RangeError when it asks none.
   */
  finishAuthentication(intent: string, succeeds: boolean): void;
  /** When something is next due, in epoch milliseconds UTC: by Stripe itself, or a delivery. */
  nextDue(): number | undefined;
  /**
   * Moves the clock to what is next due, and does it.
   *
   * @throws RangeError when nothing is.
   */
  moveToNextDue(): void;
  /** Webhook deliveries: hold, release in any order, repeat, delay, lose, tell twice. */
  readonly deliveries: Pick<
    Deliveries,
    | 'hold'
    | 'isHolding'
    | 'release'
    | 'deliverAgain'
    | 'makeSecond'
    | 'delay'
    | 'drop'
    | 'list'
    | 'troubles'
  >;
  /** Requests that go wrong on purpose. */
  readonly faults: Faults;
  /** Every charge ever tried, oldest first: the ledger that judges read. */
  charges(): readonly ChargeRecord[];
  /** Every event, oldest first. */
  events(): readonly EventRecord[];
  /** The API requests since the start, oldest first: the newest {@link mostRequests}. */
  requests(): readonly LoggedRequest[];
  /** The whole account as plain data. */
  state(): StripeState;
  /** Calls `listener` with each event as it happens. */
  onEvent(listener: (event: EventRecord) => void): Cancel;
  /** Calls `listener` whenever a delivery changes: sent, taken, failed, held, dropped. */
  onDelivery(listener: (delivery: Delivery) => void): Cancel;
}

/**
 * How many requests are remembered: more than a test looks back at, and no more, so that a
 * local Stripe may run for months.
 */
export const mostRequests = 50_000;

export function createControl(parts: {
  readonly account: Account;
  readonly clock: MovableClock;
  readonly deliveries: Deliveries;
  readonly faults: Faults;
  readonly requests: readonly LoggedRequest[];
  readonly events: Feed<EventRecord>;
  readonly deliveryFeed: Feed<Delivery>;
}): LocalStripeControl {
  const { account, clock, deliveries, faults, requests, events, deliveryFeed } = parts;
  const nextDue = () => earliest([nextDueTime(account.state), ...deliveries.dueTimes()]);
  return {
    nextDue,
    moveToNextDue() {
      const due = nextDue();
      if (due === undefined) throw new RangeError('Nothing is due: the clock may stay.');
      moveClockTo(clock, due);
      account.runDue();
    },
    expireCard(method) {
      account.change((state, now) => expireCard(state, method, now));
    },
    updateCardByNetwork(method, update) {
      account.change((state, now) => updateCardByNetwork(state, method, update, now));
    },
    ...paymentControl(account),
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
    setMerchantAdvice(paymentMethod, merchantAdvice) {
      account.change((state) => ({
        state: setMerchantAdvice(state, paymentMethod, merchantAdvice),
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

/** What banks, issuers and customers do. */
function paymentControl({ change }: Account) {
  return {
    settleDebit(charge: string) {
      change((state, now) => settleDebitNow(state, charge, now));
    },
    returnDebit(charge: string, code: string) {
      change((state, now) => returnDebitNow(state, charge, code, now));
    },
    openDispute(charge: string, reason: DisputeReason, kind?: DisputeKind) {
      change((state, now) => openDisputeNow(state, charge, reason, now, kind));
    },
    decideDispute(dispute: string, isWon: boolean) {
      change((state, now) => decideDispute(state, dispute, isWon, now));
    },
    warnOfFraud(charge: string, fraudType: FraudType) {
      change((state, now) => warnOfFraudNow(state, charge, fraudType, now));
    },
    deactivateMandate(mandate: string) {
      change((state, now) => deactivateMandate(state, mandate, now));
    },
    finishAuthentication(intent: string, succeeds: boolean) {
      change((state, now) => finishAuthenticationNow(state, intent, succeeds, now));
    },
  };
}

/** A dispute that is over is refused as Stripe refuses it; here that is a wish that cannot be. */
function decideDispute(...wish: Parameters<typeof decideDisputeNow>) {
  try {
    return decideDisputeNow(...wish);
  } catch (error) {
    if (error instanceof Refusal) throw new RangeError(error.message, { cause: error });
    throw error;
  }
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** Notes in the account that an endpoint took an event. */
export function acknowledge(account: Account, event: string): void {
  account.change((state) => ({ state: acknowledgeEvent(state, event), events: [] }));
}
