import type { Address } from '../customer/billing-info.ts';
import type { CustomerId, PaymentMethodId, SetupIntentId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { PaymentMethodFacts, StripeRefusal } from './stripe-facts.ts';

/** A SetupIntent as far as we look at it. */
export interface SetupIntentFacts {
  readonly setupIntent: SetupIntentId;
  readonly customer: CustomerId | null;
  /** `requires_payment_method`, `requires_action`, `succeeded`, ... as Stripe says. */
  readonly status: string;
  /** With it the page shows Stripe's fields; `null` once Stripe gives none any more. */
  readonly clientSecret: string | null;
  readonly method: PaymentMethodId | null;
  /** Why the last confirmation was refused: Stripe's code. */
  readonly lastErrorCode: string | null;
  readonly allowedTypes: readonly string[] | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** Whole seconds at Stripe, as epoch milliseconds. */
  readonly createdAt: Instant;
}

/** What a SetupIntent is made for. */
export interface SetupOrder {
  readonly customer: CustomerId;
  readonly allowedTypes: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** What can be changed of a card that kept its number; what is left out stays. */
export interface MethodChange {
  readonly expMonth?: number;
  readonly expYear?: number;
  readonly billing?: {
    readonly name: string | null;
    readonly address: Address;
  };
}

/** What Stripe would charge for a customer without an invoice to look at. */
export interface PrimaryFacts {
  /** The newest standing subscription's own default, else the customer's; `null`: neither. */
  readonly primary: PaymentMethodId | null;
}

/** A customer's payment methods at Stripe. Every change has a key of ours. */
export interface StripeMethods {
  /** Everything that is attached to the customer; `null` where Stripe has no such customer. */
  methodsOf(customer: CustomerId): Promise<readonly PaymentMethodFacts[] | null>;
  primaryOf(customer: CustomerId): Promise<PrimaryFacts>;
  /** The customer's SetupIntents, newest first, of which some may be left out. */
  setupIntentsOf(customer: CustomerId): Promise<readonly SetupIntentFacts[]>;
  /** `null` where Stripe has no such SetupIntent. */
  setupIntent(id: SetupIntentId): Promise<SetupIntentFacts | null>;
  createSetupIntent(order: SetupOrder, key: string): Promise<SetupIntentFacts | StripeRefusal>;
  updateMethod(
    method: PaymentMethodId,
    change: MethodChange,
    key: string,
  ): Promise<PaymentMethodFacts | StripeRefusal>;
  /** `null` once it is detached, by this call or before it. */
  detach(method: PaymentMethodId, key: string): Promise<StripeRefusal | null>;
  /**
   * Writes the method to every place where Stripe looks for what to charge: the customer's
   * default, and each default that a subscription, a draft or an open invoice has of its own.
   * @param key What the keys of the single requests begin with.
   * @returns The first refusal, where Stripe does not take the method.
   */
  setPrimary(
    customer: CustomerId,
    method: PaymentMethodId,
    key: string,
  ): Promise<StripeRefusal | null>;
  /** What could not be paid if the customer had no method; `null`: nothing. */
  needsMethod(customer: CustomerId): Promise<'subscription' | 'invoice' | null>;
}
