import * as z from 'zod/mini';
import {
  lineOrNone,
  postalAddress,
  seenVersion,
  seenVersionText,
  stripeIdText,
} from '../api/input.ts';
import { paymentMethodId, setupIntentId } from '../domain/ids.ts';

// What the operations on payment methods are called with, whoever calls.

export const methodIdText = z.pipe(stripeIdText, z.transform(paymentMethodId));
export const setupIntentIdText = z.pipe(stripeIdText, z.transform(setupIntentId));

/** Which text the customer agreed to, and in which of the view's languages they read it. */
export const givenConsent = z.strictObject({
  textVersion: z.string().check(z.minLength(1), z.maxLength(50)),
  language: z.optional(
    z.string().check(z.regex(/^[a-z]{2,3}$/, 'must be a language such as "en".')),
  ),
});

export const wantedRoles = {
  version: seenVersion,
  primary: z.nullable(methodIdText),
  secondary: z.nullable(methodIdText),
};

export const setupRole = z.enum(['primary', 'secondary', 'spare']);

/** What a card's bank may check: the name and the address on its bills. */
const methodBilling = z.strictObject({ name: lineOrNone(200), address: postalAddress });

export const methodChange = z.strictObject({
  expMonth: z.int().check(z.minimum(1), z.maximum(12)),
  expYear: z.int().check(z.minimum(2000), z.maximum(2099)),
  billing: z.optional(methodBilling),
});

export const removal = z.strictObject({
  version: seenVersionText,
  primary: z.optional(methodIdText),
});
