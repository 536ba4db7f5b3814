import * as z from 'zod/mini';
import * as account from '../../account/members.ts';
import { actorOf, customerOfMember } from '../../api/actor.ts';
import type { MemberCaller } from '../../api/caller.ts';
import { memberIdText, seenVersionText } from '../../api/input.ts';
import { memberOperation } from '../customer-operation.ts';

const wishOf = (caller: MemberCaller, version: number) => ({
  customer: customerOfMember(caller),
  by: actorOf(caller),
  version,
});

export const inviteMember = memberOperation({
  body: account.invitationSchema,
  handle: (dependencies, { caller, body: { version, ...invited } }) =>
    account.inviteMember(dependencies, wishOf(caller, version), invited),
});

export const changeMember = memberOperation({
  path: z.strictObject({ member: memberIdText }),
  body: account.memberChangeSchema,
  handle: (dependencies, { caller, path, body: { version, ...change } }) =>
    account.changeMember(dependencies, wishOf(caller, version), path.member, change),
});

export const removeMember = memberOperation({
  path: z.strictObject({ member: memberIdText }),
  query: z.strictObject({ version: seenVersionText }),
  handle: (dependencies, { caller, path, query }) =>
    account.removeMember(dependencies, wishOf(caller, query.version), path.member),
});
