import type Stripe from 'stripe';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  chargeFacts,
  invoiceExpansions,
  invoiceFacts,
  paymentIntentsOf,
  paymentMethodFacts,
} from '../../../functions/adapters/stripe-facts.ts';
import {
  openWorld,
  passRenewal,
  type Subscriber,
  subscriber,
  type World,
} from '../local-stripe/world.ts';

// The objects come from the local Stripe through the real SDK, and are then changed by type.

let world: World;
let ada: Subscriber;
let invoice: Stripe.Invoice;
let charges: Stripe.Charge[];
let source: Stripe.Card;

beforeEach(async () => {
  world = await openWorld();
  ada = await subscriber(world);
  world.local.control.setCardOutcomes(ada.primary, ['insufficient_funds']);
  const id = await passRenewal(world, ada);
  invoice = await world.stripe.invoices.retrieve(id, { expand: invoiceExpansions });
  const [intent] = paymentIntentsOf(invoice);
  charges = (await world.stripe.charges.list({ payment_intent: intent?.id ?? '' })).data;
  source = cardSource(ada.customer);
});

const cardSource = (customer: string): Stripe.Card => ({
  id: 'card_old',
  object: 'card',
  address_city: null,
  address_country: null,
  address_line1: null,
  address_line1_check: null,
  address_line2: null,
  address_state: null,
  address_zip: null,
  address_zip_check: null,
  allow_redisplay: 'unspecified',
  brand: 'MasterCard',
  country: 'US',
  customer,
  cvc_check: null,
  dynamic_last4: null,
  exp_month: 4,
  exp_year: 2031,
  fingerprint: 'fp_old',
  funding: 'credit',
  last4: '4444',
  metadata: {},
  name: null,
  regulated_status: null,
  tokenization_method: null,
});

test('a failed renewal, as facts', () => {
  expect(invoiceFacts(invoice, charges)).toMatchObject({
    invoice: invoice.id,
    customer: ada.customer,
    status: 'open',
    amountDue: { amount: 2900, currency: 'usd' },
    billingReason: 'subscription_cycle',
    collectionMethod: 'charge_automatically',
    autoAdvance: true,
    livemode: false,
    paymentProcessing: false,
    hostedInvoiceUrl: invoice.hosted_invoice_url,
    subscription: { subscription: ada.subscription, status: 'past_due', collectionPaused: false },
    holder: { customer: ada.customer, deleted: false, email: 'ada@example.com', name: 'Ada' },
    primary: { method: ada.primary, customer: ada.customer, brand: 'visa', type: 'card' },
    charges: [
      {
        charge: charges[0]?.id,
        method: ada.primary,
        status: 'failed',
        createdAt: (charges[0]?.created ?? 0) * 1000,
        brand: 'visa',
        codes: {
          code: 'card_declined',
          declineCode: 'insufficient_funds',
          networkDeclineCode: '51',
        },
      },
    ],
  });
});

test('what is due is what remains, not what was billed', () => {
  const partly = { ...invoice, amount_due: 2900, amount_paid: 900, amount_remaining: 2000 };
  expect(invoiceFacts(partly, []).amountDue.amount).toBe(2000);
});

