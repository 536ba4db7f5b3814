import { expect, test } from 'vitest';
import { findRoute, type Route } from '../../../local/stripe/engine/protocol/route.ts';
import { routes } from '../../../local/stripe/engine/routes/all.ts';
import { callBilling } from './calls/call-billing.ts';
import { callCatalogue } from './calls/call-catalogue.ts';
import { callCustomers } from './calls/call-customers.ts';
import { callPayments } from './calls/call-payments.ts';
import { openWorld } from './world.ts';

const nameOf = ({ method, pieces }: Route) => `${method} /${pieces.join('/')}`;

test('Stripe’s own package makes every call that is modelled, and each is carried out', async () => {
  const world = await openWorld();
  await callCatalogue(world);
  const customer = await callCustomers(world);
  await callBilling(world, customer);
  await callPayments(world, customer);
  const asked = world.local.control.requests().map(({ method, path, status }) => ({
    route: findRoute(routes, method, path)?.route,
    status,
  }));
  const missing = (isReached: (status: number | null) => boolean) =>
    routes
      .filter((route) => !asked.some((each) => each.route === route && isReached(each.status)))
      .map(nameOf);
  expect(
    missing(() => true),
    'routes that test/unit/local-stripe/calls leaves out',
  ).toEqual([]);
  // A refund waits for nobody's action here, and only such a one can be cancelled.
  expect(missing((status) => status === 200)).toEqual(['POST /v1/refunds/*/cancel']);
});
