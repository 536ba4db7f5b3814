import type { World } from '../world.ts';
import { anyCustomer, anyMethod, isDeleted } from './find.ts';
import type { Act } from './happen.ts';
import { giveBackup, retryByHand, switchCharging, withdrawConsent } from './staff.ts';

/** Mostly of a case that is still to be paid; now and then of any. */
function retry(world: World): boolean {
  const cases = world.table.items.filter(({ sk }) => sk.startsWith('V#CASE#'));
  const unpaid = cases.filter(({ state }) => state !== 'recovered' && state !== 'closed');
  const wanted = world.random.pickAny(world.random.chance(0.8) ? unpaid : cases);
  if (wanted === undefined) return false;
  retryByHand(world, String(wanted.customer), String(wanted.invoice));
  return true;
}

function changeSecondary(world: World): boolean {
  const known = anyCustomer(world);
  const method = anyMethod(world, known);
  if (method === undefined || isDeleted(world, known)) return false;
  giveBackup(world, known, method.id);
  return true;
}

function withdraw(world: World): boolean {
  const known = anyCustomer(world);
  const backup = known.backups.at(-1);
  if (backup === undefined || backup.consentUntil !== null) return false;
  withdrawConsent(world, known, backup.method);
  return true;
}

const minute = 60_000;

/** Somebody stops all charging, and allows it again when the reason is gone. */
function stopCharging(world: World): boolean {
  const { agenda, faults, random } = world;
  switchCharging(world, 'stopped');
  agenda.after(random.between(5, 720) * minute, () => {
    if (!faults.areStopped) switchCharging(world, 'allowed');
  });
  return true;
}

function allowCharging(world: World): boolean {
  switchCharging(world, 'allowed');
  return true;
}

function redrive(world: World): boolean {
  const moved = world.queues.moveDeadLettersBack();
  if (moved > 0) world.chronicle.note('operator', `moves ${moved} dead letters back`);
  return moved > 0;
}

export const peopleOfStaff = {
  staff_retries: retry,
  staff_changes_secondary: changeSecondary,
  consent_withdrawn: withdraw,
  charging_stopped: stopCharging,
  charging_allowed: allowCharging,
  dead_letters_moved_back: redrive,
} satisfies Record<string, Act>;
