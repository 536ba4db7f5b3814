import type { Cancel, MovableClock } from '../clock.ts';
import { type Handled, handle, type StripeRequest } from './engine/handle.ts';
import type { Changed } from './engine/local-operations/changed.ts';
import type { EventRecord } from './engine/records.ts';
import type { StripeState } from './engine/state.ts';
import { nextDueTime, tick } from './engine/tick.ts';

/** The one holder of the state: runs the engine against the clock and tells what happened. */
export interface Account {
  readonly state: StripeState;
  /** Does what the clock made due, then the request. */
  handle(request: StripeRequest): Handled;
  /** Applies a change that Stripe has no endpoint for. */
  change(operation: (state: StripeState, now: number) => Changed): readonly EventRecord[];
  /** Does what the clock made due; true when there was something. */
  runDue(): boolean;
  stop(): void;
}

export function openAccount(options: {
  readonly clock: MovableClock;
  readonly state: StripeState;
  /** Called after each change with the events it made. */
  readonly onChange: (events: readonly EventRecord[]) => void;
}): Account {
  const { clock, onChange } = options;
  let { state } = options;
  let disarm: Cancel | undefined;
  let isStopped = false;

  const arm = () => {
    disarm?.();
    if (isStopped) return;
    const due = nextDueTime(state);
    disarm = due === undefined ? undefined : clock.at(due, runDue);
  };

  const adopt = (changed: Changed) => {
    if (changed.state === state) return;
    const isRead = hasSameContent(state, changed.state);
    state = changed.state;
    if (isRead) return;
    arm();
    onChange(changed.events);
  };

  const runDue = () => {
    const before = state;
    adopt(tick(state, clock.now()));
    return state !== before;
  };

  arm();
  return {
    get state() {
      return state;
    },
    runDue,
    handle(request) {
      runDue();
      const handled = handle(state, request, clock.now());
      adopt(handled);
      return handled;
    },
    change(operation) {
      runDue();
      const changed = operation(state, clock.now());
      adopt(changed);
      return changed.events;
    },
    stop() {
      isStopped = true;
      disarm?.();
    },
  };
}

/** A read only counts a request; there is nothing to save and nothing new to wait for. */
function hasSameContent(a: StripeState, b: StripeState): boolean {
  return (
    a.tables === b.tables &&
    a.webhookSecrets === b.webhookSecrets &&
    a.storedAnswers === b.storedAnswers
  );
}
