import { billingInfoSchema, changeBillingInfo as change } from '../../account/billing-info.ts';
import { actorOf, customerOfMember } from '../../api/actor.ts';
import { memberOperation } from '../customer-operation.ts';

export const changeBillingInfo = memberOperation({
  body: billingInfoSchema,
  handle: (dependencies, { caller, body: { version, ...details } }) =>
    change(
      dependencies,
      { customer: customerOfMember(caller), by: actorOf(caller), version },
      details,
    ),
});
