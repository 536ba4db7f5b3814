import { fieldOf } from '../coverage.ts';
import type { World } from '../world.ts';
import { type Ask, granted } from './asking.ts';
import { inPage } from './customers-and-methods.ts';
import { anyCustomer, isDeleted } from './find.ts';
import type { Act } from './happen.ts';
import { askAs, asMember, asOwner, browserOf, membersOf, signIn } from './people.ts';

const minute = 60_000;

/** Somebody signs in and looks at everything. */
function look(world: World): boolean {
  const known = anyCustomer(world);
  const member = world.random.pickAny(membersOf(world, known));
  if (isDeleted(world, known) || member === undefined) return false;
  void asMember(world, known, member.email, async (ask) => {
    const view = granted(await ask('GET /portal/view'));
    await ask('GET /portal/payments');
    const cases = fieldOf(view, 'cases');
    const invoice = Array.isArray(cases) ? fieldOf(cases[0], 'invoice') : undefined;
    if (invoice === undefined) return;
    await ask('GET /portal/cases/{invoice}', { path: { invoice: String(invoice) } });
  });
  return true;
}

/** Somebody asks for a link in another browser, and the older session ends or lives on. */
function signInAgain(world: World): boolean {
  const known = anyCustomer(world);
  const member = world.random.pickAny(membersOf(world, known));
  if (member === undefined) return false;
  void signIn(world, known, browserOf(world, member.email));
  return true;
}

/** Signs out, here or everywhere; then the old cookie is tried once more. */
function signOut(world: World): boolean {
  const browser = world.random.pickAny(
    [...world.people.values()].filter(({ cookie }) => cookie !== null),
  );
  if (browser === undefined) return false;
  const ask = askAs(world, { ...browser });
  void (async () => {
    const isEverywhere = world.random.chance(0.5);
    const answer = await ask(
      isEverywhere ? 'POST /portal/session/sign-out-everywhere' : 'DELETE /portal/session',
    );
    if (answer === null) return;
    browser.cookie = null;
    await ask('PUT /portal/billing-info', { body: { version: 1, ...details(world, 'Stale') } });
  })();
  return true;
}

const details = ({ random }: World, name: string) => ({
  name: `${name} ${random.below(100)}`,
  email: random.chance(0.7) ? `billing-${random.below(3)}@simulation.example` : null,
  phone: null,
  address: random.chance(0.5)
    ? {
        line1: 'Some Street 1',
        line2: null,
        city: 'Some City',
        postalCode: '12345',
        state: null,
        country: 'DE',
      }
    : null,
});

const changeBilling = inPage(async (world, _known, ask, { version }) => {
  await ask('PUT /portal/billing-info', { body: { version, ...details(world, 'Payer') } });
});

const changeTaxIds = inPage(async ({ random }, _known, ask, { taxIds }) => {
  const taxId = random.pickAny(taxIds);
  if (taxId !== undefined && random.chance(0.5)) {
    await ask('DELETE /portal/tax-ids/{taxId}', { path: { taxId } });
    return;
  }
  const value = `DE${random.between(100_000_000, 999_999_999)}`;
  await ask('POST /portal/tax-ids', { body: { type: 'eu_vat', value } });
});

interface ShownMember {
  readonly member: string;
  readonly role: string;
}

/** Invites somebody, changes what they may do, or takes them away. */
function changeMembers(world: World): boolean {
  const known = anyCustomer(world);
  if (isDeleted(world, known)) return false;
  void asOwner(world, known, async (ask) => {
    const view = granted(await ask('GET /portal/view'));
    const version = Number(fieldOf(view, 'version'));
    if (Number.isNaN(version)) return;
    const { random } = world;
    // Somebody who is a member of another customer already, now and then.
    const email = `member-${random.below(4)}@simulation.example`;
    const role = random.pick(['owner', 'viewer']);
    const invited = granted(
      await ask('POST /portal/members', { body: { version, email, name: null, role } }),
    );
    if (invited === null || random.chance(0.4)) return;
    await world.api.pause(random.below(5 * minute));
    await changeOne(world, ask, invited);
  });
  return true;
}

async function changeOne({ random }: World, ask: Ask, answer: unknown): Promise<void> {
  const members = fieldOf(answer, 'members');
  const version = Number(fieldOf(answer, 'version'));
  const shown: readonly ShownMember[] = Array.isArray(members) ? members : [];
  const one = random.pickAny(shown);
  if (one === undefined) return;
  const path = { member: one.member };
  if (random.chance(0.5)) {
    const role = one.role === 'owner' ? 'viewer' : 'owner';
    await ask('PATCH /portal/members/{member}', { path, body: { version, role } });
  } else {
    await ask('DELETE /portal/members/{member}', { path, query: { version: String(version) } });
  }
}

/** Somebody tries what only an owner may: a viewer, or one who is no member any more. */
function trespass(world: World): boolean {
  const known = anyCustomer(world);
  const members = membersOf(world, known);
  const viewers = members.filter(({ role }) => role === 'viewer');
  const strangers = [...world.people.values()].filter(({ email }) =>
    members.every((member) => member.email !== email),
  );
  const who = world.random.pickAny(viewers) ?? world.random.pickAny(strangers);
  if (who === undefined || isDeleted(world, known)) return false;
  const browser = browserOf(world, who.email);
  void (async () => {
    if (browser.cookie === null && !(await signIn(world, known, browser))) return;
    const ask = askAs(world, browser);
    await ask('PUT /portal/session/customer', { body: { customer: known.customer } });
    await ask('GET /portal/view');
    const item = world.table.items.find(
      ({ pk, sk }) => pk === `CUSTOMER#${known.customer}` && sk === 'V#CUSTOMER',
    );
    const version = Number(item?.version ?? 1);
    const email = 'accomplice@simulation.example';
    await ask('POST /portal/members', { body: { version, email, name: null, role: 'owner' } });
    await ask('PUT /portal/billing-info', { body: { version, ...details(world, 'Thief') } });
  })();
  return true;
}

export const customersAndAccounts = {
  customer_looks: look,
  customer_signs_in: signInAgain,
  customer_signs_out: signOut,
  customer_changes_billing: changeBilling,
  customer_changes_tax_ids: changeTaxIds,
  customer_changes_members: changeMembers,
  somebody_trespasses: trespass,
} satisfies Record<string, Act>;
