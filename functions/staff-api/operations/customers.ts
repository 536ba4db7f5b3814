import * as z from 'zod/mini';
import { refuse } from '../../api/answer.ts';
import { emailAddress } from '../../api/input.ts';
import { problem } from '../../api/problems.ts';
import { readAuditLog } from '../audit-log.ts';
import { findById, findByInvoice, findByMail } from '../find-customers.ts';
import { showCustomer as show } from '../show-customer.ts';
import { staffOperation } from '../staff-operation.ts';
import { cursor, customer, invoice, ofCustomer } from './parts.ts';

/** By exactly one of three. */
export const findCustomers = staffOperation({
  query: z.strictObject({
    customer: z.optional(customer),
    mail: z.optional(emailAddress),
    invoice: z.optional(invoice),
  }),
  async handle(dependencies, { query }) {
    const asked = Object.values(query).filter((value) => value !== undefined);
    if (asked.length !== 1) return refuse(askForOne);
    if (query.customer !== undefined) {
      return { status: 200, body: await findById(dependencies, query.customer) };
    }
    if (query.mail !== undefined) {
      return { status: 200, body: await findByMail(dependencies, query.mail) };
    }
    if (query.invoice !== undefined) {
      return { status: 200, body: await findByInvoice(dependencies, query.invoice) };
    }
    return refuse(askForOne);
  },
});

const askForOne = problem(
  'invalid-request',
  'Ask with exactly one of "customer", "mail" and "invoice" in the query.',
);

/** What the customer's page shows, and what only staff see. */
export const showCustomer = staffOperation({
  path: ofCustomer,
  handle: (dependencies, { path }) => show(dependencies, path.customer),
});

export const showAuditLog = staffOperation({
  path: ofCustomer,
  query: z.strictObject({ cursor }),
  handle: (dependencies, { path, query }) =>
    readAuditLog(dependencies, path.customer, query.cursor),
});
