import { handledEventTypes } from '../../../../functions/domain/stripe/stripe-events.ts';
import type { Params } from '../../../../local/stripe/engine/protocol/parameters.ts';
import { fieldOf } from '../coverage.ts';
import type { KnownCustomer, World } from '../world.ts';
import { idOf, post } from './business.ts';
import { drawAnswersOf } from './card-answers.ts';
import { giveBackup } from './staff.ts';

/** A webhook endpoint as docs/runbook.md has it made. @returns its signing secret. */
export function setUpEndpoint(world: Pick<World, 'stripe'>): string {
  const { body } = world.stripe.request('business', {
    method: 'POST',
    path: '/v1/webhook_endpoints',
    params: { url: 'https://api.example.com/webhooks/stripe', enabled_events: handledEventTypes },
  }).answer;
  return String(fieldOf(body, 'secret'));
}

/** The customers of a seed, each with a subscription, and most with a backup. */
export function setUpCustomers(world: World): void {
  for (let number = 1; number <= world.plan.customers; number += 1) setUpCustomer(world, number);
}

const at = (country: string, state?: string) => ({
  address: { country, ...(state !== undefined && { state }) },
});

/** Where a customer lives, as far as Stripe knows. */
const homes: readonly Params[] = [
  {},
  {},
  at('US', 'CA'),
  at('AU', 'WA'),
  at('BR', 'AM'),
  at('IN'),
  { ...at('DE'), preferred_locales: ['de-DE'] },
  { metadata: { timezone: 'Pacific/Auckland' } },
  { ...at('GB'), metadata: { timezone: 'America/Sao_Paulo' } },
  { ...at('CA', 'BC'), metadata: { timezone: 'Nowhere/At_all' } },
];

const currencies = ['usd', 'usd', 'eur', 'jpy'] as const;

function setUpCustomer(world: World, number: number): void {
  const { random } = world;
  const email = `owner-${number}@simulation.example`;
  const customer = idOf(
    post(world, '/v1/customers', { email, name: `Owner ${number}`, ...random.pick(homes) }),
  );
  const currency = random.pick(currencies);
  const product = idOf(post(world, '/v1/products', { name: 'Alerts' }));
  const price = idOf(
    post(world, '/v1/prices', {
      product,
      currency,
      unit_amount: String(random.between(500, 5000)),
      recurring: { interval: world.plan.outside.has('monthly_renewals') ? 'month' : 'year' },
    }),
  );
  const known: KnownCustomer = { customer, email, currency, price, backups: [], agreeing: 0 };
  world.customers.push(known);
  const primary = addMethod(world, known);
  post(world, `/v1/customers/${customer}`, {
    invoice_settings: { default_payment_method: primary },
  });
  subscribe(world, known, random.chance(0.5) ? primary : null);
  // Most that is of interest begins with a refusal.
  if (random.chance(0.6)) drawAnswersOf(world, primary);
  if (random.chance(0.9)) giveBackup(world, known, addBackup(world, known, primary));
}

export function subscribe(
  world: World,
  { customer, price }: KnownCustomer,
  method: string | null,
): string {
  const answer = post(world, '/v1/subscriptions', {
    customer,
    items: [{ price }],
    ...(method === null ? {} : { default_payment_method: method }),
    ...(world.random.chance(0.4) && {
      payment_settings: { save_default_payment_method: 'on_subscription' },
    }),
    ...(world.random.chance(0.5) && {
      metadata: { backstop_fallback: world.random.pick(['on', 'on', 'off']) },
    }),
  });
  return idOf(answer);
}

export const cards = [
  'pm_card_visa',
  'pm_card_mastercard',
  'pm_card_mastercard_debit',
  'pm_card_amex',
  'pm_card_discover',
  'pm_card_jcb',
  'pm_card_visa_debit',
];

/** Another card, now and then a copy of one; seldom a bank account, where its currency fits. */
export function addMethod(world: World, { customer, currency }: KnownCustomer): string {
  const account = bankAccountOf(world, currency);
  if (account !== null && world.random.chance(0.2)) return addAccount(world, customer, account);
  return idOf(post(world, `/v1/payment_methods/${world.random.pick(cards)}/attach`, { customer }));
}

function addBackup(world: World, known: KnownCustomer, primary: string): string {
  // Some name their only card as its own backup, or another copy of it.
  if (world.random.chance(0.05)) return primary;
  const isSame = world.random.chance(0.1);
  const added = addMethod(world, known);
  return isSame || cardOf(world, added) !== cardOf(world, primary)
    ? added
    : addMethod(world, known);
}

/** What stands for the card, whichever method carries it. */
const cardOf = ({ stripe }: World, method: string): unknown => {
  const row = stripe.tables.payment_methods.find(({ id }) => id === method);
  return row?.type === 'card' ? row.card.fingerprint : method;
};

function bankAccountOf({ random }: World, currency: string): string | null {
  if (currency === 'usd') {
    return random.pick([
      'pm_usBankAccount_success',
      'pm_usBankAccount_insufficientFunds',
      'pm_usBankAccount_accountClosed',
    ]);
  }
  if (currency !== 'eur') return null;
  return random.pick(['pm_sepaDebit_success_de', 'pm_sepaDebit_failed_de']);
}

/** An account with a mandate; one in the United States is verified by two small deposits. */
function addAccount(world: World, customer: string, account: string): string {
  const set = post(world, '/v1/setup_intents', {
    customer,
    payment_method: account,
    confirm: 'true',
    allowed_payment_method_types: [account.includes('sepa') ? 'sepa_debit' : 'us_bank_account'],
    mandate_data: { customer_acceptance: { type: 'offline' } },
  });
  if (fieldOf(set, 'status') === 'requires_action') {
    post(world, `/v1/setup_intents/${idOf(set)}/verify_microdeposits`, { amounts: ['32', '45'] });
  }
  return String(fieldOf(set, 'payment_method'));
}
