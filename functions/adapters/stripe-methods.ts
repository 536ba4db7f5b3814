import type Stripe from 'stripe';
import { customerId, paymentMethodId, setupIntentId } from '../domain/ids.ts';
import type { StripeRefusal } from '../domain/stripe/stripe-facts.ts';
import type {
  MethodChange,
  SetupIntentFacts,
  SetupOrder,
  StripeMethods,
} from '../domain/stripe/stripe-methods.ts';
import { addressParameters, orEmpty } from './stripe-address.ts';
import type { StripeConnection } from './stripe-connection.ts';
import { paymentMethodFacts } from './stripe-facts.ts';

/** Stripe's most for one page of a list. */
const pageSize = 100;

/** A customer's payment methods at Stripe, one request a call where one is enough. */
export function createStripeMethods({ read, change }: StripeConnection): StripeMethods {
  const all = <Row extends { readonly id: string }>(
    list: (stripe: Stripe, page: Page) => Promise<Stripe.ApiList<Row>>,
  ): Promise<readonly Row[] | null> => readAll(read, list);
  const subscriptionsOf = async (customer: string) =>
    (await all((stripe, page) => stripe.subscriptions.list({ customer, ...page }))) ?? [];
  const unpaidInvoicesOf = async (customer: string) => {
    const ofStatus = (status: 'draft' | 'open') =>
      all((stripe, page) => stripe.invoices.list({ customer, status, ...page }));
    const lists = await Promise.all([ofStatus('draft'), ofStatus('open')]);
    return lists.flatMap((list) => list ?? []);
  };

  return {
    async methodsOf(customer) {
      const methods = await all((stripe, page) =>
        stripe.customers.listPaymentMethods(customer, page),
      );
      return methods === null ? null : methods.map(paymentMethodFacts);
    },
    async primaryOf(customer) {
      const holder = await read((stripe) => stripe.customers.retrieve(customer));
      const subscriptions = holder === null ? [] : await subscriptionsOf(customer);
      const own = subscriptions.filter(isStanding).map(ownDefault).find(isNamed);
      const named = own ?? (holder === null || holder.deleted ? null : defaultOf(holder));
      return { primary: named === null ? null : paymentMethodId(named) };
    },
    async setupIntentsOf(customer) {
      const list = await read((stripe) => stripe.setupIntents.list({ customer, limit: 20 }));
      return (list?.data ?? []).map(setupIntentFacts);
    },
    async setupIntent(id) {
      const intent = await read((stripe) => stripe.setupIntents.retrieve(id));
      return intent === null ? null : setupIntentFacts(intent);
    },
    async createSetupIntent(order, key) {
      const made = await change((stripe) =>
        stripe.setupIntents.create(setupParameters(order), { idempotencyKey: key }),
      );
      return 'refused' in made ? made : setupIntentFacts(made);
    },
    async updateMethod(method, changes, key) {
      const made = await change((stripe) =>
        stripe.paymentMethods.update(method, methodParameters(changes), { idempotencyKey: key }),
      );
      return 'refused' in made ? made : paymentMethodFacts(made);
    },
    async detach(method, key) {
      const made = await change((stripe) =>
        stripe.paymentMethods.detach(method, {}, { idempotencyKey: key }),
      );
      if (!('refused' in made)) return null;
      // Refused as well where nothing is left to detach: a look tells the one from the other.
      const now = await read((stripe) => stripe.paymentMethods.retrieve(method));
      return now === null || now.customer === null ? null : made;
    },
    async setPrimary(customer, method, key) {
      const refusals: StripeRefusal[] = [];
      const set = async (ask: (stripe: Stripe) => Promise<object>) => {
        const answer = await change(ask);
        if (isRefusal(answer)) refusals.push(answer);
      };
      await set((stripe) =>
        stripe.customers.update(
          customer,
          { invoice_settings: { default_payment_method: method } },
          { idempotencyKey: key },
        ),
      );
      for (const each of (await subscriptionsOf(customer)).filter(isStanding)) {
        if (!isNamed(ownDefault(each))) continue;
        await set((stripe) =>
          stripe.subscriptions.update(each.id, ownDefaults(each, method), {
            idempotencyKey: `${key}-${each.id}`,
          }),
        );
      }
      for (const each of await unpaidInvoicesOf(customer)) {
        if (!isNamed(ownDefault(each))) continue;
        await set((stripe) =>
          stripe.invoices.update(each.id, ownDefaults(each, method), {
            idempotencyKey: `${key}-${each.id}`,
          }),
        );
      }
      return refusals[0] ?? null;
    },
    async needsMethod(customer) {
      if ((await subscriptionsOf(customer)).some(needsPaying)) return 'subscription';
      return (await unpaidInvoicesOf(customer)).some(needsPaying) ? 'invoice' : null;
    },
  };
}

