import type { MembersView, MemberView } from '../../../functions/account/members.ts';
import type { PortalSessionView } from '../../../functions/staff-api/operations/portal-sessions.ts';
import type { StaffCustomer } from '../../../functions/staff-api/show-customer.ts';
import type { UnsuppressedMember } from '../../../functions/staff-api/unsuppress.ts';
import { StartRefusal } from '../../../local/start/options.ts';
import {
  type Command,
  customer,
  customerOf,
  type Given,
  need,
  type Option,
  reason,
  type Shown,
  text,
} from '../command.ts';
import type { Desk } from '../connect-desk.ts';
import { columns, time } from '../layout.ts';

const mail: Option = { value: 'ADDRESS', says: "the member's mail address", required: true };
const role: Option = { value: 'ROLE', says: 'owner (changes) or viewer (sees)', required: true };

export const members: Command = {
  summary: 'who may sign in for a customer',
  options: { customer },
  async run(desk, given) {
    const shown = await readCustomer(desk, given);
    return { json: shown.members, text: listMembers(shown.members) };
  },
};

export const invite: Command = {
  summary: 'add a member',
  options: { customer, mail, role, name: { value: 'NAME', says: 'what they are called' } },
  async run(desk, given) {
    const { version } = await readCustomer(desk, given);
    const body = {
      version,
      email: need(given, 'mail'),
      name: text(given, 'name') ?? null,
      role: need(given, 'role'),
    };
    return shownMembers(await desk.api.ask({ method: 'POST', path: pathOf(desk, given), body }));
  },
};

export const changeMember: Command = {
  summary: "change a member's role or name",
  options: {
    customer,
    mail,
    role: { ...role, required: false },
    name: { value: 'NAME', says: 'what they are called' },
  },
  async run(desk, given) {
    const { version, member } = await findMember(desk, given);
    const name = text(given, 'name');
    const wanted = text(given, 'role');
    const body = {
      version,
      ...(name !== undefined && { name }),
      ...(wanted !== undefined && { role: wanted }),
    };
    const path = [...pathOf(desk, given), member];
    return shownMembers(await desk.api.ask({ method: 'PATCH', path, body }));
  },
};

export const removeMember: Command = {
  summary: 'take a member away; they see nothing of the customer from then on',
  options: { customer, mail },
  async run(desk, given) {
    const { version, member } = await findMember(desk, given);
    const path = [...pathOf(desk, given), member];
    const query = { version: String(version) };
    return shownMembers(await desk.api.ask({ method: 'DELETE', path, query }));
  },
};

export const liftSuppression: Command = {
  summary: 'let mails go again to an address that sent one back, or complained',
  options: { customer, mail, reason },
  notes:
    "SES has a list of its own: docs/runbook.md, 'Lift a suppression', says how it is cleaned.",
  async run(desk, given) {
    const { member } = await findMember(desk, given);
    const path = [...pathOf(desk, given), member, 'suppression'];
    const query = { reason: need(given, 'reason') };
    const shown = await desk.api.ask<UnsuppressedMember>({ method: 'DELETE', path, query });
    const to = need(given, 'mail');
    const said =
      shown.lifted === null
        ? `Nothing keeps mails to ${to} back.`
        : `Mails go to ${to} again (${shown.lifted.why}, since ${time(shown.lifted.since)}).`;
    return { json: shown, text: said };
  },
};

export const link: Command = {
  summary: 'an address that signs a member in once, within 10 minutes',
  options: {
    customer,
    mail,
    'return-url': { value: 'URL', says: 'where the page sends them back to' },
  },
  async run(desk, given) {
    const path = ['customers', customerOf(desk, given), 'portal-sessions'];
    const returnUrl = text(given, 'return-url');
    const body = { member: need(given, 'mail'), ...(returnUrl !== undefined && { returnUrl }) };
    const shown = await desk.api.ask<PortalSessionView>({ method: 'POST', path, body });
    return { json: shown, text: `${shown.url}\nGood once, until ${time(shown.expiresAt)}.` };
  },
};

const readCustomer = (desk: Desk, given: Given): Promise<StaffCustomer> =>
  desk.api.ask({ method: 'GET', path: ['customers', customerOf(desk, given)] });

async function findMember(desk: Desk, given: Given) {
  const shown = await readCustomer(desk, given);
  const address = need(given, 'mail').toLowerCase();
  const found = shown.members.find(({ email }) => email.toLowerCase() === address);
  if (found === undefined) throw new StartRefusal(`${address} is no member of ${shown.customer}.`);
  return { version: shown.version, member: found.member };
}

const pathOf = (desk: Desk, given: Given) => ['customers', customerOf(desk, given), 'members'];

const shownMembers = (shown: MembersView): Shown => ({
  json: shown,
  text: listMembers(shown.members),
});

const listMembers = (all: readonly MemberView[]): string =>
  columns([
    ['MAIL', 'ROLE', 'NAME', 'MAILS'],
    ...all.map((each) => [each.email, each.role, each.name ?? '', each.mail]),
  ]);
