import { createHmac } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { Cancel, MovableClock } from '../clock.ts';
import type { EventRecord, WebhookEndpointRecord } from './engine/records.ts';
import { listensTo } from './engine/transaction.ts';

/** One try to hand an event to an endpoint. */
export interface DeliveryAttempt {
  /** Epoch milliseconds, UTC. */
  readonly at: number;
  /** The endpoint's HTTP status; null when no answer came. */
  readonly status: number | null;
  /** What went wrong; null when the endpoint took the event. */
  readonly error: string | null;
}

/** An event on its way to one endpoint. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly type: string;
  readonly endpoint: string;
  readonly url: string;
  readonly status: 'held' | 'in_flight' | 'waiting' | 'delivered' | 'dropped' | 'given_up';
  readonly attempts: readonly DeliveryAttempt[];
  /** When the next try is due, epoch milliseconds, while `waiting`. */
  readonly nextAttemptAt: number | null;
}

/**
 * Seconds between tries. Stripe redelivers for up to three days with growing gaps
 * (docs.stripe.com/webhooks#automatic-retries) and does not publish them; these add up to it.
 */
const redeliverySeconds = [60, 300, 1800, 7200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200];

/** Stripe waits about this long for an answer. */
const answerWithinMs = 10_000;

/** What deliveries need to know of the account. */
export interface DeliverySource {
  readonly clock: MovableClock;
  endpoints(): readonly WebhookEndpointRecord[];
  secretOf(endpoint: string): string;
  event(id: string): EventRecord | undefined;
  /** An endpoint has taken the event. */
  acknowledged(event: string): void;
  /** Something about a delivery changed. */
  changed(delivery: Delivery): void;
}

export class Deliveries {
  readonly #source: DeliverySource;
  readonly #all = new Map<string, Delivery>();
  readonly #timers = new Map<string, Cancel>();
  readonly #inFlight = new Set<string>();
  readonly #signal = new EventEmitter();
  readonly #stopping = new AbortController();
  #holding = false;

  constructor(source: DeliverySource, saved: readonly Delivery[] = []) {
    this.#source = source;
    for (const delivery of saved) {
      this.#all.set(delivery.id, delivery);
      if (delivery.status === 'held') this.#holding = true;
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
      const isHeld = this.#holding;
      for (const delivery of this.#newDeliveries(event, isHeld ? 'held' : 'in_flight')) {
        if (!isHeld) this.#sendInBackground(delivery);
      }
    }
  }

  /** From now on new events wait until a test releases them. */
  hold(): void {
    this.#holding = true;
  }

  /**
   * Sends held deliveries one after the other, each when the one before was answered: those of
   * the given events in the given order, or all (which ends the holding).
   *
   * @throws RangeError when an event has nothing held.
   */
  async release(which: readonly string[] | 'all'): Promise<void> {
    const held = () => this.list().filter(({ status }) => status === 'held');
    if (which === 'all') {
      this.#holding = false;
      for (const delivery of held()) await this.#send(delivery);
      return;
    }
    for (const event of which) {
      const deliveries = held().filter((delivery) => delivery.event === event);
      if (deliveries.length === 0) throw new RangeError(`No held delivery of the event ${event}.`);
      for (const delivery of deliveries) await this.#send(delivery);
    }
  }

  /** Delivers an event once more, to every endpoint that wants its type. */
  async deliverAgain(eventId: string): Promise<void> {
    const event = this.#source.event(eventId);
    if (event === undefined) throw new RangeError(`There is no event ${eventId}.`);
    for (const delivery of this.#newDeliveries(event, 'in_flight')) await this.#send(delivery);
  }

  /** Loses an event: what was not yet taken is never sent. */
  drop(eventId: string): void {
    for (const delivery of this.#all.values()) {
      const isOpen = delivery.status === 'held' || delivery.status === 'waiting';
      if (delivery.event !== eventId || !isOpen) continue;
      this.#cancelTimer(delivery.id);
      this.#update(delivery, { status: 'dropped', nextAttemptAt: null });
    }
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
    this.#inFlight.add(delivery.id);
    const sent = this.#update(delivery, { status: 'in_flight', nextAttemptAt: null });
    const attempt = await this.#attempt(sent, event);
    this.#record(sent, attempt);
    this.#inFlight.delete(delivery.id);
    this.#signal.emit('settled');
  }

  async #attempt(delivery: Delivery, event: EventRecord): Promise<DeliveryAttempt> {
    const { clock } = this.#source;
    const at = clock.now();
    const payload = JSON.stringify(event, null, 2);
    try {
      const response = await fetch(delivery.url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': signatureOf(payload, this.#source.secretOf(delivery.endpoint), at),
          'user-agent': 'Stripe/1.0 (+https://docs.stripe.com/webhooks)',
        },
        body: payload,
        signal: AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(answerWithinMs)]),
      });
      const body = await response.text();
      const error = response.ok ? null : `HTTP ${response.status}: ${body.slice(0, 200)}`;
      return { at, status: response.status, error };
    } catch (error) {
      return { at, status: null, error: messageOf(error) };
    }
  }

  #record(delivery: Delivery, attempt: DeliveryAttempt): void {
    const attempts = [...delivery.attempts, attempt];
    if (attempt.error === null) {
      this.#update(delivery, { attempts, status: 'delivered' });
      this.#source.acknowledged(delivery.event);
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

/** `Stripe-Signature` as docs.stripe.com/webhooks/signature describes it; `at` in epoch ms. */
export function signatureOf(payload: string, secret: string, at: number): string {
  const timestamp = Math.floor(at / 1000);
  const digest = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex');
  return `t=${timestamp},v1=${digest}`;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
