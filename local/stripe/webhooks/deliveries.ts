import { EventEmitter, once } from 'node:events';
import type { Cancel, MovableClock } from '../../clock.ts';
import { shuffled } from '../../seeded-random.ts';
import type { EventRecord, WebhookEndpointRecord } from '../engine/records.ts';
import { listensTo } from '../engine/transaction.ts';
import { type Delivery, type DeliveryAttempt, postSigned, redeliverySeconds } from './delivery.ts';
import { type WebhookTroubleKind, WebhookTroubles } from './webhook-troubles.ts';

export type { Delivery } from './delivery.ts';

/** How long an event that is to arrive late waits for a later one. */
const reorderedWithinMs = 60_000;

/** What deliveries need to know of the account. */
export interface DeliverySource {
  readonly clock: MovableClock;
  endpoints(): readonly WebhookEndpointRecord[];
  secretOf(endpoint: string): string;
  event(id: string): EventRecord | undefined;
  /** Makes a second Event object for the fact of this one; it comes back through `enqueue`. */
  makeSecond(event: string): void;
  /** One more endpoint has taken the event. */
  acknowledged(event: string): void;
  /** Something about a delivery changed. */
  changed(delivery: Delivery): void;
}

/** Which held deliveries are let go: all, some in an order, or all in an order of the seed's. */
export type Release = 'all' | readonly string[] | { readonly shuffledBy: string };

/**
 * The webhook deliveries of one account. Each is kept as long as its event, which is as long
 * as the account: a person and a test look back at them.
 */
export class Deliveries {
  /** What goes wrong with events on their way, on request. */
  readonly troubles = new WebhookTroubles();
  readonly #source: DeliverySource;
  readonly #all = new Map<string, Delivery>();
  readonly #timers = new Map<string, Cancel>();
  readonly #inFlight = new Set<string>();
  /** Deliveries that wait for a later one to the same endpoint, oldest first. */
  readonly #keptBack = new Set<string>();
  /** Events with the endpoints that have them, so that a second arrival counts for nothing. */
  readonly #taken = new Set<string>();
  readonly #signal = new EventEmitter();
  readonly #stopping = new AbortController();
  #holding = false;
  #isMakingSecond = false;

  constructor(source: DeliverySource, saved: readonly Delivery[] = []) {
    this.#source = source;
    for (const delivery of saved) {
      this.#all.set(delivery.id, delivery);
      if (delivery.status === 'held') this.#holding = true;
      if (delivery.status === 'delivered') this.#taken.add(nameOf(delivery));
      if (delivery.status === 'in_flight') this.#wait(delivery, source.clock.now());
      if (delivery.status === 'waiting') this.#wait(delivery, delivery.nextAttemptAt ?? 0);
    }
  }

