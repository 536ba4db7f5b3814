import { type Handled, handle, type StripeRequest } from '../../../local/stripe/engine/handle.ts';
import type { Changed } from '../../../local/stripe/engine/local-operations/changed.ts';
import { acknowledgeEvent } from '../../../local/stripe/engine/local-operations/events.ts';
import type { EventRecord, Tables } from '../../../local/stripe/engine/records.ts';
import { emptyAccount, type StripeState } from '../../../local/stripe/engine/state.ts';
import { nextDueTime, tick } from '../../../local/stripe/engine/tick.ts';
import type { StripeCall } from '../evidence.ts';
import type { Agenda, Cancel } from './agenda.ts';
import type { Chronicle } from './chronicle.ts';
import type { Plan } from './plan.ts';

/** The one Stripe account, run by the engine of `local/stripe` on the simulated clock. */
export class SimulatedStripe {
  readonly #agenda: Agenda;
  readonly #chronicle: Chronicle;
  readonly #listeners: ((events: readonly EventRecord[]) => void)[] = [];
  #state: StripeState;
  #planned: Cancel = () => undefined;

  constructor(plan: Plan, agenda: Agenda, chronicle: Chronicle) {
    const hostedUrl = 'http://127.0.0.1:12111';
    this.#state = emptyAccount(plan.seed.toString(36), { ...plan.stripe, hostedUrl });
    this.#agenda = agenda;
    this.#chronicle = chronicle;
  }

  get tables(): Tables {
    return this.#state.tables;
  }

  onEvents(listener: (events: readonly EventRecord[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Carries a request out, after everything that is due by now. */
  request(by: StripeCall['by'], request: StripeRequest): Handled {
    this.#runDue();
    const before = this.#state;
    const caller = by === 'page' ? 'publishable' : 'secret';
    const handled = handle(before, { ...request, caller }, this.#agenda.now);
    this.#adopt(handled.state);
    const { method, path, params, idempotencyKey } = request;
    this.#chronicle.tell({
      kind: 'stripe_call',
      call: {
        by,
        at: this.#agenda.now,
        method,
        path,
        params,
        idempotencyKey,
        status: handled.answer.status,
        isReplay: handled.replayOf !== undefined,
        charges: this.#chargesSince(before),
      },
    });
    this.#tellEvents(handled.events);
    return handled;
  }

  /** What no API does: at a bank, at a network, in the dashboard. */
  change(what: string, operation: (state: StripeState, now: number) => Changed): void {
    this.#runDue();
    const before = this.#state;
    const { state, events } = operation(before, this.#agenda.now);
    this.#adopt(state);
    const charges = this.#chargesSince(before);
    if (charges.length > 0) this.#chronicle.tell({ kind: 'stripe_passed_time', charges });
    this.#chronicle.tell({ kind: 'outside', what });
    this.#tellEvents(events);
  }

  /** The endpoint has taken an event: Stripe counts it as delivered. */
  noteDelivered(event: string): void {
    this.#state = acknowledgeEvent(this.#state, event);
  }

  #runDue(): void {
    const before = this.#state;
    const { state, events } = tick(before, this.#agenda.now);
    if (state === before) return;
    this.#adopt(state);
    this.#chronicle.tell({ kind: 'stripe_passed_time', charges: this.#chargesSince(before) });
    this.#tellEvents(events);
  }

  /** The next state, and a time at which Stripe goes on by itself. */
  #adopt(state: StripeState): void {
    const isChanged = state.tables !== this.#state.tables;
    this.#state = state;
    if (!isChanged) return;
    this.#planned();
    const due = nextDueTime(state);
    if (due !== undefined) this.#planned = this.#agenda.at(due, () => this.#runDue());
  }

  /** Ids of the charges that are there now and were not before. */
  #chargesSince(before: StripeState): readonly string[] {
    return this.tables.charges.slice(before.tables.charges.length).map(({ id }) => id);
  }

  #tellEvents(events: readonly EventRecord[]): void {
    if (events.length > 0) for (const listener of this.#listeners) listener(events);
  }
}
