import { describe, expect, test } from 'vitest';
import { handle } from '../../../local/stripe/engine/handle.ts';
import { paramsOf } from '../../../local/stripe/engine/protocol/form.ts';
import type { Route } from '../../../local/stripe/engine/protocol/route.ts';
import { routes } from '../../../local/stripe/engine/routes/all.ts';
import { emptyAccount } from '../../../local/stripe/engine/state.ts';
import { startAt } from './world.ts';

const unknownId = 'none_1';

const pathOf = ({ pieces }: Route) =>
  `/${pieces.map((piece) => (piece === '*' ? unknownId : piece)).join('/')}`;

const nameOf = (route: Route) => `${route.method} ${pathOf(route)}`;

function refusalOf(method: string, path: string, params: object) {
  const { answer, events } = handle(
    emptyAccount('t'),
    { method, path, params: paramsOf(params) },
    startAt,
  );
  expect(events).toEqual([]);
  return { status: answer.status, ...answer.body };
}

const documented = (code: string) =>
  `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}`;

/** Calls that ask for something before they look for the object in their path. */
const needed: Readonly<Record<string, object>> = {
  'POST /v1/customers/none_1/sources': { source: 'tok_visa' },
  'POST /v1/payment_methods/none_1/attach': { customer: unknownId },
  'POST /v1/test_helpers/test_clocks/none_1/advance': { frozen_time: 1 },
};

describe('every call', () => {
  test.for(routes.map((route) => [nameOf(route), route] as const))(
    '%s refuses a parameter that it does not know',
    ([, route]) => {
      expect(refusalOf(route.method, pathOf(route), { color: 'red' })).toMatchObject({
        status: 400,
        error: {
          type: 'invalid_request_error',
          code: 'parameter_unknown',
          doc_url: documented('parameter_unknown'),
          message: expect.stringContaining('Received unknown parameter: color'),
          param: 'color',
          request_log_url: expect.stringMatching(/\/_local\/requests#req_\w+$/),
        },
      });
    },
  );

  const withId = routes.filter(({ pieces }) => pieces.includes('*'));
  test.for(withId.map((route) => [nameOf(route), route] as const))(
    '%s refuses an id that there is not',
    ([name, route]) => {
      expect(refusalOf(route.method, pathOf(route), needed[name] ?? {})).toMatchObject({
        error: {
          type: 'invalid_request_error',
          code: 'resource_missing',
          doc_url: documented('resource_missing'),
          message: expect.stringMatching(/^No such [\w ]+: 'none_1'$/),
          param: expect.any(String),
        },
      });
    },
  );
});

describe('a call without what it needs', () => {
  test.for([
    ['POST', '/v1/products', {}, 'name'],
    ['POST', '/v1/prices', {}, 'currency'],
    ['POST', '/v1/prices', { currency: 'usd' }, 'unit_amount'],
    ['POST', '/v1/prices', { currency: 'usd', unit_amount: 1 }, 'product'],
    [
      'POST',
      '/v1/prices',
      { currency: 'usd', unit_amount: 1, product: 'p', recurring: { interval_count: 2 } },
      'recurring[interval]',
    ],
    ['POST', '/v1/plans', {}, 'currency'],
    ['POST', '/v1/plans', { currency: 'usd' }, 'interval'],
    ['POST', '/v1/plans', { currency: 'usd', interval: 'month' }, 'amount'],
    ['POST', '/v1/tax_ids', {}, 'type'],
    ['POST', '/v1/tax_ids', { type: 'eu_vat' }, 'value'],
    ['POST', '/v1/payment_method_domains', {}, 'domain_name'],
    ['POST', '/v1/webhook_endpoints', {}, 'enabled_events'],
    ['POST', '/v1/test_helpers/test_clocks', {}, 'frozen_time'],
    ['POST', '/v1/payment_intents', {}, 'amount'],
    ['POST', '/v1/payment_intents', { amount: 500 }, 'currency'],
    ['POST', '/v1/subscriptions', {}, 'customer'],
    ['POST', '/v1/subscription_items', {}, 'subscription'],
    ['GET', '/v1/subscription_items', {}, 'subscription'],
    ['POST', '/v1/invoices', {}, 'customer'],
    ['POST', '/v1/invoiceitems', {}, 'customer'],
    ['POST', '/v1/payment_methods', {}, 'type'],
    ['GET', '/v1/payment_methods', {}, 'customer'],
    ['GET', '/v1/setup_attempts', {}, 'setup_intent'],
    ['POST', '/v1/tokens', {}, 'card'],
    ['GET', '/v1/customers/search', {}, 'query'],
    ['GET', '/v1/invoices/search', {}, 'query'],
    ['GET', '/v1/subscriptions/search', {}, 'query'],
  ] as const)('%s %s %o is refused for %s', ([method, path, params, param]) => {
    expect(refusalOf(method, path, params)).toMatchObject({
      status: 400,
      error: {
        code: 'parameter_missing',
        doc_url: documented('parameter_missing'),
        message: `Missing required param: ${param}.`,
        param,
      },
    });
  });
});