  list(): readonly Delivery[] {
    return [...this.#all.values()];
  }

  /** Sends new events to every endpoint that wants them, or keeps them while holding. */
  enqueue(events: readonly EventRecord[]): void {
    for (const event of events) {
      if (this.#holding) this.#newDeliveries(event, 'held');
      else this.#sendOnItsWay(event);
    }
  }

  /** From now on new events wait until a test releases them. */
  hold(): void {
    this.#holding = true;
  }

  get isHolding(): boolean {
    return this.#holding;
  }

  /**
   * Sends held deliveries one after the other, each when the one before was answered: those of
   * the given events in the given order, or all (which ends the holding).
   *
   * @throws RangeError when an event has nothing held.
   */
  async release(which: Release): Promise<void> {
    const held = () => this.list().filter(({ status }) => status === 'held');
    if (which === 'all' || 'shuffledBy' in which) {
      this.#holding = false;
      const all = which === 'all' ? held() : shuffled(held(), which.shuffledBy);
      for (const delivery of all) await this.#send(delivery);
      return;
    }
    for (const event of which) {
      const deliveries = held().filter((delivery) => delivery.event === event);
      if (deliveries.length === 0) throw new RangeError(`No held delivery of the event ${event}.`);
      for (const delivery of deliveries) await this.#send(delivery);
    }
  }

  /**
   * Delivers an event once more, to every endpoint that wants its type.
   *
   * @throws RangeError when there is no such event, or nobody listens to it.
   */
  async deliverAgain(eventId: string): Promise<void> {
    const event = this.#event(eventId);
    const deliveries = this.#newDeliveries(event, 'in_flight');
    if (deliveries.length === 0) throw new RangeError(`No endpoint listens to ${event.type}.`);
    for (const delivery of deliveries) await this.#send(delivery);
  }

  /**
   * Makes a second Event object for the fact that this one tells, with an id of its own, and
   * sends it: Stripe does so now and then.
   */
  makeSecond(eventId: string): void {
    this.#event(eventId);
    this.#isMakingSecond = true;
    try {
      this.#source.makeSecond(eventId);
    } finally {
      this.#isMakingSecond = false;
    }
  }

  /**
   * Loses an event: what was not yet taken is never sent.
   *
   * @throws RangeError when nothing of it is still to be sent.
   */
  drop(eventId: string): void {
    for (const delivery of this.#openOf(eventId)) {
      this.#cancelTimer(delivery.id);
      this.#update(delivery, { status: 'dropped', nextAttemptAt: null });
    }
  }

  /**
   * Puts off what was not yet taken of an event.
   *
   * @param seconds by the movable clock.
   * @throws RangeError when nothing of it is still to be sent.
   */
  delay(eventId: string, seconds: number): void {
    for (const delivery of this.#openOf(eventId)) {
      this.#cancelTimer(delivery.id);
      this.#wait(delivery, this.#source.clock.now() + seconds * 1000);
    }
  }

  /** When the deliveries that wait are next tried, epoch milliseconds. */
  dueTimes(): readonly number[] {
    return this.list().flatMap(({ nextAttemptAt: at }) => (at === null ? [] : [at]));
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Resolves when nothing is on its way; what waits for a redelivery or is held stays. */
  async idle(): Promise<void> {
    while (this.#inFlight.size > 0) await once(this.#signal, 'settled');
  }

  async stop(): Promise<void> {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#stopping.abort(new Error('The local Stripe is stopping.'));
    await this.idle();
  }

  #event(id: string): EventRecord {
    const event = this.#source.event(id);
    if (event === undefined) throw new RangeError(`There is no event ${id}.`);
    return event;
  }

  #openOf(event: string): readonly Delivery[] {
    this.#event(event);
    const isOpen = (status: Delivery['status']) => status === 'held' || status === 'waiting';
    const open = this.list().filter((each) => each.event === event && isOpen(each.status));
    if (open.length === 0) throw new RangeError(`Nothing of the event ${event} waits.`);
    return open;
  }

  /** Sends a new event to whoever wants it, with the trouble that it meets. */
  #sendOnItsWay(event: EventRecord): void {
    const unless: WebhookTroubleKind | undefined = this.#isMakingSecond ? 'two_events' : undefined;
    const trouble = this.troubles.take(event.type, unless);
    switch (trouble?.kind) {
      case 'dropped':
        this.#newDeliveries(event, 'dropped');
        return;
      case 'delayed':
        this.#newWaiting(event, trouble.seconds * 1000);
        return;
      case 'reordered':
        for (const { id } of this.#newWaiting(event, reorderedWithinMs)) this.#keptBack.add(id);
        return;
      case 'duplicated':
        this.#sendNew(event);
        this.#sendNew(event);
        return;
      case 'two_events':
        this.#sendNew(event);
        this.makeSecond(event.id);
        return;
      default:
        this.#sendNew(event);
    }
  }

  #sendNew(event: EventRecord): void {
    for (const delivery of this.#newDeliveries(event, 'in_flight')) {
      this.#sendInBackground(delivery);
    }
  }

  #newWaiting(event: EventRecord, milliseconds: number): readonly Delivery[] {
    const waiting = this.#newDeliveries(event, 'waiting');
    const at = this.#source.clock.now() + milliseconds;
    for (const delivery of waiting) this.#wait(delivery, at);
    return waiting;
  }

