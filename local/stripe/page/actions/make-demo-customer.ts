import type { Account } from '../../account.ts';
import { paramsOf } from '../../engine/protocol/form.ts';

const names = ['Ada Lovelace', 'Grace Hopper', 'Mary Jackson', 'Radia Perlman', 'Karen Jones'];

/** What a demo customer pays with. */
export const demoMethods = ['cards', 'bank_account'] as const;
export type DemoMethods = (typeof demoMethods)[number];

/** A customer with a monthly subscription whose first month was charged, made through the API. */
export function makeDemoCustomer(
  account: Account,
  kind: DemoMethods,
): { readonly customer: string; readonly name: string } {
  const name = names[account.state.tables.customers.length % names.length] ?? 'Ada Lovelace';
  const email = `${name.split(' ')[0]?.toLowerCase()}@example.com`;
  const customer = create(account, '/v1/customers', { name, email });
  const primary = kind === 'cards' ? saveCards(account, customer) : saveBank(account, customer);
  create(account, `/v1/customers/${customer}`, {
    invoice_settings: { default_payment_method: primary },
  });
  const price = create(account, '/v1/prices', {
    currency: 'usd',
    unit_amount: 2900,
    recurring: { interval: 'month' },
    product_data: { name: 'Demo plan' },
  });
  create(account, '/v1/subscriptions', { customer, items: [{ price }] });
  return { customer, name };
}

/** Saves two cards, and gives the first. */
function saveCards(account: Account, customer: string): string {
  const primary = create(account, '/v1/payment_methods/pm_card_visa/attach', { customer });
  create(account, '/v1/payment_methods/pm_card_mastercard/attach', { customer });
  return primary;
}

/** Saves a bank account with a mandate, which its holder proves by two small deposits. */
function saveBank(account: Account, customer: string): string {
  const setup = create(account, '/v1/setup_intents', {
    customer,
    payment_method: 'pm_usBankAccount_success',
    mandate_data: { customer_acceptance: { type: 'offline' } },
    confirm: true,
  });
  create(account, `/v1/setup_intents/${setup}/verify_microdeposits`, { amounts: [32, 45] });
  const done = account.state.tables.setup_intents.find(({ id }) => id === setup);
  if (typeof done?.payment_method !== 'string') throw new Error(`${setup} saved no account.`);
  return done.payment_method;
}

/** Posts as a program would, and gives the id of what was made. */
function create(account: Account, path: string, params: object): string {
  const { answer } = account.handle({ method: 'POST', path, params: paramsOf(params) });
  const { body, status } = answer;
  if (status !== 200 || !('id' in body) || typeof body.id !== 'string') {
    throw new Error(`The demo customer was refused at ${path}: ${JSON.stringify(body)}`);
  }
  return body.id;
}
