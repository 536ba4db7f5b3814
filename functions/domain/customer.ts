import type { CustomerId, PaymentMethodId } from './ids.ts';
import type { CustomerFacts, PaymentMethodFacts } from './stripe-facts.ts';

/** A person who may sign in for the customer; `owner` changes methods, `viewer` sees. */
export interface Member {
  readonly email: string;
  readonly name: string | null;
  readonly role: 'owner' | 'viewer';
}

export interface Customer {
  readonly customer: CustomerId;
  /** Mirror of what Stripe charges; Stripe is right where the two differ. */
  readonly primary: PaymentMethodId | null;
  /** The backup; Stripe knows nothing of it. */
  readonly secondary: PaymentMethodId | null;
  readonly members: readonly Member[];
  /** BCP 47 tag; `null` means the business's. */
  readonly locale: string | null;
  readonly version: number;
}

/** The first record of a customer: Stripe's mail address is the first owner, no backup is guessed. */
export function recordCustomer(facts: CustomerFacts, primary: PaymentMethodFacts | null): Customer {
  return {
    customer: facts.customer,
    primary: primary?.method ?? null,
    secondary: null,
    members: facts.email === null ? [] : [{ email: facts.email, name: facts.name, role: 'owner' }],
    locale: facts.locale,
    version: 1,
  };
}