  #newDeliveries(event: EventRecord, status: Delivery['status']): Delivery[] {
    const wanting = this.#source.endpoints().filter((each) => listensTo(each, event.type));
    return wanting.map(({ id: endpoint, url }) => {
      const delivery: Delivery = {
        id: `${event.id}/${this.#all.size + 1}`,
        event: event.id,
        type: event.type,
        endpoint,
        url,
        status,
        attempts: [],
        nextAttemptAt: null,
      };
      this.#all.set(delivery.id, delivery);
      return delivery;
    });
  }

  #sendInBackground(delivery: Delivery): void {
    this.#send(delivery).catch((error: unknown) => {
      // Sending turns every failure of the endpoint into an attempt; what is left is a defect.
      queueMicrotask(() => {
        throw error;
      });
    });
  }

  async #send(delivery: Delivery): Promise<void> {
    const event = this.#source.event(delivery.event);
    if (event === undefined || this.#stopping.signal.aborted) return;
    this.#keptBack.delete(delivery.id);
    const endpoint = this.#source.endpoints().find(({ id }) => id === delivery.endpoint);
    if (endpoint?.status !== 'enabled') {
      this.#update(delivery, { status: 'given_up', nextAttemptAt: null });
      return;
    }
    this.#inFlight.add(delivery.id);
    const { url } = endpoint;
    const sent = this.#update(delivery, { status: 'in_flight', nextAttemptAt: null, url });
    this.#record(sent, await this.#attempt(event, endpoint));
    this.#sendKeptBack(endpoint.id);
    this.#inFlight.delete(delivery.id);
    this.#signal.emit('settled');
  }

  /** An endpoint with a version of its own is told it; the object's shape is the pinned one. */
  #attempt(event: EventRecord, endpoint: WebhookEndpointRecord): Promise<DeliveryAttempt> {
    const api_version = endpoint.api_version ?? event.api_version;
    return postSigned(endpoint.url, JSON.stringify({ ...event, api_version }, null, 2), {
      secret: this.#source.secretOf(endpoint.id),
      at: this.#source.clock.now(),
      stop: this.#stopping.signal,
    });
  }

  /** A later event was tried: those that waited for it follow, the newest of them first. */
  #sendKeptBack(endpoint: string): void {
    for (const id of [...this.#keptBack].reverse()) {
      const delivery = this.#all.get(id);
      if (delivery?.endpoint !== endpoint) continue;
      this.#cancelTimer(id);
      this.#keptBack.delete(id);
      if (delivery.status === 'waiting') this.#sendInBackground(delivery);
    }
  }

  #record(delivery: Delivery, attempt: DeliveryAttempt): void {
    const attempts = [...delivery.attempts, attempt];
    if (attempt.error === null) {
      this.#update(delivery, { attempts, status: 'delivered' });
      const isFirst = !this.#taken.has(nameOf(delivery));
      this.#taken.add(nameOf(delivery));
      if (isFirst) this.#source.acknowledged(delivery.event);
      return;
    }
    const seconds = redeliverySeconds[attempts.length - 1];
    if (seconds === undefined) {
      this.#update(delivery, { attempts, status: 'given_up' });
      return;
    }
    this.#wait({ ...delivery, attempts }, this.#source.clock.now() + seconds * 1000);
  }

  #wait(delivery: Delivery, nextAttemptAt: number): void {
    const waiting = this.#update(delivery, { status: 'waiting', nextAttemptAt });
    if (this.#stopping.signal.aborted) return;
    const cancel = this.#source.clock.at(nextAttemptAt, () => {
      this.#timers.delete(delivery.id);
      this.#sendInBackground(waiting);
    });
    this.#timers.set(delivery.id, cancel);
  }

  #cancelTimer(id: string): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  #update(delivery: Delivery, change: Partial<Delivery>): Delivery {
    const after: Delivery = { ...delivery, ...change };
    this.#all.set(after.id, after);
    this.#source.changed(after);
    return after;
  }
}

const nameOf = ({ event, endpoint }: Delivery) => `${event} ${endpoint}`;
