import * as z from 'zod/mini';
import { showCase as show } from '../../account/case-view.ts';
import * as account from '../../account/pay-now.ts';
import { actorOf, customerOfMember } from '../../api/actor.ts';
import { invoiceIdText } from '../../api/input.ts';
import { memberOperation } from '../customer-operation.ts';

const ofCase = z.strictObject({ invoice: invoiceIdText });

export const showCase = memberOperation({
  path: ofCase,
  handle: (dependencies, { caller, path }) => show(dependencies, caller.customer, path.invoice),
});

export const payNow = memberOperation({
  path: ofCase,
  body: account.payNowSchema,
  handle: (dependencies, { caller, path, body }) =>
    account.payNow(dependencies, {
      customer: caller.customer,
      invoice: path.invoice,
      method: body.method,
      by: actorOf(caller),
    }),
});

export const lookNow = memberOperation({
  path: ofCase,
  handle: (dependencies, { caller, path }) =>
    account.lookNow(dependencies, customerOfMember(caller), path.invoice),
});
