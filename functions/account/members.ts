import * as z from 'zod/mini';
import type { Answer } from '../api/answer.ts';
import { emailAddress, personName, seenVersion } from '../api/input.ts';
import { problem } from '../api/problems.ts';
import type { Audited } from '../domain/audit.ts';
import type { Customer, Member } from '../domain/customer/customer.ts';
import {
  changeMember as decideChange,
  invite as decideInvitation,
  removeMember as decideRemoval,
  type MemberRefusal,
  type MembersDecision,
  mostMembers,
} from '../domain/customer/members.ts';
import type { PersonId } from '../domain/customer/person.ts';
import { type Destination, destinationOf } from '../mail/destination-of.ts';
import { personOf } from '../runtime/hash.ts';
import type { Problem } from '../runtime/problem.ts';
import type { Records } from '../runtime/records.ts';
import { changeCustomer, type Decision, type Wish } from './change-customer.ts';
import type { AccountDependencies } from './dependencies.ts';

/** A member as the page and the staff see them. */
export interface MemberView {
  readonly member: PersonId;
  readonly email: string;
  readonly name: string | null;
  readonly role: Member['role'];
  /** Whether mails go there, and if not, why: nobody is told anything then. */
  readonly mail: MailState;
}

/** `unmailable`: no mail can be sent to such an address. */
export type MailState = 'ok' | 'bounced' | 'complained' | 'unmailable';

export interface MembersView {
  readonly members: readonly MemberView[];
  /** Of the customer, for the next change. */
  readonly version: number;
}

const role = z.enum(['owner', 'viewer']);

export const invitationSchema = z.strictObject({
  version: seenVersion,
  email: emailAddress,
  name: z.nullable(personName),
  role,
});

/** What is left out stays as it is. */
export const memberChangeSchema = z.strictObject({
  version: seenVersion,
  name: z.optional(z.nullable(personName)),
  role: z.optional(role),
});

/** One read for each member, side by side. */
export const viewMembers = (
  records: Pick<Records, 'suppression'>,
  { members }: Customer,
): Promise<readonly MemberView[]> =>
  Promise.all(
    members.map(async ({ email, name, role }) => {
      const mail = mailState(await destinationOf(records, email));
      return { member: personOf(email), email, name, role, mail };
    }),
  );

function mailState(destination: Destination): MailState {
  if ('address' in destination) return 'ok';
  switch (destination.fault) {
    case 'bounce':
      return 'bounced';
    case 'complaint':
      return 'complained';
    case 'malformed':
    case 'not_ascii':
      return 'unmailable';
  }
}

/** Adds somebody to those who may sign in for a customer. */
export async function inviteMember(
  dependencies: AccountDependencies,
  wish: Wish,
  { email, name, role }: Omit<z.output<typeof invitationSchema>, 'version'>,
): Promise<Answer> {
  // Before the customer names them: a member whom nobody finds could not sign in.
  await dependencies.records.noteMember(wish.customer, email);
  return change(dependencies, wish, 'member_invited', personOf(email), (customer) =>
    decideInvitation(customer, { email, name, role }),
  );
}

/** Changes a member's name or role. */
export function changeMember(
  dependencies: AccountDependencies,
  wish: Wish,
  member: PersonId,
  { name, role }: Omit<z.output<typeof memberChangeSchema>, 'version'>,
): Promise<Answer> {
  const changed = { ...(name !== undefined && { name }), ...(role !== undefined && { role }) };
  return change(dependencies, wish, 'member_changed', member, (customer) =>
    decideChange(customer, isMember(member), changed),
  );
}

/** Takes a member away: their sessions show them nothing of this customer from then on. */
export const removeMember = (
  dependencies: AccountDependencies,
  wish: Wish,
  member: PersonId,
): Promise<Answer> =>
  change(dependencies, wish, 'member_removed', member, (customer) =>
    decideRemoval(customer, isMember(member)),
  );

async function change(
  dependencies: AccountDependencies,
  wish: Wish,
  what: Audited,
  about: PersonId,
  decide: (customer: Customer) => MembersDecision,
): Promise<Answer> {
  const memberOf = (members: readonly Member[]) => members.find(isMember(about)) ?? null;
  const changed = await changeCustomer(dependencies, wish, (customer): Decision => {
    const decision = decide(customer);
    if (decision === 'as_wished') return 'as_wished';
    if ('refused' in decision) return { problem: refusals[decision.refused] };
    const { members } = decision;
    const entry = { what, about, reason: null };
    const from = recordOf(memberOf(customer.members));
    const to = recordOf(memberOf(members));
    return { change: { members }, unfinished: [], audit: [{ ...entry, from, to }] };
  });
  if ('problem' in changed) return changed;
  const { customer } = changed;
  const members = await viewMembers(dependencies.records, customer);
  const body: MembersView = { members, version: customer.version };
  return { status: 200, body };
}

const isMember =
  (member: PersonId) =>
  ({ email }: Member): boolean =>
    personOf(email) === member;

const recordOf = (member: Member | null) => (member === null ? null : { ...member });

/** That nobody of the customer has that id. */
export const noSuchMember = problem(
  'not-found',
  'There is no such member. Look at the members again.',
);

const refusals: Readonly<Record<MemberRefusal, Problem>> = {
  no_such_member: noSuchMember,
  already_member: problem(
    'already-member',
    'Somebody with this mail address is a member already, under another name or in another role. Change that member instead.',
  ),
  last_owner: problem(
    'last-owner',
    'Without an owner nobody could change anything. Make somebody else an owner first.',
  ),
  too_many: problem(
    'too-many-members',
    `A customer has at most ${mostMembers} members. Remove somebody first.`,
  ),
};
