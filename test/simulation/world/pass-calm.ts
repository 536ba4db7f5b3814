import { switchCharging } from './outside/staff.ts';
import type { World } from './world.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** How long the calm lasts: longer than any schedule of retries and any debit takes. */
const calmDays = 30;
/** How often the operator looks at the dead letters. */
const looksEveryMs = 6 * hour;

/**
 * The faults stop and nothing happens outside any more but what Stripe does by itself. The
 * operator does what docs/runbook.md says: allows charging again and moves dead letters back.
 */
export async function passCalm(
  world: World,
  pass: (until: number) => Promise<void>,
): Promise<void> {
  const { agenda, chronicle, faults, queues, reconciliations } = world;
  faults.stop();
  reconciliations.keepEveryHour(agenda.now + 4 * hour);
  chronicle.note('calm', 'begins');
  const until = agenda.now + calmDays * day;
  while (agenda.now < until && chronicle.breaches.length === 0) {
    if (isStopped(world)) switchCharging(world, 'allowed');
    const moved = queues.moveDeadLettersBack();
    if (moved > 0) chronicle.note('operator', `moves ${moved} dead letters back`);
    await pass(Math.min(until, agenda.now + looksEveryMs));
  }
}

/** Somebody, or Backstop itself, has stopped all charges, perhaps a moment ago. */
const isStopped = ({ table }: World): boolean =>
  table.items.some(({ pk, sk, charging }) => {
    const isSwitch = pk === 'SWITCH' && sk === 'CHARGING';
    return isSwitch && charging !== 'allowed';
  });
