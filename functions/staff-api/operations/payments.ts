import * as account from '../../account/payments.ts';
import { staffOperation } from '../staff-operation.ts';
import { ofCustomer } from './parts.ts';

export const showPayments = staffOperation({
  path: ofCustomer,
  query: account.paymentsQuery,
  handle: (dependencies, { path, query }) =>
    account.showPayments(dependencies, path.customer, query.cursor),
});
