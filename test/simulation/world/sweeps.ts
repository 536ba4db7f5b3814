import type { Agenda, Cancel } from './agenda.ts';
import type { Invoke } from './environments.ts';
import type { Faults } from './faults.ts';
import type { Rooms } from './rooms.ts';
import type { SimulatedTable } from './simulated-table.ts';

interface Parts {
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly table: SimulatedTable;
  readonly rooms: Rooms;
  readonly invoke: Invoke;
}

const minute = 60_000;

/**
 * The rule that starts the sweep once a minute. A minute at which nothing is due is left out: that
 * sweep would find nothing and do nothing.
 */
export function startSweeps(parts: Parts): void {
  const { agenda, faults, table, invoke, rooms } = parts;
  let planned: { readonly at: number; readonly cancel: Cancel } | undefined;
  const run = () =>
    invoke(
      'sweep',
      (environment) => rooms.sweep(environment),
      () => undefined,
    );

  const plan = (dueAt: number, earliest: number): void => {
    const at = Math.ceil(Math.max(dueAt, earliest) / minute) * minute;
    if (planned !== undefined && planned.at <= at) return;
    planned?.cancel();
    planned = { at, cancel: agenda.at(at, tick) };
  };

  const tick = (): void => {
    planned = undefined;
    const due = table.next('dueAt');
    if (due === undefined) return;
    plan(due, agenda.now + 1);
    if (due > agenda.now || faults.strikes('sweep_missed')) return;
    run();
    if (faults.strikes('sweep_twice')) run();
  };

  table.onWrite(({ dueAt }) => {
    if (typeof dueAt === 'string') plan(Date.parse(dueAt), agenda.now + 1);
  });
}
