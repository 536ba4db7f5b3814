import * as z from 'zod/mini';
import type { Trouble } from '../../functions/domain/case/dunning-case.ts';
import { noteTrouble } from '../../functions/domain/case/note-trouble.ts';
import { chargeId, customerId, invoiceId, paymentMethodId } from '../../functions/domain/ids.ts';
import { personOf } from '../../functions/runtime/hash.ts';
import type { ApiRequest } from '../twins/api-request.ts';
import type { Route, TourWorld } from './open-tour.ts';
import { type Renewal, type Tour, visit } from './take-tour.ts';

const seen = z.object({ version: z.int() });
const withSetup = z.object({ setupIntent: z.string() });
const withMembers = z.object({
  version: z.int(),
  members: z.array(z.object({ member: z.string(), email: z.string() })),
});
const withTaxIds = z.object({
  billing: z.object({ taxIds: z.array(z.object({ id: z.string() })) }),
});

type Ask = (route: Route, request?: ApiRequest) => Promise<unknown>;

/** Sam of the staff does for Ada and two others what staff can do. */
export async function visitStaffRoutes(tour: Tour): Promise<void> {
  const ask: Ask = async (route, request) => (await visit(tour, route, request)).body;
  await visitCustomer(tour, ask);
  await visitMethods(tour, ask);
  await visitBillingAndMembers(tour, ask);
  await visitCases(tour, ask);
  await ask('PUT /staff/charging', {
    body: { charging: 'stopped', reason: 'A wrong price went out with the renewals.' },
  });
  await ask('GET /staff/charging');
}

async function visitCustomer({ world, ada: { customer }, email }: Tour, ask: Ask): Promise<void> {
  const path = { customer };
  const { records, clock } = world.account;
  const person = personOf(email);
  const at = clock.now();
  await records.saveSuppression({ person, why: 'bounce', at, liftedAt: null, version: 1 });
  await ask('GET /staff/customers', { query: { mail: email } });
  await ask('GET /staff/customers/{customer}', { path });
  await ask('DELETE /staff/customers/{customer}/members/{member}/suppression', {
    path: { customer, member: person },
    query: { reason: 'The mailbox is back.' },
  });
  await ask('GET /staff/customers/{customer}/standing', { path });
  await ask('GET /staff/customers/{customer}/payments', { path });
  await ask('POST /staff/customers/{customer}/portal-sessions', {
    path,
    body: { member: email, returnUrl: 'https://app.example.com/account' },
  });
  await ask('PUT /staff/customers/{customer}/extension', {
    path,
    body: { until: '2026-12-24T18:00:00Z', reason: 'The bank transfer is on its way.' },
  });
  await ask('DELETE /staff/customers/{customer}/extension', {
    path,
    query: { reason: 'The bank transfer arrived.' },
  });
}

async function visitMethods({ world, ada }: Tour, ask: Ask): Promise<void> {
  const { customer, primary, secondary } = ada;
  const path = { customer };
  const backup = { customer, method: secondary };
  const setup = await ask('POST /staff/customers/{customer}/setup-intents', {
    path,
    body: { role: 'spare' },
  });
  const { setupIntent } = withSetup.parse(setup);
  const { payment_method: added } = await world.stripe.setupIntents.confirm(setupIntent, {
    payment_method: 'pm_card_visa_debit',
  });
  await ask('POST /staff/customers/{customer}/setup-intents/{setupIntent}/confirm', {
    path: { customer, setupIntent },
  });
  await ask('PUT /staff/customers/{customer}/methods/{method}/authorisation', {
    path: backup,
    body: { name: 'Ada Lovelace', reference: 'Ticket 4711, signed on 2026-12-01' },
  });
  const { version } = seen.parse(await ask('GET /staff/customers/{customer}', { path }));
  await ask('PUT /staff/customers/{customer}/roles', {
    path,
    body: { version, primary, secondary },
  });
  await ask('PATCH /staff/customers/{customer}/methods/{method}', {
    path: { customer, method: primary },
    body: { expMonth: 12, expYear: 2031 },
  });
  await ask('DELETE /staff/customers/{customer}/methods/{method}/block', {
    path: { customer, method: primary },
    query: { reason: 'The bank says that it was a mistake.' },
  });
  const withdrawn = await ask('DELETE /staff/customers/{customer}/methods/{method}/consent', {
    path: backup,
  });
  await ask('DELETE /staff/customers/{customer}/methods/{method}', {
    path: { customer, method: String(added) },
    query: { version: String(seen.parse(withdrawn).version) },
  });
  const account = await world.stripe.paymentMethods.create({
    type: 'us_bank_account',
    billing_details: { name: 'Ada Lovelace' },
    us_bank_account: {
      account_holder_type: 'individual',
      account_number: '000123456789',
      routing_number: '110000000',
    },
  });
  await ask('POST /staff/customers/{customer}/bank-accounts', {
    path,
    body: { method: account.id, name: 'Ada Lovelace', reference: 'Ticket 4712' },
  });
}

