import type {
  InvoiceRecord,
  PaymentMethodRecord,
  SubscriptionRecord,
} from '../../../../local/stripe/engine/records.ts';
import type { KnownCustomer, World } from '../world.ts';

/** What stands at Stripe and can be acted upon. */

export const anyCustomer = ({ customers, random }: World): KnownCustomer => random.pick(customers);

export function methodsOf({ stripe }: World, { customer }: KnownCustomer) {
  return stripe.tables.payment_methods.filter((method) => method.customer === customer);
}

export function anyMethod(world: World, known: KnownCustomer): PaymentMethodRecord | undefined {
  return world.random.pickAny(methodsOf(world, known));
}

export function anyCard(world: World, known: KnownCustomer): PaymentMethodRecord | undefined {
  return world.random.pickAny(methodsOf(world, known).filter(({ type }) => type === 'card'));
}

const going = ['active', 'past_due'];

export function subscriptionsOf({ stripe }: World): readonly SubscriptionRecord[] {
  return stripe.tables.subscriptions.filter(({ status }) => going.includes(status));
}

export const anySubscription = (world: World): SubscriptionRecord | undefined =>
  world.random.pickAny(subscriptionsOf(world));

/** Mostly the open ones, for nothing more happens to the others. */
export function anyOpenInvoice(world: World): InvoiceRecord | undefined {
  return world.random.pickAny(
    world.stripe.tables.invoices.filter(({ status }) => status === 'open'),
  );
}

/** What Stripe charges for the customer's subscriptions, as far as it is a default. */
export function primaryOf(world: World, { customer }: KnownCustomer): string | null {
  const own = world.stripe.tables.subscriptions.find((each) => each.customer === customer);
  if (own?.default_payment_method) return own.default_payment_method;
  const at = world.stripe.tables.customers.find(({ id }) => id === customer);
  if (at === undefined || at.deleted) return null;
  return at.invoice_settings.default_payment_method;
}

export const isDeleted = ({ stripe }: World, { customer }: KnownCustomer): boolean =>
  stripe.tables.customers.find(({ id }) => id === customer)?.deleted === true;
