declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A Stripe customer. Businesses may choose these ids themselves, so `cus_` is no rule. */
export type CustomerId = Branded<'CustomerId'>;
export type InvoiceId = Branded<'InvoiceId'>;
/** A PaymentMethod (`pm_`) or one of the older sources that Stripe still charges (`card_`, `src_`, `ba_`). */
export type PaymentMethodId = Branded<'PaymentMethodId'>;
export type ChargeId = Branded<'ChargeId'>;
export type SubscriptionId = Branded<'SubscriptionId'>;
export type SetupIntentId = Branded<'SetupIntentId'>;

/** Stripe's ids are at most 255 characters (docs.stripe.com/api, "Object IDs"). */
const longestId = 255;

/** @throws {RangeError} where the text cannot be an id. */
function checked(name: string, text: string): string {
  if (text.length === 0 || text.length > longestId) {
    throw new RangeError(`A ${name} has 1 to ${longestId} characters, not ${text.length}.`);
  }
  return text;
}

// The casts below are where a checked text gets its brand; nowhere else is one cast.
export const customerId = (text: string) => checked('customer id', text) as CustomerId;
export const invoiceId = (text: string) => checked('invoice id', text) as InvoiceId;
export const paymentMethodId = (text: string) =>
  checked('payment method id', text) as PaymentMethodId;
export const chargeId = (text: string) => checked('charge id', text) as ChargeId;
export const subscriptionId = (text: string) => checked('subscription id', text) as SubscriptionId;
export const setupIntentId = (text: string) => checked('SetupIntent id', text) as SetupIntentId;