async function visitBillingAndMembers({ ada: { customer } }: Tour, ask: Ask): Promise<void> {
  const path = { customer };
  const { version } = seen.parse(await ask('GET /staff/customers/{customer}', { path }));
  const billed = await ask('PUT /staff/customers/{customer}/billing-info', {
    path,
    body: { version, name: 'Ada Ltd', email: 'ada@example.com', phone: null, address: null },
  });
  const added = await ask('POST /staff/customers/{customer}/tax-ids', {
    path,
    body: { type: 'ch_vat', value: 'CHE-123.456.789 MWST' },
  });
  const taxId = withTaxIds.parse(added).billing.taxIds[0]?.id ?? '';
  const removed = await ask('DELETE /staff/customers/{customer}/tax-ids/{taxId}', {
    path: { customer, taxId },
  });
  seen.parse(billed);
  const invited = await ask('POST /staff/customers/{customer}/members', {
    path,
    body: {
      version: seen.parse(removed).version,
      email: 'eve@example.com',
      name: null,
      role: 'viewer',
    },
  });
  const { members, version: second } = withMembers.parse(invited);
  const member = members.find(({ email }) => email === 'eve@example.com')?.member ?? '';
  const changed = await ask('PATCH /staff/customers/{customer}/members/{member}', {
    path: { customer, member },
    body: { version: second, name: 'Eve' },
  });
  await ask('DELETE /staff/customers/{customer}/members/{member}', {
    path: { customer, member },
    query: { version: String(withMembers.parse(changed).version) },
  });
  await ask('GET /staff/customers/{customer}/audit', { path });
}

async function visitCases({ world, others: [bob, eve] }: Tour, ask: Ask): Promise<void> {
  const ofBob = { path: { customer: bob.customer, invoice: bob.invoice } };
  const ofEve = { path: { customer: eve.customer, invoice: eve.invoice } };
  const why = { reason: 'The customer wrote that they pay by bank transfer.' };
  await ask('GET /staff/cases', { query: { state: 'waiting' } });
  await ask('GET /staff/observations');
  await ask('GET /staff/customers/{customer}/cases/{invoice}', ofBob);
  await ask('POST /staff/customers/{customer}/cases/{invoice}/hold', {
    ...ofBob,
    body: { until: '2026-12-24T18:00:00Z', ...why },
  });
  await ask('POST /staff/customers/{customer}/cases/{invoice}/release', { ...ofBob, body: why });
  await ask('POST /staff/customers/{customer}/cases/{invoice}/retry', ofBob);
  await ask('POST /staff/customers/{customer}/cases/{invoice}/hand-back', { ...ofBob, body: why });
  await ask('POST /staff/customers/{customer}/cases/{invoice}/close', { ...ofEve, body: why });
  await dispute(world, bob);
  await ask('POST /staff/customers/{customer}/cases/{invoice}/acknowledge', {
    ...ofBob,
    body: { reason: 'The payment was given back.' },
  });
}

/** A payment of this case is disputed, as the room retry notes it. */
async function dispute({ account }: TourWorld, of: Renewal): Promise<void> {
  const { records, clock } = account;
  const stored = await records.case(customerId(of.customer), invoiceId(of.invoice));
  if (stored === null) throw new Error('The renewal has a case.');
  const trouble: Trouble = {
    source: 'dp_1',
    kind: 'dispute',
    reason: 'fraudulent',
    charge: chargeId('ch_1'),
    method: paymentMethodId(of.primary),
    amount: { amount: 2900, currency: 'usd' },
    at: clock.now(),
  };
  await records.saveCase(noteTrouble(stored, [], { trouble, outcome: 'open' }, clock.now()));
}