type Page = { readonly limit: number; readonly starting_after?: string };

/** All pages of a list; `null` where Stripe does not know whose list it is. */
async function readAll<Row extends { readonly id: string }>(
  read: StripeConnection['read'],
  list: (stripe: Stripe, page: Page) => Promise<Stripe.ApiList<Row>>,
): Promise<readonly Row[] | null> {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1);
    const page = { limit: pageSize, ...(last && { starting_after: last.id }) };
    const answer = await read((stripe) => list(stripe, page));
    if (answer === null) return null;
    rows.push(...answer.data);
    if (!answer.has_more || answer.data.length === 0) return rows;
  }
}

const isRefusal = (answer: object): answer is StripeRefusal => 'refused' in answer;

type HasDefaults = Pick<Stripe.Subscription, 'default_payment_method' | 'default_source'>;

/** The method that a subscription or an invoice names itself, in Stripe's order. */
const ownDefault = (row: HasDefaults): string | null =>
  idOf(row.default_payment_method) ?? idOf(row.default_source);

const defaultOf = ({ invoice_settings: settings, default_source: source }: Stripe.Customer) =>
  idOf(settings.default_payment_method) ?? idOf(source);

/** An older source would be charged again as soon as the method is gone: it goes as well. */
const ownDefaults = (row: HasDefaults, method: string) => ({
  default_payment_method: method,
  ...(row.default_source === null ? {} : { default_source: '' as const }),
});

const isNamed = (id: string | null): id is string => id !== null;

/** What has ended looks for no method any more, and takes none. */
const isStanding = ({ status }: Stripe.Subscription): boolean =>
  status !== 'canceled' && status !== 'incomplete_expired';

/** What is sent as a bill is not charged to a method. */
const needsPaying = (row: {
  readonly collection_method: string;
  readonly status: string | null;
}): boolean =>
  row.collection_method === 'charge_automatically' &&
  row.status !== 'canceled' &&
  row.status !== 'incomplete_expired';

const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null);

const setupParameters = (order: SetupOrder): Stripe.SetupIntentCreateParams => ({
  customer: order.customer,
  // Stripe's own list of types is longer; the settings' schema holds those that it takes.
  allowed_payment_method_types:
    order.allowedTypes as Stripe.SetupIntentCreateParams.AllowedPaymentMethodType[],
  // To be charged when the customer is not there.
  usage: 'off_session',
  metadata: { ...order.metadata },
});

function setupIntentFacts(intent: Stripe.SetupIntent): SetupIntentFacts {
  const customer = idOf(intent.customer);
  const method = idOf(intent.payment_method);
  const error = intent.last_setup_error;
  return {
    setupIntent: setupIntentId(intent.id),
    customer: customer === null ? null : customerId(customer),
    status: intent.status,
    clientSecret: intent.client_secret,
    method: method === null ? null : paymentMethodId(method),
    lastErrorCode: error === null ? null : (error.decline_code ?? error.code ?? error.type),
    allowedTypes: intent.allowed_payment_method_types,
    metadata: intent.metadata ?? {},
    createdAt: intent.created * 1000,
  };
}

function methodParameters({
  expMonth,
  expYear,
  billing,
}: MethodChange): Stripe.PaymentMethodUpdateParams {
  const card = {
    ...(expMonth === undefined ? {} : { exp_month: expMonth }),
    ...(expYear === undefined ? {} : { exp_year: expYear }),
  };
  return {
    ...(Object.keys(card).length === 0 ? {} : { card }),
    ...(billing === undefined
      ? {}
      : {
          billing_details: {
            name: orEmpty(billing.name),
            address: addressParameters(billing.address),
          },
        }),
  };
}
