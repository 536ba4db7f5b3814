import * as z from 'zod/mini';
import type { Answer } from '../api/answer.ts';
import { emailAddress, lineOrNone, postalAddress, seenVersion } from '../api/input.ts';
import type { BillingDetails } from '../domain/customer/billing-info.ts';
import { changeBilling } from './change-billing.ts';
import type { Wish } from './change-customer.ts';
import type { AccountDependencies } from './dependencies.ts';

/** All of it, as it is to be; a field that is `null` is taken away. */
export const billingInfoSchema = z.strictObject({
  version: seenVersion,
  name: lineOrNone(150),
  /** Where Stripe sends invoices and receipts; it makes nobody a member. */
  email: z.nullable(emailAddress),
  // Stripe's longest.
  phone: lineOrNone(20),
  address: z.nullable(postalAddress),
});

/** Changes whom invoices are made out to; the members stay as they are. */
export async function changeBillingInfo(
  dependencies: AccountDependencies,
  wish: Wish,
  given: Omit<z.output<typeof billingInfoSchema>, 'version'>,
): Promise<Answer> {
  const details = normal(given);
  const changed = await changeBilling(dependencies, wish, { wish: 'details', details }, (key) =>
    dependencies.stripe.changeBillingDetails(wish.customer, details, key),
  );
  return 'problem' in changed ? changed : { status: 200, body: changed.view };
}

/** Stripe knows no address of nothing. */
function normal({ name, email, phone, address }: BillingDetails): BillingDetails {
  const isEmpty = address === null || Object.values(address).every((part) => part === null);
  return { name, email, phone, address: isEmpty ? null : address };
}
