import type { Agenda } from './agenda.ts';
import type { Invoke } from './environments.ts';
import type { Faults } from './faults.ts';
import type { Rooms } from './rooms.ts';
import type { SimulatedStripe } from './simulated-stripe.ts';
import type { SimulatedTable } from './simulated-table.ts';

interface Parts {
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly table: SimulatedTable;
  readonly stripe: SimulatedStripe;
  readonly rooms: Rooms;
  readonly invoke: Invoke;
  /** Hours from one comparison to the next; more than one in most seeds, to save time. */
  readonly everyHours: number;
}

const hour = 3_600_000;

export interface Reconciliations {
  /** From now on every hour is kept until that time, epoch milliseconds. */
  keepEveryHour(until: number): void;
}

/**
 * The rule that starts the comparison with Stripe once an hour. An hour is left out before which
 * nothing happened at Stripe and nothing but the comparison itself wrote anything: it would
 * compare the same once more.
 */
export function startReconciliations(parts: Parts): Reconciliations {
  const { agenda, faults, table, stripe, invoke, rooms, everyHours } = parts;
  let isPlanned = false;
  let isKept = 0;
  const run = () =>
    invoke(
      'reconcile',
      (environment) => rooms.reconcile(environment),
      () => undefined,
    );

  const plan = (): void => {
    if (isPlanned) return;
    isPlanned = true;
    const every = agenda.now < isKept ? hour : everyHours * hour;
    agenda.at((Math.floor(agenda.now / every) + 1) * every, tick);
  };
  const tick = (): void => {
    isPlanned = false;
    if (agenda.now < isKept) plan();
    if (!faults.strikes('reconcile_missed')) run();
  };

  table.onWrite(({ pk }) => {
    if (pk !== 'RECONCILE') plan();
  });
  stripe.onEvents(plan);
  return {
    keepEveryHour(until) {
      isKept = until;
      isPlanned = false;
      plan();
    },
  };
}
