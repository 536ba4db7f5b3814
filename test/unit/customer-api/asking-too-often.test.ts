import { expect, test } from 'vitest';
import { jsonOf } from '../../twins/api-request.ts';
import { customerOf } from '../../twins/examples.ts';
import { cookieFor, openPortalWorld } from '../../twins/portal-world.ts';

const hourMs = 3_600_000;

test('one session asks Stripe no more than 60 times an hour, by whatever route', async () => {
  const world = await openPortalWorld();
  const { id } = await world.stripe.customers.create({ email: 'ada@example.com' });
  const ada = { email: 'ada@example.com', name: 'Ada', role: 'owner' } as const;
  const customer = customerOf({ members: [ada], primary: null, secondary: null });
  // The id is Stripe's own, and the record is the one of the example otherwise.
  await world.account.records.addCustomer({
    ...customer,
    customer: id as typeof customer.customer,
  });
  const cookies = [await cookieFor(world, ada.email)];
  const payments = () => world.ask('GET /portal/payments', { cookies });
  for (let asked = 0; asked < 60; asked += 1) expect((await payments()).statusCode).toBe(200);

  const refused = await payments();
  expect(refused.statusCode).toBe(429);
  expect(refused.headers).toMatchObject({ 'retry-after': '3600' });
  expect(jsonOf(refused)).toMatchObject({ type: 'urn:backstop:problem:too-many-requests' });
  const others = await Promise.all([
    world.ask('PUT /portal/session/customer', { cookies, body: { customer: id } }),
    world.ask('POST /portal/setup-intents/{setupIntent}/confirm', {
      cookies,
      path: { setupIntent: 'seti_1' },
    }),
  ]);
  expect(others.map(({ statusCode }) => statusCode)).toEqual([429, 429]);
  // What asks nobody but the table is not limited by it.
  expect((await world.ask('GET /portal/session', { cookies })).statusCode).toBe(200);

  world.clock.advance(hourMs);
  const later = [await cookieFor(world, ada.email)];
  expect((await world.ask('GET /portal/payments', { cookies: later })).statusCode).toBe(200);
});
