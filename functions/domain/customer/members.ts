import type { Customer, Member } from './customer.ts';

/** What cannot be done to the members of a customer. */
export type MemberRefusal = 'no_such_member' | 'already_member' | 'last_owner' | 'too_many';

/** The members after a change, why there is none, or that they are so already. */
export type MembersDecision =
  | { readonly members: readonly Member[] }
  | 'as_wished'
  | { readonly refused: MemberRefusal };

/** Far more than manage one subscription, and few enough for one item. */
export const mostMembers = 50;

/** One address is one person, however it is typed. */
export const isSameAddress = (a: string, b: string): boolean => normalise(a) === normalise(b);
const normalise = (address: string) => address.trim().toLowerCase();

/** Adds a member; the same invitation again finds them there. */
export function invite({ members }: Customer, invited: Member): MembersDecision {
  const known = members.find(({ email }) => isSameAddress(email, invited.email));
  if (known !== undefined) {
    return isSame(known, invited) ? 'as_wished' : { refused: 'already_member' };
  }
  if (members.length >= mostMembers) return { refused: 'too_many' };
  return { members: [...members, invited] };
}

/** @param isThem Which member is meant. */
export function changeMember(
  { members }: Customer,
  isThem: (member: Member) => boolean,
  change: Partial<Pick<Member, 'name' | 'role'>>,
): MembersDecision {
  const known = members.find(isThem);
  if (known === undefined) return { refused: 'no_such_member' };
  const changed = { ...known, ...change };
  if (isSame(known, changed)) return 'as_wished';
  return keepOwner(
    members,
    members.map((member) => (member === known ? changed : member)),
  );
}

/** Somebody who is no member is removed already. */
export function removeMember(
  { members }: Customer,
  isThem: (member: Member) => boolean,
): MembersDecision {
  const known = members.find(isThem);
  if (known === undefined) return 'as_wished';
  return keepOwner(
    members,
    members.filter((member) => member !== known),
  );
}

const isSame = (a: Member, b: Member) => a.name === b.name && a.role === b.role;

/** Nobody could change anything for a customer that lost its last owner. */
function keepOwner(before: readonly Member[], after: readonly Member[]): MembersDecision {
  const hasOwner = (members: readonly Member[]) => members.some(({ role }) => role === 'owner');
  return hasOwner(before) && !hasOwner(after) ? { refused: 'last_owner' } : { members: after };
}
