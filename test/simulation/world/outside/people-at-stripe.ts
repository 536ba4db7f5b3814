import type { Params } from '../../../../local/stripe/engine/protocol/parameters.ts';
import type { World } from '../world.ts';
import { ask, post } from './business.ts';
import {
  anyCustomer,
  anyMethod,
  anyOpenInvoice,
  anySubscription,
  isDeleted,
  methodsOf,
} from './find.ts';
import type { Act } from './happen.ts';
import { addMethod } from './set-up.ts';

/** Somebody changes another default of what is charged. */
const changeDefault =
  (to: (world: World, method: string, customer: string) => boolean): Act =>
  (world) => {
    const known = anyCustomer(world);
    const method = anyMethod(world, known);
    return method !== undefined && to(world, method.id, known.customer);
  };

const defaultOfCustomer = changeDefault((world, method, customer) => {
  const invoice_settings = { default_payment_method: method };
  post(world, `/v1/customers/${customer}`, { invoice_settings });
  return true;
});

const defaultOfSubscription = changeDefault((world, method, customer) => {
  const own = world.stripe.tables.subscriptions.filter((each) => each.customer === customer);
  const subscription = world.random.pickAny(own);
  if (subscription === undefined || subscription.status === 'canceled') return false;
  post(world, `/v1/subscriptions/${subscription.id}`, { default_payment_method: method });
  return true;
});

const defaultOfInvoice = changeDefault((world, method, customer) => {
  const invoice = anyOpenInvoice(world);
  if (invoice?.customer !== customer) return false;
  post(world, `/v1/invoices/${invoice.id}`, { default_payment_method: method });
  return true;
});

function addCard(world: World): boolean {
  const known = anyCustomer(world);
  if (isDeleted(world, known)) return false;
  const method = addMethod(world, known);
  if (world.random.chance(0.5)) {
    const invoice_settings = { default_payment_method: method };
    post(world, `/v1/customers/${known.customer}`, { invoice_settings });
  }
  return true;
}

function detach(world: World): boolean {
  const method = anyMethod(world, anyCustomer(world));
  if (method === undefined) return false;
  post(world, `/v1/payment_methods/${method.id}/detach`);
  return true;
}

const onOpenInvoice =
  (what: string, params: Params = {}): Act =>
  (world) => {
    const invoice = anyOpenInvoice(world);
    if (invoice === undefined) return false;
    post(world, `/v1/invoices/${invoice.id}${what}`, params);
    return true;
  };

/** The customer pays by hand, on Stripe's page of the invoice. */
function payByHand(world: World): boolean {
  const invoice = anyOpenInvoice(world);
  const known = world.customers.find(({ customer }) => customer === invoice?.customer);
  if (invoice === undefined || known === undefined) return false;
  const method = world.random.pickAny(methodsOf(world, known));
  if (method === undefined) return false;
  post(world, `/v1/invoices/${invoice.id}/pay`, {
    payment_method: method.id,
    off_session: world.random.chance(0.5) ? 'true' : 'false',
  });
  return true;
}

const onSubscription =
  (change: (world: World, id: string) => void): Act =>
  (world) => {
    const subscription = anySubscription(world);
    if (subscription === undefined) return false;
    change(world, subscription.id);
    return true;
  };

function deleteCustomer(world: World): boolean {
  const known = anyCustomer(world);
  if (isDeleted(world, known) || world.random.chance(0.7)) return false;
  ask(world, 'DELETE', `/v1/customers/${known.customer}`);
  return true;
}

/** The business says of which subscriptions the backup may pay the invoices. */
const mark = onSubscription((world, id) => {
  const backstop_fallback = world.random.pick(['on', 'off', '']);
  post(world, `/v1/subscriptions/${id}`, { metadata: { backstop_fallback } });
});

/** The business learns in which time zone somebody lives, or forgets it. */
function move(world: World): boolean {
  const known = anyCustomer(world);
  if (isDeleted(world, known)) return false;
  const timezone = world.random.pick(['Asia/Kolkata', 'America/St_Johns', 'Europe/Berlin', '']);
  post(world, `/v1/customers/${known.customer}`, { metadata: { timezone } });
  return true;
}

export const peopleAtStripe = {
  subscription_marked: mark,
  customer_moves: move,
  customer_default_changes: defaultOfCustomer,
  subscription_default_changes: defaultOfSubscription,
  invoice_default_changes: defaultOfInvoice,
  card_added: addCard,
  method_detached: detach,
  paid_out_of_band: onOpenInvoice('/pay', { paid_out_of_band: 'true' }),
  paid_by_customer: payByHand,
  voided: onOpenInvoice('/void'),
  marked_uncollectible: onOpenInvoice('/mark_uncollectible'),
  stripe_collects_again: onOpenInvoice('', { auto_advance: 'true' }),
  subscription_cancelled: onSubscription(
    (world, id) => void ask(world, 'DELETE', `/v1/subscriptions/${id}`),
  ),
  collection_paused: onSubscription(
    (world, id) =>
      void post(world, `/v1/subscriptions/${id}`, { pause_collection: { behavior: 'void' } }),
  ),
  collection_resumed: onSubscription(
    (world, id) => void post(world, `/v1/subscriptions/${id}`, { pause_collection: '' }),
  ),
  customer_deleted: deleteCustomer,
} satisfies Record<string, Act>;
