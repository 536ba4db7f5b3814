import type Stripe from 'stripe';
import type { Address } from '../domain/customer/billing-info.ts';
import type { DeclineCodes } from '../domain/decline/decline.ts';
import { chargeId, customerId, invoiceId, paymentMethodId, subscriptionId } from '../domain/ids.ts';
import type {
  ChargeFacts,
  CustomerFacts,
  InvoiceFacts,
  PaymentMethodFacts,
  Place,
  SubscriptionFacts,
} from '../domain/stripe/stripe-facts.ts';

/** What an invoice must be fetched with for {@link invoiceFacts}; Stripe expands four levels. */
export const invoiceExpansions = [
  'customer.default_source',
  'customer.invoice_settings.default_payment_method',
  'default_payment_method',
  'default_source',
  'parent.subscription_details.subscription.default_payment_method',
  'parent.subscription_details.subscription.default_source',
  'payments.data.payment.payment_intent',
];

/**
 * The same for a customer who was deleted: of them nothing is left that could be expanded, and
 * Stripe may refuse a path that leads there ("This property cannot be expanded").
 */
export const expansionsOfDeleted = [
  'customer',
  ...invoiceExpansions.filter((path) => !path.startsWith('customer.')),
];

/** An invoice fetched with {@link invoiceExpansions} and its charges, as plain facts. */
export function invoiceFacts(
  invoice: Stripe.Invoice,
  charges: readonly Stripe.Charge[],
): InvoiceFacts {
  const subscription = subscriptionOf(invoice);
  const intents = paymentIntentsOf(invoice);
  const { currency } = invoice;
  return {
    invoice: invoiceId(invoice.id),
    customer: customerId(idOf(invoice.customer) ?? ''),
    status: invoiceStatusOf(invoice),
    amountDue: { amount: invoice.amount_remaining, currency },
    billingReason: invoice.billing_reason,
    collectionMethod: invoice.collection_method,
    autoAdvance: invoice.auto_advance ?? false,
    number: invoice.number,
    hostedInvoiceUrl: invoice.hosted_invoice_url ?? null,
    livemode: invoice.livemode,
    subscription: subscription === null ? null : subscriptionFacts(subscription),
    primary: primaryOf(invoice, subscription),
    holder: customerFacts(invoice.customer),
    charges: charges.map(chargeFacts).sort((a, b) => b.createdAt - a.createdAt),
    paymentProcessing: intents.some((intent) => intent.status === 'processing'),
  };
}

/** The PaymentIntents of the invoice's payments, which {@link invoiceExpansions} brings along. */
export function paymentIntentsOf(invoice: Stripe.Invoice): readonly Stripe.PaymentIntent[] {
  return (invoice.payments?.data ?? []).flatMap(({ payment }) => {
    const intent = payment.payment_intent;
    return intent === undefined || typeof intent === 'string' ? [] : [intent];
  });
}

/**
 * What Stripe charges for an invoice: its own default, then the subscription's, then the
 * customer's (docs.stripe.com/billing/subscriptions/payment-methods-setting).
 */
function primaryOf(
  invoice: Stripe.Invoice,
  subscription: Stripe.Subscription | null,
): PaymentMethodFacts | null {
  const holder = invoice.customer;
  const customer =
    holder === null || typeof holder === 'string' || holder.deleted === true ? null : holder;
  const candidates = [
    invoice.default_payment_method,
    invoice.default_source,
    subscription?.default_payment_method,
    subscription?.default_source,
    customer?.invoice_settings.default_payment_method,
    customer?.default_source,
  ];
  for (const candidate of candidates) {
    if (candidate === null || candidate === undefined || typeof candidate === 'string') continue;
    if (candidate.object === 'payment_method') return paymentMethodFacts(candidate);
    if ('deleted' in candidate) continue;
    return sourceFacts(candidate);
  }
  return null;
}

export function paymentMethodFacts(method: Stripe.PaymentMethod): PaymentMethodFacts {
  const { card } = method;
  const bank = method.us_bank_account ?? method.sepa_debit ?? null;
  const attachedTo = idOf(method.customer);
  return {
    method: paymentMethodId(method.id),
    customer: attachedTo === null ? null : customerId(attachedTo),
    type: method.type,
    brand: card?.brand ?? null,
    last4: card?.last4 ?? bank?.last4 ?? null,
    expMonth: card?.exp_month ?? null,
    expYear: card?.exp_year ?? null,
    wallet: card?.wallet?.type ?? null,
    fingerprint: card?.fingerprint ?? bank?.fingerprint ?? null,
    billing: {
      name: method.billing_details.name,
      address: addressFacts(method.billing_details.address),
    },
  };
}

