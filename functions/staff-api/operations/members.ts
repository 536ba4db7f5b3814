import * as z from 'zod/mini';
import * as account from '../../account/members.ts';
import { actorOf } from '../../api/actor.ts';
import type { Staff } from '../../api/caller.ts';
import { memberIdText, seenVersionText } from '../../api/input.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { staffOperation } from '../staff-operation.ts';
import { unsuppress } from '../unsuppress.ts';
import { customer, ofCustomer, reason } from './parts.ts';

const ofMember = z.strictObject({ customer, member: memberIdText });

const wishOf = (caller: Staff, of: { readonly customer: CustomerId }, version: number) => ({
  customer: of.customer,
  by: actorOf(caller),
  version,
});

export const inviteMember = staffOperation({
  path: ofCustomer,
  body: account.invitationSchema,
  handle: (dependencies, { caller, path, body: { version, ...invited } }) =>
    account.inviteMember(dependencies, wishOf(caller, path, version), invited),
});

export const changeMember = staffOperation({
  path: ofMember,
  body: account.memberChangeSchema,
  handle: (dependencies, { caller, path, body: { version, ...change } }) =>
    account.changeMember(dependencies, wishOf(caller, path, version), path.member, change),
});

export const removeMember = staffOperation({
  path: ofMember,
  query: z.strictObject({ version: seenVersionText }),
  handle: (dependencies, { caller, path, query }) =>
    account.removeMember(dependencies, wishOf(caller, path, query.version), path.member),
});

export const liftSuppression = staffOperation({
  path: ofMember,
  query: z.strictObject({ reason }),
  handle: (dependencies, { caller, path, query }) =>
    unsuppress(dependencies, caller, path, query.reason),
});
