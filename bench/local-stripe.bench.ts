import { test } from 'vitest';
import { handle, type StripeRequest } from '../local/stripe/engine/handle.ts';
import { paramsOf } from '../local/stripe/engine/protocol/form.ts';
import { emptyAccount, type StripeState } from '../local/stripe/engine/state.ts';
import { tick } from '../local/stripe/engine/tick.ts';

/**
 * The engine of the local Stripe: how much slower an account of a thousand customers is than one
 * of ten. Read the ratios; the absolute figures are this machine's.
 */
const startAt = Date.UTC(2026, 0, 31, 9, 30);
const monthMs = 32 * 86_400_000;

const post = (path: string, params: object): StripeRequest => ({
  method: 'POST',
  path,
  params: paramsOf(params),
});

/** @throws Error when Stripe refuses what the benchmark is made of. */
function send(state: StripeState, request: StripeRequest): { state: StripeState; id: string } {
  const { answer, state: after } = handle(state, request, startAt);
  if (answer.status !== 200 || !('id' in answer.body)) {
    throw new Error(`${request.path} was refused: ${JSON.stringify(answer.body)}`);
  }
  return { state: after, id: String(answer.body.id) };
}

/** An account with this many customers, each with a paid monthly subscription. */
function accountOf(customers: number): StripeState {
  const priced = send(
    emptyAccount('bench'),
    post('/v1/prices', {
      currency: 'usd',
      unit_amount: 2900,
      recurring: { interval: 'month' },
      product_data: { name: 'Plan' },
    }),
  );
  let { state } = priced;
  for (let made = 0; made < customers; made += 1) {
    const created = send(
      state,
      post('/v1/customers', {
        payment_method: 'pm_card_visa',
        invoice_settings: { default_payment_method: 'pm_card_visa' },
      }),
    );
    const items = [{ price: priced.id }];
    ({ state } = send(created.state, post('/v1/subscriptions', { customer: created.id, items })));
  }
  return state;
}

const small = accountOf(10);
const large = accountOf(1000);
const newCustomer = post('/v1/customers', { email: 'ada@example.com' });
const list: StripeRequest = { method: 'GET', path: '/v1/invoices', params: {} };

test('a new customer', async ({ bench }) => {
  await bench.compare(
    bench('of 10', () => {
      send(small, newCustomer);
    }),
    bench('of 1000', () => {
      send(large, newCustomer);
    }),
  );
});

test('a page of invoices', async ({ bench }) => {
  await bench.compare(
    bench('of 10', () => {
      handle(small, list, startAt);
    }),
    bench('of 1000', () => {
      handle(large, list, startAt);
    }),
  );
});

test('a whole world of ten customers', async ({ bench }) => {
  await bench.compare(
    bench('made from nothing', () => {
      accountOf(10);
    }),
    bench('made, and a month later renewed', () => {
      tick(accountOf(10), startAt + monthMs);
    }),
  );
});