describe('who is the primary', () => {
  const factsWith = (change: Partial<Stripe.Invoice>) =>
    invoiceFacts({ ...invoice, ...change }, []);
  const methodOf = (id: string) => world.stripe.paymentMethods.retrieve(id);

  test('the invoice’s own default comes first, then its source', async () => {
    const own = await methodOf(ada.secondary);
    expect(
      factsWith({ default_payment_method: own, default_source: source }).primary,
    ).toMatchObject({ method: ada.secondary });
    expect(factsWith({ default_source: source }).primary).toMatchObject({ method: 'card_old' });
  });

  test('the subscription’s comes before the customer’s', async () => {
    await world.stripe.subscriptions.update(ada.subscription, {
      default_payment_method: ada.secondary,
    });
    const again = await world.stripe.invoices.retrieve(invoice.id ?? '', {
      expand: invoiceExpansions,
    });
    expect(invoiceFacts(again, []).primary).toMatchObject({ method: ada.secondary });
  });

  test('the customer’s source is the last, and has the brand that PaymentMethods have', () => {
    const { customer } = invoice;
    if (customer === null || typeof customer === 'string' || customer.deleted === true) {
      throw new Error('The invoice was fetched with its customer.');
    }
    const settings = { ...customer.invoice_settings, default_payment_method: null };
    const facts = factsWith({
      customer: { ...customer, invoice_settings: settings, default_source: source },
    });
    expect(facts.primary).toEqual({
      method: 'card_old',
      customer: ada.customer,
      type: 'card',
      brand: 'mastercard',
      last4: '4444',
      expMonth: 4,
      expYear: 2031,
      wallet: null,
      fingerprint: 'fp_old',
      billing: { name: null, address: null },
    });
  });

  test('there may be none', () => {
    const { customer } = invoice;
    if (customer === null || typeof customer === 'string' || customer.deleted === true) {
      throw new Error('The invoice was fetched with its customer.');
    }
    const settings = { ...customer.invoice_settings, default_payment_method: null };
    expect(factsWith({ customer: { ...customer, invoice_settings: settings } }).primary).toBeNull();
  });
});

test('a deleted customer is told, and has no address', () => {
  const deleted = {
    ...invoice,
    customer: { id: ada.customer, object: 'customer', deleted: true },
  } as const;
  expect(invoiceFacts(deleted, []).holder).toEqual({
    customer: ada.customer,
    deleted: true,
    email: null,
    name: null,
    locale: null,
    timeZone: null,
    place: null,
  });
});

test('an invoice that was fetched without its customer is refused, not misread', () => {
  expect(() => invoiceFacts({ ...invoice, customer: ada.customer }, [])).toThrow('customer');
});

test('a payment that is on its way is seen', () => {
  const payments = invoice.payments;
  const [intent] = paymentIntentsOf(invoice);
  const [payment] = payments?.data ?? [];
  if (!payments || !payment || !intent) throw new Error('The invoice was tried.');
  const processing = {
    ...payment,
    payment: { ...payment.payment, payment_intent: { ...intent, status: 'processing' as const } },
  };
  const changed = { ...invoice, payments: { ...payments, data: [processing] } };
  expect(invoiceFacts(changed, charges).paymentProcessing).toBe(true);
});

describe('a charge', () => {
  const first = (): Stripe.Charge => {
    const [charge] = charges;
    if (charge === undefined) throw new Error('The invoice was tried.');
    return charge;
  };

  test('newest first, whatever order they came in', () => {
    const [a, b] = [
      { ...first(), id: 'ch_old', created: 1_000 },
      { ...first(), id: 'ch_new', created: 2_000 },
    ];
    const order = (list: Stripe.Charge[]) =>
      invoiceFacts(invoice, list).charges.map(({ charge }) => charge);
    expect(order([a, b])).toEqual(['ch_new', 'ch_old']);
    expect(order([b, a])).toEqual(['ch_new', 'ch_old']);
  });

  test('that went through has no codes', () => {
    expect(chargeFacts({ ...first(), status: 'succeeded' })).toMatchObject({
      status: 'succeeded',
      codes: null,
    });
  });

  test('that failed without an outcome is explained by its failure code', () => {
    const bare = { ...first(), outcome: null, failure_code: 'expired_card' };
    expect(chargeFacts(bare).codes).toMatchObject({
      code: 'expired_card',
      declineCode: 'expired_card',
      networkDeclineCode: null,
    });
  });
});

describe('a payment method', () => {
  test('that was detached belongs to nobody', async () => {
    await world.stripe.paymentMethods.detach(ada.secondary);
    const detached = await world.stripe.paymentMethods.retrieve(ada.secondary);
    expect(paymentMethodFacts(detached).customer).toBeNull();
  });

  test('shows nothing that could be a card number', async () => {
    const facts = paymentMethodFacts(await world.stripe.paymentMethods.retrieve(ada.primary));
    expect(facts).toMatchObject({ last4: '4242', brand: 'visa', wallet: null });
    expect(JSON.stringify(facts)).not.toMatch(/\d{12,}/);
  });
});
