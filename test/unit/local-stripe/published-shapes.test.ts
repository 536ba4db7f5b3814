import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createMovableClock } from '../../../local/clock.ts';
import { type LocalStripe, startLocalStripe } from '../../../local/stripe/server.ts';
import { callBilling } from './calls/call-billing.ts';
import { callCatalogue } from './calls/call-catalogue.ts';
import { callCustomers } from './calls/call-customers.ts';
import { callPayments } from './calls/call-payments.ts';
import { gapsOf, type Shape } from './compare-shape.ts';
import { sdkInterface } from './sdk-types.ts';
import { clientOf, startAt } from './world.ts';

/**
 * What Stripe's published examples have, derived by tools/derive-shapes.ts. They are of 2026-08;
 * keys that are newer are known from the `stripe` package.
 */
const published: Readonly<Record<string, Shape>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'published-shapes.json'), 'utf8'),
);

/** Where the local Stripe is right to differ from the examples, and why. */
const differences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  charge: {
    'refunds is missing': 'expandable only, since 2022-11-15',
  },
  invoice: {
    'subscription is missing': 'in parent.subscription_details, since 2025-03-31.basil',
  },
};

type Tables = ReturnType<LocalStripe['control']['state']>['tables'];

interface Kind {
  /** Where the `stripe` package declares it. */
  readonly declared: readonly [file: string, name: string];
  /** How it is asked for, one after the other. */
  readonly asked: (tables: Tables) => readonly string[];
  /** Where in the answer it stands. @default the answer itself */
  readonly within?: (answer: Answer) => readonly unknown[];
  readonly method?: 'DELETE';
}

type Answer = Readonly<Record<string, unknown>>;

const by =
  (path: string, table: keyof Tables) =>
  (tables: Tables): string[] =>
    tables[table].map(({ id }) => `/v1/${path}/${id}`);

const dataOf = (list: unknown): readonly unknown[] =>
  typeof list === 'object' && list !== null && 'data' in list && Array.isArray(list.data)
    ? list.data
    : [];

const plain = (file: string, name: string, path: string, table: keyof Tables): Kind => ({
  declared: [file, name],
  asked: by(path, table),
});

const sourcesOf = ({ sources }: Tables) =>
  sources.flatMap(({ id, customer }) =>
    customer === null ? [] : [`/v1/customers/${customer}/sources/${id}`],
  );

