import type { Account } from '../../account.ts';
import { paramsOf } from '../../engine/protocol/form.ts';

const names = ['Ada Lovelace', 'Grace Hopper', 'Mary Jackson', 'Radia Perlman', 'Karen Jones'];

/** A customer with two cards whose monthly subscription was paid for, made through the API. */
export function makeDemoCustomer(account: Account): {
  readonly customer: string;
  readonly name: string;
} {
  const name = names[account.state.tables.customers.length % names.length] ?? 'Ada Lovelace';
  const email = `${name.split(' ')[0]?.toLowerCase()}@example.com`;
  const customer = create(account, '/v1/customers', { name, email });
  const primary = create(account, '/v1/payment_methods/pm_card_visa/attach', { customer });
  create(account, '/v1/payment_methods/pm_card_mastercard/attach', { customer });
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

/** Posts as a program would, and gives the id of what was made. */
function create(account: Account, path: string, params: object): string {
  const { answer } = account.handle({ method: 'POST', path, params: paramsOf(params) });
  const { body, status } = answer;
  if (status !== 200 || !('id' in body) || typeof body.id !== 'string') {
    throw new Error(`The demo customer was refused at ${path}: ${JSON.stringify(body)}`);
  }
  return body.id;
}
