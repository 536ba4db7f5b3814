import * as z from 'zod/mini';
import * as account from '../../account/tax-ids.ts';
import { actorOf, customerOfMember } from '../../api/actor.ts';
import type { MemberCaller } from '../../api/caller.ts';
import { taxIdIdText } from '../../api/input.ts';
import { memberOperation } from '../customer-operation.ts';

const wishOf = (caller: MemberCaller) => ({
  customer: customerOfMember(caller),
  by: actorOf(caller),
  version: null,
});

export const addTaxId = memberOperation({
  body: account.taxIdSchema,
  excused: account.excusedTaxId,
  handle: (dependencies, { caller, body }) => account.addTaxId(dependencies, wishOf(caller), body),
});

export const removeTaxId = memberOperation({
  path: z.strictObject({ taxId: taxIdIdText }),
  handle: (dependencies, { caller, path }) =>
    account.removeTaxId(dependencies, wishOf(caller), path.taxId),
});
