import { fieldOf } from '../coverage.ts';
import type { KnownCustomer, World } from '../world.ts';
import { agree, agreedToCard, disagree } from './agreements.ts';
import { type Ask, granted, readView, type Seen } from './asking.ts';
import { anyCustomer, isDeleted } from './find.ts';
import type { Act } from './happen.ts';
import { asOwner } from './people.ts';
import { cards } from './set-up.ts';

/** What an owner does in the page, with what they saw there. */
type InPage = (world: World, known: KnownCustomer, ask: Ask, seen: Seen) => Promise<void>;

const minute = 60_000;

/** An owner opens the page, looks at it for a while and does something. */
export const inPage =
  (act: InPage, whose: (world: World) => KnownCustomer | undefined = anyCustomer): Act =>
  (world) => {
    const known = whose(world);
    if (known === undefined || isDeleted(world, known)) return false;
    void asOwner(world, known, async (ask) => {
      const seen = readView(granted(await ask('GET /portal/view')));
      if (seen === null) return;
      await world.api.pause(world.random.below(minute));
      await act(world, known, ask, seen);
    });
    return true;
  };

/** To the text in the language of the customer: each of them always reads the same one. */
function consentOf({ customer }: KnownCustomer, { consent: { textVersion, languages } }: Seen) {
  const language = languages[customer.charCodeAt(customer.length - 1) % (languages.length + 1)];
  // An older page does not say which one was read.
  return { textVersion, ...(language !== undefined && { language }) };
}

/** Another card, entered in Stripe's fields. */
const addCard: InPage = async (world, known, ask, seen) => {
  const { random, stripe, api } = world;
  const role = random.pick(['primary', 'secondary', 'secondary', 'spare']);
  const consent = role === 'secondary' ? { consent: consentOf(known, seen) } : {};
  const started = granted(await ask('POST /portal/setup-intents', { body: { role, ...consent } }));
  if (started === null || random.chance(0.05)) return;
  await api.pause(random.below(minute));
  const setupIntent = String(fieldOf(started, 'setupIntent'));
  const client_secret = String(fieldOf(started, 'clientSecret'));
  const { body: confirmed } = stripe.request('page', {
    method: 'POST',
    path: `/v1/setup_intents/${setupIntent}/confirm`,
    params: { client_secret, payment_method: random.pick(cards) },
  }).answer;
  const method = String(fieldOf(confirmed, 'payment_method'));
  // Some close the page too early.
  if (fieldOf(confirmed, 'status') !== 'succeeded' || random.chance(0.05)) return;
  const confirm = () =>
    ask('POST /portal/setup-intents/{setupIntent}/confirm', { path: { setupIntent } });
  const isAgreed = role === 'secondary' || agreedToCard(world, known, method);
  await (isAgreed ? agree(world, known, method, confirm) : confirm());
};

const changeCard: InPage = async ({ random }, _known, ask, { methods }) => {
  const method = random.pickAny(methods);
  if (method === undefined) return;
  const body = {
    expMonth: random.between(1, 12),
    expYear: random.between(2027, 2034),
    ...(random.chance(0.3) && { billing }),
  };
  await ask('PATCH /portal/methods/{method}', { path: { method }, body });
};

const billing = {
  name: 'A name on a bill',
  address: {
    line1: 'Some Street 1',
    line2: null,
    city: 'Some City',
    postalCode: '12345',
    state: null,
    country: 'DE',
  },
};

/** Sets the primary, sets or drops the backup, or swaps the two. */
const changeRoles: InPage = async (world, known, ask, seen) => {
  const { random } = world;
  const { version, primary, secondary } = seen;
  const other = random.pickAny(seen.methods.filter((each) => each !== primary)) ?? null;
  const wishes = [
    { primary, secondary: other },
    { primary: other, secondary: secondary === other ? null : secondary },
    { primary: secondary ?? primary, secondary: secondary === null ? null : primary },
    { primary, secondary: null },
  ];
  const wish = random.pick(wishes);
  const put = (body: object) => ask('PUT /portal/roles', { body: { version, ...wish, ...body } });
  if (wish.secondary === null) await put({});
  else await agree(world, known, wish.secondary, () => put({ consent: consentOf(known, seen) }));
};

const remove: InPage = async ({ random }, _known, ask, { version, methods, primary }) => {
  const method = random.pickAny(methods);
  if (method === undefined) return;
  const others = methods.filter((each) => each !== method);
  const replacement = method === primary ? random.pickAny(others) : undefined;
  const query = {
    version: String(version),
    ...(replacement !== undefined && random.chance(0.9) && { primary: replacement }),
  };
  await ask('DELETE /portal/methods/{method}', { path: { method }, query });
};

const withdraw: InPage = async (world, known, ask, { secondary }) => {
  if (secondary === null) return;
  await disagree(world, known, secondary, () =>
    ask('DELETE /portal/methods/{method}/consent', { path: { method: secondary } }),
  );
};

/** Where nothing is under way, and something is to be paid. */
const unpaidStates: ReadonlySet<unknown> = new Set([
  'due',
  'waiting',
  'action_required',
  'exhausted',
]);

/** Somebody who has an invoice to pay. */
function anyDebtor({ table, customers, random }: World): KnownCustomer | undefined {
  const unpaid = table.items.filter(
    ({ sk, state }) => sk.startsWith('V#CASE#') && unpaidStates.has(state),
  );
  const owes = random.pickAny(unpaid)?.customer;
  return customers.find(({ customer }) => customer === owes);
}

/** Most often with what Stripe charges by itself; now and then with another method. */
const payNow: InPage = async (world, _known, ask, { invoices, methods }) => {
  const { random, api, stripe } = world;
  const invoice = random.pickAny(invoices);
  if (invoice === undefined) return;
  const path = { invoice };
  const wanted = random.chance(0.5) ? random.pickAny(methods) : undefined;
  const body = wanted === undefined ? {} : { method: wanted };
  const started = granted(await ask('POST /portal/cases/{invoice}/payments', { path, body }));
  if (started === null) return;
  if (random.chance(0.2)) return;
  // Most at once, some when the lease is over or nearly so.
  await api.pause(random.chance(0.7) ? random.below(minute) : random.between(13, 30) * minute);
  const client_secret = String(fieldOf(started, 'clientSecret'));
  const named = String(fieldOf(started, 'method'));
  const payment_method = random.chance(0.8) ? named : (random.pickAny(methods) ?? named);
  stripe.request('page', {
    method: 'POST',
    path: `/v1/payment_intents/${client_secret.split('_secret_')[0]}/confirm`,
    params: { client_secret, payment_method, return_url: 'https://billing.simulation.example' },
  });
  if (random.chance(0.7)) await ask('POST /portal/cases/{invoice}/look', { path });
};

export const customersAndMethods = {
  customer_adds_card: inPage(addCard),
  customer_replaces_card: inPage(addCard, anyDebtor),
  customer_changes_card: inPage(changeCard),
  customer_changes_roles: inPage(changeRoles),
  customer_removes_method: inPage(remove),
  customer_withdraws_consent: inPage(withdraw),
  customer_pays_now: inPage(payNow, anyDebtor),
} satisfies Record<string, Act>;
