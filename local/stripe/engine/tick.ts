import { dueInvoices } from './billing/due-invoices.ts';
import { dueReminders } from './billing/due-reminders.ts';
import { dueSubscriptions } from './billing/due-subscriptions.ts';
import { arrivalOf, dueTestClocks } from './billing/test-clocks.ts';
import { dueTaxIds } from './billing/verify-tax-id.ts';
import { type DueSource, type DueWork, earliestOf } from './due-work.ts';
import { duePayments } from './intents/due-payments.ts';
import type { EventRecord, TestClockRecord } from './records.ts';
import type { StripeState } from './state.ts';
import { nobody, Transaction } from './transaction.ts';

/** Everything that Stripe does by itself as time passes, one source for each kind of work. */
const sources: readonly DueSource[] = [
  duePayments,
  dueInvoices,
  dueSubscriptions,
  dueReminders,
  dueTaxIds,
  dueTestClocks,
];

/** When the clock next makes something due, in epoch milliseconds; undefined for never. */
export function nextDueTime(state: StripeState): number | undefined {
  const next = nextStep(state);
  return next === undefined ? undefined : next.dueAt * 1000;
}

/**
 * Does what the clock made due, each thing as of its own time and in that order, as if the
 * clock had passed through all of them.
 *
 * @param now epoch milliseconds, UTC.
 */
export function tick(
  state: StripeState,
  now: number,
): { readonly state: StripeState; readonly events: readonly EventRecord[] } {
  const events: EventRecord[] = [];
  let current = state;
  for (;;) {
    const next = nextStep(current);
    if (next === undefined || next.dueAt * 1000 > now) return { state: current, events };
    const { work, isSimulated } = next;
    const eventsAt = isSimulated ? now : work.at * 1000;
    const tx = new Transaction(current, work.at * 1000, nobody, eventsAt);
    work.carryOut(tx);
    const done = tx.finish();
    if (done.state.tables === current.tables) {
      throw new Error(`What was due at ${work.at} changed nothing: it would be due for ever.`);
    }
    current = done.state;
    events.push(...done.events);
  }
}

interface Step {
  /** Epoch seconds, UTC, of the ordinary clock. */
  readonly dueAt: number;
  readonly work: DueWork;
  /** Whether it happens on a test clock, whose time is `work.at`. */
  readonly isSimulated: boolean;
}

/** The next thing to do: at once while a test clock is on its way, otherwise when it is time. */
function nextStep(state: StripeState): Step | undefined {
  const moving = state.tables.test_clocks.find(({ status }) => status === 'advancing');
  if (moving !== undefined) {
    return { dueAt: moving.created, work: nextOnTheWay(state, moving), isSimulated: true };
  }
  const work = nextWork(state, null);
  return work && { dueAt: work.at, work, isSimulated: false };
}

/** What a moving test clock passes next, and in the end its arrival. */
function nextOnTheWay(state: StripeState, clock: TestClockRecord): DueWork {
  const arrival = arrivalOf(clock);
  const work = nextWork(state, clock.id);
  return work === undefined || work.at > arrival.at ? arrival : work;
}

function nextWork(state: StripeState, testClock: string | null): DueWork | undefined {
  return earliestOf(sources.map((source) => source(state.tables, testClock)));
}
