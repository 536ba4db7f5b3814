import * as z from 'zod/mini';
import type { ApiRequest } from '../twins/api-request.ts';
import { cookieOf, linkIn, tokenOf } from '../twins/portal-world.ts';
import type { Route } from './open-tour.ts';
import { type Tour, visit } from './take-tour.ts';

const seen = z.object({ version: z.int() });
const withSetup = z.object({ setupIntent: z.string() });
const withMembers = z.object({
  version: z.int(),
  members: z.array(z.object({ member: z.string(), email: z.string() })),
});
const withTaxIds = z.object({
  billing: z.object({ taxIds: z.array(z.object({ id: z.string() })) }),
});
const withConsent = z.object({ consent: z.object({ textVersion: z.string() }) });

/** Ada signs in by mail and does everything that her page can do. */
export async function visitCustomerRoutes(tour: Tour): Promise<void> {
  const cookie = await signIn(tour);
  const ask = async (route: Route, request: ApiRequest = {}) =>
    (await visit(tour, route, { cookies: [cookie], ...request })).body;
  const { customer } = tour.ada;
  await ask('GET /portal/session');
  await ask('PUT /portal/session/customer', { body: { customer } });
  await visitMethods(tour, ask);
  await visitPayments(tour, ask);
  await visitBilling(ask);
  await visitMembers(ask);
  await ask('POST /portal/session/sign-out-everywhere');
  const again = await tour.world.cookieOf(tour.email, null);
  await ask('DELETE /portal/session', { cookies: [again] });
}

type Ask = (route: Route, request?: ApiRequest) => Promise<unknown>;

async function signIn(tour: Tour): Promise<string> {
  const { world, email } = tour;
  await visit(tour, 'POST /portal/login', { body: { email } });
  await world.work();
  const token = tokenOf(linkIn(world.mailer.sent.at(-1)));
  const { answer } = await visit(tour, 'POST /portal/session', { body: { token } });
  return cookieOf(answer);
}

async function visitMethods({ world, ada }: Tour, ask: Ask): Promise<void> {
  const view = await ask('GET /portal/view');
  const { textVersion } = withConsent.parse(view).consent;
  const setup = await ask('POST /portal/setup-intents', { body: { role: 'spare' } });
  const { setupIntent } = withSetup.parse(setup);
  const { payment_method: added } = await world.stripe.setupIntents.confirm(setupIntent, {
    payment_method: 'pm_card_visa_debit',
  });
  const confirmed = await ask('POST /portal/setup-intents/{setupIntent}/confirm', {
    path: { setupIntent },
  });
  const { primary, secondary } = ada;
  const { version } = seen.parse(confirmed);
  await ask('PUT /portal/roles', {
    body: { version, primary, secondary, consent: { textVersion } },
  });
  await ask('PATCH /portal/methods/{method}', {
    path: { method: primary },
    body: { expMonth: 11, expYear: 2031 },
  });
  const withdrawn = await ask('DELETE /portal/methods/{method}/consent', {
    path: { method: secondary },
  });
  await ask('DELETE /portal/methods/{method}', {
    path: { method: String(added) },
    query: { version: String(seen.parse(withdrawn).version) },
  });
}

async function visitPayments({ ada: { invoice, primary } }: Tour, ask: Ask): Promise<void> {
  await ask('GET /portal/payments');
  await ask('GET /portal/cases/{invoice}', { path: { invoice } });
  await ask('POST /portal/cases/{invoice}/payments', {
    path: { invoice },
    body: { method: primary },
  });
  await ask('POST /portal/cases/{invoice}/look', { path: { invoice } });
}

async function visitBilling(ask: Ask): Promise<void> {
  const { version } = seen.parse(await ask('GET /portal/view'));
  const address = {
    line1: 'Unter den Linden 1',
    line2: null,
    city: 'Berlin',
    postalCode: '10117',
    state: null,
    country: 'DE',
  };
  await ask('PUT /portal/billing-info', {
    body: {
      version,
      name: 'Ada Lovelace',
      email: 'invoices@ada.example',
      phone: '+4930901820',
      address,
    },
  });
  const added = await ask('POST /portal/tax-ids', {
    body: { type: 'us_ein', value: '12-3456789' },
  });
  const taxId = withTaxIds.parse(added).billing.taxIds[0]?.id ?? '';
  await ask('DELETE /portal/tax-ids/{taxId}', { path: { taxId } });
}

async function visitMembers(ask: Ask): Promise<void> {
  const { version } = seen.parse(await ask('GET /portal/view'));
  const invited = await ask('POST /portal/members', {
    body: { version, email: 'eve@example.com', name: 'Eve', role: 'viewer' },
  });
  const { members, version: second } = withMembers.parse(invited);
  const member = members.find(({ email }) => email === 'eve@example.com')?.member ?? '';
  const changed = await ask('PATCH /portal/members/{member}', {
    path: { member },
    body: { version: second, role: 'owner' },
  });
  await ask('DELETE /portal/members/{member}', {
    path: { member },
    query: { version: String(withMembers.parse(changed).version) },
  });
}
