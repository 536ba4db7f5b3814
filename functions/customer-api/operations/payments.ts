import * as account from '../../account/payments.ts';
import { customerOfMember } from '../../api/actor.ts';
import { refuse } from '../../api/answer.ts';
import { memberOperation } from '../customer-operation.ts';
import { refuseAskingTooOften } from '../refuse-asking-too-often.ts';

export const showPayments = memberOperation({
  query: account.paymentsQuery,
  async handle(dependencies, { caller, query }) {
    const tooOften = await refuseAskingTooOften(dependencies, caller.session);
    if (tooOften !== null) return refuse(tooOften);
    return account.showPayments(dependencies, customerOfMember(caller), query.cursor);
  },
});
