import { answerWithView } from '../../account/answer-with-view.ts';
import { findCustomers } from '../../account/find-customers.ts';
import { type CustomerView, viewCustomer } from '../../account/view.ts';
import { customerOfMember } from '../../api/actor.ts';
import type { MemberCaller } from '../../api/caller.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { memberOperation } from '../customer-operation.ts';
import type { CustomerApiDependencies } from '../dependencies.ts';
import { type SessionView, viewSession } from '../sessions.ts';

/** The view with who is looking at it: all that the page needs when it is opened. */
export interface PageView extends CustomerView {
  readonly session: SessionView;
}

export const showView = memberOperation({
  handle: (dependencies, { caller }) =>
    answerWithView(dependencies, customerOfMember(caller), {}, () =>
      viewPage(dependencies, caller),
    ),
});

async function viewPage(
  dependencies: CustomerApiDependencies,
  caller: MemberCaller,
): Promise<PageView | null> {
  const { records } = dependencies;
  // Whoever was let in was let in by the record of the chosen customer: that one is read already.
  const others = {
    customersOf: records.customersOf,
    customer: async (id: CustomerId) =>
      id === caller.customer.customer ? caller.customer : records.customer(id),
  };
  const [view, memberships] = await Promise.all([
    viewCustomer(dependencies, customerOfMember(caller)),
    findCustomers(others, caller.person),
  ]);
  return view && { ...view, session: viewSession(caller.session, memberships) };
}