/** Cards, bank accounts and sources from before PaymentMethods; Stripe still charges them. */
function sourceFacts(
  source: Stripe.Account | Stripe.BankAccount | Stripe.Card | Stripe.Source,
): PaymentMethodFacts | null {
  if (source.object === 'account') return null;
  const card = source.object === 'card' ? source : null;
  const attachedTo = idOf(source.customer);
  return {
    method: paymentMethodId(source.id),
    customer: attachedTo === null ? null : customerId(attachedTo),
    type: source.object === 'source' ? source.type : source.object,
    // Cards of this older kind carry the brand as words: `Visa`, `MasterCard`.
    brand: card?.brand.toLowerCase() ?? null,
    last4: source.object === 'source' ? null : source.last4,
    expMonth: card?.exp_month ?? null,
    expYear: card?.exp_year ?? null,
    wallet: null,
    fingerprint: source.object === 'source' ? null : (source.fingerprint ?? null),
    billing: { name: card?.name ?? null, address: null },
  };
}

/** Stripe gives an address of nothing but `null` where there is none. */
export function addressFacts(address: Stripe.Address | null | undefined): Address | null {
  if (address === null || address === undefined) return null;
  const { line1, line2, city, postal_code: postalCode, state, country } = address;
  const parts = { line1, line2, city, postalCode, state, country };
  return Object.values(parts).every((part) => part === null) ? null : parts;
}

export function chargeFacts(charge: Stripe.Charge): ChargeFacts {
  const card = charge.payment_method_details?.card;
  return {
    charge: chargeId(charge.id),
    method: charge.payment_method === null ? null : paymentMethodId(charge.payment_method),
    status: known(charge.status, chargeStatuses, 'charge'),
    createdAt: charge.created * 1000,
    amount: { amount: charge.amount, currency: charge.currency },
    codes: charge.status === 'failed' ? codesOfCharge(charge) : null,
    brand: card?.brand ?? null,
    expMonth: card?.exp_month ?? null,
    expYear: card?.exp_year ?? null,
    fingerprint: card?.fingerprint ?? null,
  };
}

/** A failed charge has its decline code in `outcome.reason`, or as `failure_code`. */
function codesOfCharge(charge: Stripe.Charge): DeclineCodes {
  const { outcome } = charge;
  return {
    code: charge.failure_code,
    declineCode: outcome?.reason ?? charge.failure_code,
    adviceCode: outcome?.advice_code ?? null,
    networkAdviceCode: outcome?.network_advice_code ?? null,
    networkDeclineCode: outcome?.network_decline_code ?? null,
  };
}

export function customerFacts(customer: Stripe.Invoice['customer']): CustomerFacts {
  if (customer === null || typeof customer === 'string') {
    throw new Error('The invoice was fetched without its customer.');
  }
  const base = { customer: customerId(customer.id) };
  if (customer.deleted === true) {
    const nothing = { email: null, name: null, locale: null, timeZone: null, place: null };
    return { ...base, deleted: true, ...nothing };
  }
  return {
    ...base,
    deleted: false,
    email: customer.email,
    name: customer.name ?? null,
    locale: customer.preferred_locales?.[0] ?? null,
    timeZone: customer.metadata.timezone ?? null,
    place: placeOf(customer.address) ?? placeOf(customer.shipping?.address),
  };
}

const placeOf = (address: Stripe.Address | null | undefined): Place | null => {
  const country = address?.country ?? '';
  return country === '' ? null : { country, state: address?.state ?? null };
};

function subscriptionOf(invoice: Stripe.Invoice): Stripe.Subscription | null {
  const subscription = invoice.parent?.subscription_details?.subscription ?? null;
  return typeof subscription === 'string' ? null : subscription;
}

const subscriptionFacts = (subscription: Stripe.Subscription): SubscriptionFacts => ({
  subscription: subscriptionId(subscription.id),
  status: subscription.status,
  collectionPaused: subscription.pause_collection !== null,
  fallback: fallbackMark(subscription.metadata.backstop_fallback),
  defaultMethod: methodIdOf(subscription.default_payment_method),
  savesDefault: subscription.payment_settings?.save_default_payment_method === 'on_subscription',
});

const fallbackMark = (mark: string | undefined): SubscriptionFacts['fallback'] =>
  mark === 'on' || mark === 'off' ? mark : null;

const methodIdOf = (reference: Stripe.Subscription['default_payment_method']) => {
  const id = idOf(reference);
  return id === null ? null : paymentMethodId(id);
};

/** @throws {Error} for a status that Stripe added after this release. */
export const invoiceStatusOf = ({ status }: Pick<Stripe.Invoice, 'status'>) =>
  known(status ?? 'draft', invoiceStatuses, 'invoice');

const invoiceStatuses = ['draft', 'open', 'paid', 'void', 'uncollectible'] as const;
const chargeStatuses = ['succeeded', 'pending', 'failed'] as const;

/** @throws {Error} for a status that Stripe added after this release: guessing moves money. */
function known<Status extends string>(
  status: string,
  statuses: readonly Status[],
  what: string,
): Status {
  const found = statuses.find((each) => each === status);
  if (found !== undefined) return found;
  throw new Error(`Stripe has a new ${what} status "${status}"; this release does not know it.`);
}

const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null);
