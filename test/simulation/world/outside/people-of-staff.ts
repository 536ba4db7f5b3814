import { personOf } from '../../../../functions/runtime/hash.ts';
import type { World } from '../world.ts';
import { askAsStaff } from './asking.ts';
import { idOf, post } from './business.ts';
import { anyCustomer, anyMethod, isDeleted } from './find.ts';
import type { Act } from './happen.ts';
import { membersOf } from './people.ts';
import { giveBackup, switchCharging, withdrawConsent } from './staff.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Mostly a case that is still to be paid; now and then any. */
function anyCase({ table, random }: World) {
  const cases = table.items.filter(({ sk }) => sk.startsWith('V#CASE#'));
  const unpaid = cases.filter(({ state }) => state !== 'recovered' && state !== 'closed');
  return random.pickAny(random.chance(0.8) ? unpaid : cases);
}

type ByHand = 'retry' | 'hold' | 'release' | 'hand-back' | 'close';

/** Somebody does something with a case by hand. */
const byHand =
  (action: ByHand, body?: (world: World) => object): Act =>
  (world) => {
    const found = anyCase(world);
    if (found === undefined) return false;
    const path = { customer: String(found.customer), invoice: String(found.invoice) };
    void askAsStaff(world)(`POST /staff/customers/{customer}/cases/{invoice}/${action}`, {
      path,
      ...(body && { body: body(world) }),
    });
    return true;
  };

const reason = 'the customer called';
const untilSoon = ({ agenda, random }: World): string =>
  new Date(agenda.now + random.between(1, 200) * hour).toISOString();

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

/** Staff lift what stands against a card, because they know better. */
function unblock(world: World): boolean {
  const known = anyCustomer(world);
  const method = anyMethod(world, known);
  if (method === undefined) return false;
  void askAsStaff(world)('DELETE /staff/customers/{customer}/methods/{method}/block', {
    path: { customer: known.customer, method: method.id },
    query: { reason },
  });
  return true;
}

/** Staff add the American account that a customer gave them: its holder is to verify it first. */
function addBankAccount(world: World): boolean {
  const known = anyCustomer(world);
  if (isDeleted(world, known)) return false;
  const method = idOf(
    post(world, '/v1/payment_methods', {
      type: 'us_bank_account',
      billing_details: { name: 'Sam' },
      us_bank_account: {
        account_holder_type: 'individual',
        account_number: '000123456789',
        routing_number: '110000000',
      },
    }),
  );
  void askAsStaff(world)('POST /staff/customers/{customer}/bank-accounts', {
    path: { customer: known.customer },
    body: { method, name: 'Sam', reference: 'form 12' },
  });
  return true;
}

/** Staff let mails go again to somebody whose address was given up. */
function liftSuppression(world: World): boolean {
  const known = anyCustomer(world);
  const given = membersOf(world, known)
    .map(({ email }) => personOf(email))
    .filter((person) => world.table.items.some(({ pk }) => pk === `SUPPRESSED#${person}`));
  const member = world.random.pickAny(given);
  if (member === undefined) return false;
  const path = { customer: known.customer, member };
  const route = 'DELETE /staff/customers/{customer}/members/{member}/suppression';
  void askAsStaff(world)(route, { path, query: { reason } });
  return true;
}

/** An end that has not come yet. */
const isAnnounced = (end: unknown): boolean =>
  typeof end === 'object' && end !== null && 'doneAt' in end && end.doneAt === null;

/** Who asks for time is mostly somebody who was told of an end. */
function mostlyBeforeTheEnd(world: World): string {
  const announced = world.table.items.filter(
    ({ sk, end, state }) => sk.startsWith('V#CASE#') && state === 'exhausted' && isAnnounced(end),
  );
  const found = world.random.pickAny(announced);
  return found !== undefined && world.random.chance(0.8)
    ? String(found.customer)
    : anyCustomer(world).customer;
}

/** Access for a while, or the end of it. */
function extend(world: World): boolean {
  const path = { customer: mostlyBeforeTheEnd(world) };
  const ask = askAsStaff(world);
  const route = 'staff/customers/{customer}/extension';
  if (world.random.chance(0.3)) void ask(`DELETE /${route}`, { path, query: { reason } });
  else void ask(`PUT /${route}`, { path, body: { until: untilSoon(world), reason } });
  return true;
}

/** Somebody of the staff looks a customer, a case and the audit log up. */
function lookUp(world: World): boolean {
  const known = anyCustomer(world);
  const found = anyCase(world);
  const path = { customer: known.customer };
  const ask = askAsStaff(world);
  void (async () => {
    await ask('GET /staff/customers', { query: { mail: known.email } });
    await ask('GET /staff/customers/{customer}', { path });
    await ask('GET /staff/customers/{customer}/audit', { path });
    await ask('GET /staff/cases');
    if (found === undefined) return;
    const ofCase = { customer: String(found.customer), invoice: String(found.invoice) };
    await ask('GET /staff/customers/{customer}/cases/{invoice}', { path: ofCase });
  })();
  return true;
}

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

/** Somebody deals with a dispute, or with what looks like one. */
function acknowledge(world: World): boolean {
  const troubled = world.table.items.filter(
    ({ sk, troubles }) =>
      sk.startsWith('V#CASE#') && Array.isArray(troubles) && troubles.length > 0,
  );
  const found = world.random.pickAny(troubled);
  if (found === undefined) return false;
  void askAsStaff(world)('POST /staff/customers/{customer}/cases/{invoice}/acknowledge', {
    path: { customer: String(found.customer), invoice: String(found.invoice) },
    body: { reason },
  });
  return true;
}

/** The business's backend asks whether a customer is to be let in. */
function askStanding(world: World): boolean {
  const { customer } = anyCustomer(world);
  void askAsStaff(world)('GET /staff/customers/{customer}/standing', { path: { customer } });
  return true;
}

export const peopleOfStaff = {
  staff_acknowledges: acknowledge,
  standing_asked: askStanding,
  staff_retries: byHand('retry'),
  staff_holds: byHand('hold', (world) => ({ until: untilSoon(world), reason })),
  staff_releases: byHand('release', () => ({ reason })),
  staff_hands_back: byHand('hand-back', () => ({ reason })),
  staff_closes: byHand('close', () => ({ reason })),
  staff_changes_secondary: changeSecondary,
  staff_unblocks: unblock,
  staff_adds_account: addBankAccount,
  staff_lifts_suppression: liftSuppression,
  staff_extends: extend,
  staff_looks: lookUp,
  consent_withdrawn: withdraw,
  charging_stopped: stopCharging,
  charging_allowed: allowCharging,
  dead_letters_moved_back: redrive,
} satisfies Record<string, Act>;
