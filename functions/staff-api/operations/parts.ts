import * as z from 'zod/mini';
import { customerIdText, invoiceIdText, lineOfText, paymentMethodIdText } from '../../api/input.ts';

// What several operations ask for.

export const customer = customerIdText;
export const invoice = invoiceIdText;
export const method = paymentMethodIdText;

export const ofCustomer = z.strictObject({ customer });
export const ofCase = z.strictObject({ customer, invoice });
export const ofMethod = z.strictObject({ customer, method });

/** Why it is done; it stands in the audit log. */
export const reason = lineOfText(500);

/** A moment with its zone, as epoch milliseconds: `2026-12-24T18:00:00Z`. */
export const moment = z.pipe(
  z.iso.datetime({
    offset: true,
    error: 'must be a moment with its zone, such as 2026-12-24T18:00:00Z.',
  }),
  z.transform((text) => Date.parse(text)),
);

/** Where the page before ended; only what an answer gave is taken. */
export const cursor = z.optional(z.string().check(z.maxLength(6000)));
