import * as z from 'zod/mini';
import * as account from '../../account/tax-ids.ts';
import { actorOf } from '../../api/actor.ts';
import type { Staff } from '../../api/caller.ts';
import { taxIdIdText } from '../../api/input.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { staffOperation } from '../staff-operation.ts';
import { customer, ofCustomer } from './parts.ts';

const wishOf = (caller: Staff, of: { readonly customer: CustomerId }) => ({
  customer: of.customer,
  by: actorOf(caller),
  version: null,
});

export const addTaxId = staffOperation({
  path: ofCustomer,
  body: account.taxIdSchema,
  excused: account.excusedTaxId,
  handle: (dependencies, { caller, path, body }) =>
    account.addTaxId(dependencies, wishOf(caller, path), body),
});

export const removeTaxId = staffOperation({
  path: z.strictObject({ customer, taxId: taxIdIdText }),
  handle: (dependencies, { caller, path }) =>
    account.removeTaxId(dependencies, wishOf(caller, path), path.taxId),
});
