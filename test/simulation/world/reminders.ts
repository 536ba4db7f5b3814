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

const hour = 3_600_000;
/** No world lasts so long. */
const farAheadMs = 400 * 24 * hour;

/** The rule that looks at cards once an hour. An hour at which none is due is left out. */
export function startReminders(parts: Parts): void {
  const { agenda, faults, table, invoke, rooms } = parts;
  let planned: { readonly at: number; readonly cancel: Cancel } | undefined;
  const run = () =>
    invoke(
      'remind',
      (environment) => rooms.remind(environment),
      () => undefined,
    );

  const plan = (lookAt: number): void => {
    const at = Math.ceil(Math.max(lookAt, agenda.now + 1) / hour) * hour;
    if (at > agenda.now + farAheadMs || (planned !== undefined && planned.at <= at)) return;
    planned?.cancel();
    planned = { at, cancel: agenda.at(at, tick) };
  };

  const tick = (): void => {
    planned = undefined;
    const lookAt = table.next('remindAt');
    if (lookAt === undefined) return;
    plan(lookAt);
    if (lookAt > agenda.now || faults.strikes('remind_missed')) return;
    run();
    if (faults.strikes('remind_twice')) run();
  };

  table.onWrite(({ remindAt }) => {
    if (typeof remindAt === 'string') plan(Date.parse(remindAt));
  });
}
