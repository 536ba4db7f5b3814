import * as z from 'zod/mini';
import { addBankAccount as add } from '../add-bank-account.ts';
import { staffOperation } from '../staff-operation.ts';
import { authorisation } from './authorisations.ts';
import { method, ofCustomer } from './parts.ts';

/** A bank account that stands at Stripe already: its number is entered there and never here. */
export const addBankAccount = staffOperation({
  path: ofCustomer,
  body: z.strictObject({ method, ...authorisation }),
  handle: (dependencies, { caller, path, body }) => add(dependencies, caller, path.customer, body),
});
