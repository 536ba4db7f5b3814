import { billingInfoSchema, changeBillingInfo as change } from '../../account/billing-info.ts';
import { actorOf } from '../../api/actor.ts';
import { staffOperation } from '../staff-operation.ts';
import { ofCustomer } from './parts.ts';

export const changeBillingInfo = staffOperation({
  path: ofCustomer,
  body: billingInfoSchema,
  handle: (dependencies, { caller, path, body: { version, ...details } }) =>
    change(dependencies, { customer: path.customer, by: actorOf(caller), version }, details),
});
