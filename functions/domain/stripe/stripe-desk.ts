import type { CustomerId, InvoiceId, PaymentMethodId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { CustomerFacts, PaymentMethodFacts, StripeRefusal } from './stripe-facts.ts';

/** A try to set up a bank account for debits, as Stripe's SetupIntent shows it. */
export interface BankSetup {
  readonly setupIntent: string;
  readonly status: string;
  /** What the account holder agreed to; `null` before it was asked. */
  readonly mandate: MandateFacts | null;
  /** Stripe's page on which the account holder enters what the deposits say; `null` if none waits. */
  readonly verification: { readonly url: string; readonly arrivesAt: Instant } | null;
}

export interface MandateFacts {
  readonly mandate: string;
  /** `active`, `inactive` or `pending`, as Stripe says. */
  readonly status: string;
  /** `multi_use` for any later payment. */
  readonly type: string;
}

/** What only staff ask of Stripe. */
export interface StripeDesk {
  /** Whose invoice it is; `null` where Stripe has no such invoice, or nobody owns it. */
  holderOf(invoice: InvoiceId): Promise<CustomerFacts | null>;
  /** The customers with this mail address, at most ten; Stripe compares letter by letter. */
  customersWithMail(email: string): Promise<readonly CustomerFacts[]>;
  /** The tries to set the method up for this customer, newest first. */
  bankSetupsOf(customer: CustomerId, method: PaymentMethodId): Promise<readonly BankSetup[]>;
  /** Sends the two small deposits that verify an American bank account. */
  verifyBankAccount(
    customer: CustomerId,
    method: PaymentMethodFacts,
    key: string,
  ): Promise<BankSetup | StripeRefusal>;
}
