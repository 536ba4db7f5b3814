import * as z from 'zod/mini';
import { answerWithView } from '../../account/answer-with-view.ts';
import { wantedRoles } from '../../account/method-input.ts';
import { setRoles } from '../../account/roles.ts';
import { actorOf } from '../../api/actor.ts';
import { viewForStaff } from '../show-customer.ts';
import { staffOperation } from '../staff-operation.ts';
import { ofCustomer } from './parts.ts';

/** Without a consent: only what the customer agreed to, or signed, can be the backup. */
export const changeRoles = staffOperation({
  path: ofCustomer,
  body: z.strictObject(wantedRoles),
  async handle(dependencies, { caller, path: { customer }, body: { version, ...roles } }) {
    const wish = { customer, by: actorOf(caller), version };
    const changed = await setRoles(dependencies, wish, { ...roles, consent: null });
    return answerWithView(dependencies, customer, changed, viewForStaff);
  },
});