/** Everything that is compared, by its name among the published examples. */
const kinds: Readonly<Record<string, Kind>> = {
  balance_transaction: {
    declared: ['BalanceTransactions', 'BalanceTransaction'],
    asked: by('disputes', 'disputes'),
    within: ({ balance_transactions: moved }) => (Array.isArray(moved) ? moved : []),
  },
  card: { declared: ['Cards', 'Card'], asked: sourcesOf },
  charge: plain('Charges', 'Charge', 'charges', 'charges'),
  customer: {
    declared: ['Customers', 'Customer'],
    asked: ({ customers }) =>
      customers.filter(({ deleted }) => !deleted).map(({ id }) => `/v1/customers/${id}`),
  },
  dispute: plain('Disputes', 'Dispute', 'disputes', 'disputes'),
  event: plain('Events', 'EventBase', 'events', 'events'),
  invoice: plain('Invoices', 'Invoice', 'invoices', 'invoices'),
  invoice_payment: plain(
    'InvoicePayments',
    'InvoicePayment',
    'invoice_payments',
    'invoice_payments',
  ),
  invoiceitem: plain('InvoiceItems', 'InvoiceItem', 'invoiceitems', 'invoiceitems'),
  line_item: {
    declared: ['InvoiceLineItems', 'InvoiceLineItem'],
    asked: ({ invoices }) => invoices.map(({ id }) => `/v1/invoices/${id}/lines`),
    within: dataOf,
  },
  mandate: plain('Mandates', 'Mandate', 'mandates', 'mandates'),
  payment_intent: plain('PaymentIntents', 'PaymentIntent', 'payment_intents', 'payment_intents'),
  payment_method: plain('PaymentMethods', 'PaymentMethod', 'payment_methods', 'payment_methods'),
  plan: {
    declared: ['Plans', 'Plan'],
    asked: ({ prices }) =>
      prices.filter(({ recurring }) => recurring !== null).map(({ id }) => `/v1/plans/${id}`),
  },
  price: plain('Prices', 'Price', 'prices', 'prices'),
  product: plain('Products', 'Product', 'products', 'products'),
  refund: plain('Refunds', 'Refund', 'refunds', 'refunds'),
  setup_attempt: {
    declared: ['SetupAttempts', 'SetupAttempt'],
    asked: ({ setup_intents }) =>
      setup_intents.map(({ id }) => `/v1/setup_attempts?setup_intent=${id}`),
    within: dataOf,
  },
  setup_intent: plain('SetupIntents', 'SetupIntent', 'setup_intents', 'setup_intents'),
  subscription: plain('Subscriptions', 'Subscription', 'subscriptions', 'subscriptions'),
  subscription_item: {
    declared: ['SubscriptionItems', 'SubscriptionItem'],
    asked: by('subscriptions', 'subscriptions'),
    within: ({ items }) => dataOf(items),
  },
  tax_id: plain('TaxIds', 'TaxId', 'tax_ids', 'tax_ids'),
  'test_helpers.test_clock': plain(
    'TestHelpers/TestClocks',
    'TestClock',
    'test_helpers/test_clocks',
    'test_clocks',
  ),
  token: plain('Tokens', 'Token', 'tokens', 'tokens'),
  webhook_endpoint: plain(
    'WebhookEndpoints',
    'WebhookEndpoint',
    'webhook_endpoints',
    'webhook_endpoints',
  ),
  deleted_customer: {
    declared: ['Customers', 'DeletedCustomer'],
    asked: ({ customers }) =>
      customers.filter(({ deleted }) => deleted).map(({ id }) => `/v1/customers/${id}`),
  },
  deleted_invoice: {
    declared: ['Invoices', 'DeletedInvoice'],
    asked: ({ invoices }) =>
      invoices
        .filter(({ status, parent }) => status === 'draft' && parent === null)
        .map(({ id }) => `/v1/invoices/${id}`),
    method: 'DELETE',
  },
  deleted_payment_source: {
    declared: ['Cards', 'DeletedCard'],
    asked: sourcesOf,
    method: 'DELETE',
  },
  deleted_tax_id: {
    declared: ['TaxIds', 'DeletedTaxId'],
    asked: by('tax_ids', 'tax_ids'),
    method: 'DELETE',
  },
};

describe('objects of an account in which everything happened', () => {
  const clock = createMovableClock({ startAt });
  let local: LocalStripe;

  beforeAll(async () => {
    local = await startLocalStripe({ clock });
    const world = { clock, local, stripe: clientOf(local) };
    await callCatalogue(world);
    const customer = await callCustomers(world);
    await callBilling(world, customer);
    await callPayments(world, customer);
    return async () => {
      clock.stop();
      await local.stop();
    };
  });

  async function ask(path: string, method = 'GET'): Promise<Answer> {
    const headers = { authorization: `Bearer ${local.apiKey}` };
    const response = await fetch(`${local.url}${path}`, { method, headers });
    const answer: Answer = JSON.parse(await response.text());
    expect(response.status, `${path}: ${JSON.stringify(answer)}`).toBe(200);
    return answer;
  }

  test.for(Object.entries(kinds))('%s is what Stripe publishes', async ([name, kind]) => {
    const { declared, asked, method, within = (answer) => [answer] } = kind;
    const sdk = [sdkInterface(`${declared[0]}.d.ts`, declared[1])];
    const standard = { published: published[name] ?? {}, sdk };
    const gaps = new Set<string>();
    let count = 0;
    for (const path of asked(local.control.state().tables)) {
      for (const object of within(await ask(path, method))) {
        count += 1;
        for (const gap of gapsOf(object, standard)) gaps.add(gap);
      }
    }
    expect(count, `how many of ${name} were compared`).toBeGreaterThan(0);
    expect([...gaps].sort()).toEqual(Object.keys(differences[name] ?? {}).sort());
  });

  test('every published example is compared', () => {
    expect(Object.keys(kinds).sort()).toEqual(Object.keys(published).sort());
  });
});
