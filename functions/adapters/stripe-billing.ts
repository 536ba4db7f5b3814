import type Stripe from 'stripe';
import type { BillingDetails, TaxId } from '../domain/customer/billing-info.ts';
import { invoiceId } from '../domain/ids.ts';
import type { PaidWith, Payment, StripeBilling } from '../domain/stripe/stripe-billing.ts';
import { addressParameters, orEmpty } from './stripe-address.ts';
import type { StripeConnection } from './stripe-connection.ts';
import { addressFacts, invoiceStatusOf } from './stripe-facts.ts';

/** More than the tax ids that Stripe lets a customer have. */
const mostTaxIds = 100;

/** Whom a customer's invoices are made out to, and the list of them, at Stripe. */
export function createStripeBilling({ read, change }: StripeConnection): StripeBilling {
  const paidWith = async (invoice: Stripe.Invoice): Promise<PaidWith | null> => {
    const intent = paidIntentOf(invoice);
    if (intent === null) return null;
    const expand = ['latest_charge'];
    const found = await read((stripe) => stripe.paymentIntents.retrieve(intent, { expand }));
    return found === null ? null : methodOfCharge(found.latest_charge);
  };

  return {
    async billingInfo(customer) {
      const found = await read((stripe) => stripe.customers.retrieve(customer));
      if (found === null || found.deleted === true) return null;
      const taxIds = await read((stripe) =>
        stripe.customers.listTaxIds(customer, { limit: mostTaxIds }),
      );
      return {
        name: found.name ?? null,
        email: found.email,
        phone: found.phone ?? null,
        address: addressFacts(found.address),
        taxIds: (taxIds?.data ?? []).map(taxIdFacts),
      };
    },
    async changeBillingDetails(customer, details, key) {
      const made = await change((stripe) =>
        stripe.customers.update(customer, detailParameters(details), { idempotencyKey: key }),
      );
      return 'refused' in made ? made : 'changed';
    },
    async addTaxId(customer, { type, value }, key) {
      const made = await change((stripe) =>
        stripe.customers.createTaxId(customer, { type, value }, { idempotencyKey: key }),
      );
      return 'refused' in made ? made : taxIdFacts(made);
    },
    async removeTaxId(customer, taxId, key) {
      const made = await change((stripe) =>
        stripe.customers.deleteTaxId(customer, taxId, {}, { idempotencyKey: key }),
      );
      return 'refused' in made && made.code !== 'resource_missing' ? made : 'removed';
    },
    async payments(customer, after, limit) {
      const list = await read((stripe) =>
        stripe.invoices.list({
          customer,
          limit,
          ...(after === null ? {} : { starting_after: after }),
          expand: ['data.payments'],
        }),
      );
      if (list === null) return null;
      const invoices = list.data;
      const methods = await Promise.all(invoices.map(paidWith));
      const last = invoices.at(-1);
      return {
        payments: invoices.map((invoice, place) => paymentOf(invoice, methods[place] ?? null)),
        nextCursor: list.has_more && last !== undefined ? invoiceId(last.id) : null,
      };
    },
    async confirmationSecret(invoice) {
      const expand = ['confirmation_secret'];
      const found = await read((stripe) => stripe.invoices.retrieve(invoice, { expand }));
      return found?.confirmation_secret?.client_secret ?? null;
    },
  };
}

const taxIdFacts = (taxId: Stripe.TaxId): TaxId => ({
  id: taxId.id,
  type: taxId.type,
  value: taxId.value,
  country: taxId.country,
  verification: taxId.verification?.status ?? null,
});

const detailParameters = ({ name, email, phone, address }: BillingDetails) => ({
  name: orEmpty(name),
  email: orEmpty(email),
  phone: orEmpty(phone),
  address: address === null ? ('' as const) : addressParameters(address),
});

function paymentOf(invoice: Stripe.Invoice, paidWith: PaidWith | null): Payment {
  const { currency } = invoice;
  return {
    invoice: invoiceId(invoice.id),
    number: invoice.number,
    status: invoiceStatusOf(invoice),
    total: { amount: invoice.total, currency },
    amountDue: { amount: invoice.amount_remaining, currency },
    createdAt: invoice.created * 1000,
    paidWith,
    hostedInvoiceUrl: invoice.hosted_invoice_url ?? null,
    invoicePdf: invoice.invoice_pdf ?? null,
  };
}

/** The PaymentIntent that paid the invoice; what was paid outside of Stripe has none. */
function paidIntentOf(invoice: Stripe.Invoice): string | null {
  if (invoice.status !== 'paid') return null;
  const paid = invoice.payments?.data.find(({ status }) => status === 'paid');
  const intent = paid?.payment.payment_intent;
  return typeof intent === 'string' ? intent : (intent?.id ?? null);
}

function methodOfCharge(charge: Stripe.Charge | string | null): PaidWith | null {
  if (charge === null || typeof charge === 'string') return null;
  const details = charge.payment_method_details;
  if (details === null) return null;
  const bank = details.us_bank_account ?? details.sepa_debit;
  return {
    type: details.type,
    brand: details.card?.brand ?? null,
    last4: details.card?.last4 ?? bank?.last4 ?? null,
  };
}
