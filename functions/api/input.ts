import * as z from 'zod/mini';
import { personId } from '../domain/customer/person.ts';
import { customerId, invoiceId, paymentMethodId } from '../domain/ids.ts';

// Parts of input that several operations have.

/** RFC 5321, 4.5.3.1.3: a path has at most 256 octets, its brackets included. */
export const emailAddress = z.email().check(z.maxLength(254));

/** One line of text that a person writes. */
export const lineOfText = (longest: number) =>
  z
    .string()
    .check(
      z.trim(),
      z.minLength(1),
      z.maxLength(longest),
      z.regex(/^[^\p{Cc}]*$/u, 'must be one line of text.'),
    );

/** What a person is called; it stands in mails to them, where a second line would be a message. */
export const personName = lineOfText(100);

/** A line of an address or a name; what is not known is `null`, not an empty text. */
export const lineOrNone = (longest: number) => z.nullable(lineOfText(longest));

export const postalAddress = z.strictObject({
  line1: lineOrNone(200),
  line2: lineOrNone(200),
  city: lineOrNone(100),
  postalCode: lineOrNone(20),
  state: lineOrNone(100),
  country: z.nullable(
    z
      .string()
      .check(z.regex(/^[A-Z]{2}$/, 'must be a country as ISO 3166-1 has it, such as "DE".')),
  ),
});

/** The version that the caller saw, so that nobody changes what they did not see. */
export const seenVersion = z.int().check(z.minimum(1));

/** The same in a query, which has texts only. */
export const seenVersionText = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,8}$/, 'must be a whole number.')),
  z.transform(Number),
);

/** Where Stripe has something else than an object under that id: `/v1/customers/search`. */
const wordsOfStripe = ['search', 'upcoming'];

/**
 * An id of Stripe's; what would not stay one part of a key or of an address is refused: `..` would
 * lead elsewhere at Stripe.
 */
export const stripeIdText = z.string().check(
  z.minLength(1),
  z.maxLength(255),
  z.regex(/^\w[\w.@:+-]*$/, 'must be an id of Stripe.'),
  z.refine((text) => !wordsOfStripe.includes(text), 'must be an id of Stripe.'),
);

/** A Stripe customer's id. */
export const customerIdText = z.pipe(stripeIdText, z.transform(customerId));

/** An invoice's id. */
export const invoiceIdText = z.pipe(stripeIdText, z.transform(invoiceId));

/** A payment method's id. */
export const paymentMethodIdText = z.pipe(stripeIdText, z.transform(paymentMethodId));

/** A tax id's id, as Stripe gives it. */
export const taxIdIdText = z
  .string()
  .check(z.maxLength(255), z.regex(/^txi_\w+$/, 'must be the id of a tax id at Stripe.'));

/** A member's id, as the list of members shows it. */
export const memberIdText = z.pipe(
  z.string().check(z.regex(/^[0-9a-f]{32}$/, 'must be the id of a member.')),
  z.transform(personId),
);
