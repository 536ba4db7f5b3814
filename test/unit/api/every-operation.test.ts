import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CustomerRoute, customerRoutes, staffRoutes } from '../../../functions/access.ts';
import { holdsCardNumber } from '../../../functions/api/find-card-number.ts';
import { customerId } from '../../../functions/domain/ids.ts';
import { dayMs } from '../../../functions/domain/time.ts';
import { personOf } from '../../../functions/runtime/hash.ts';
import type { Route } from '../../tour/open-tour.ts';
import { beginTour, type Tour } from '../../tour/take-tour.ts';
import { jsonOf } from '../../twins/api-request.ts';
import { compileDocument, type Document, operationOf } from '../openapi/compile-document.ts';
import {
  type GeneratedRequest,
  generateRequest,
  type KnownValues,
  versionOfNow,
} from './generate-request.ts';

// Every operation of docs/openapi.json with requests of every kind, through the functions' own
// `serve`: no 5xx, no answer outside the document, and no card number anywhere.

const file = new URL('../../../docs/openapi.json', import.meta.url);
// The test of the document says that it is what is built.
const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
const compiled = compileDocument(document);
const runsOfEach = 20;

describe.each([
  ['customer', Object.keys(customerRoutes)],
  ['staff', Object.keys(staffRoutes)],
])('the %s API', (_api, routes) => {
  let tour: Tour;
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    tour = await beginTour((end) => ends.push(end));
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });

  // What the document names are routes.
  it.each(routes as Route[])('%s', async (route) => {
    const operation = operationOf(document, route);
    const known = await knownValues(tour);
    const cards: string[] = [];
    await fc.assert(
      fc.asyncProperty(generateRequest(operation, known), async (generated) => {
        if (generated.card !== undefined) cards.push(generated.card);
        expect(await faultsOf(tour, route, generated)).toEqual([]);
      }),
      { numRuns: runsOfEach },
    );
    const stored = JSON.stringify(tour.world.items());
    expect(cards.filter((card) => stored.includes(card))).toEqual([]);
    // Whoever asked too often may ask again.
    tour.world.clock.advance(dayMs);
  });
});

/** What can be named in this world: all of Ada's, one thing of others. */
async function knownValues({ world, ada, others: [bob], email }: Tour): Promise<KnownValues> {
  const account = await world.account.records.account(customerId(ada.customer));
  const setups = await world.stripe.setupIntents.list({ customer: ada.customer });
  // As the page does once somebody has entered a card.
  for (const { id, status } of setups.data) {
    if (status !== 'requires_payment_method') continue;
    await world.stripe.setupIntents.confirm(id, { payment_method: 'pm_card_visa_debit' });
  }
  const taxIds = await world.stripe.customers.listTaxIds(ada.customer);
  const method = [
    ...(account?.methods ?? []).map((each) => String(each.method)),
    bob.primary,
    'pm_nobody',
  ];
  return {
    customer: [ada.customer, bob.customer, 'cus_nobody'],
    invoice: [ada.invoice, bob.invoice, 'in_nobody'],
    method,
    primary: method,
    secondary: method,
    setupIntent: [...setups.data.map(({ id }) => id), 'seti_nobody'],
    taxId: [...taxIds.data.map(({ id }) => id), 'txi_nobody'],
    member: [personOf('eve@example.com'), personOf('nobody@example.com')],
    value: ['DE123456789', 'GB123456789'],
    mail: [email],
    textVersion: [world.account.settings.consent.textVersion],
    language: ['en', 'de'],
    returnUrl: ['https://app.example.com/account', 'https://evil.example/'],
  };
}

async function faultsOf(
  { world, ada, email }: Tour,
  route: Route,
  { what, request, bytes, card }: GeneratedRequest,
): Promise<readonly string[]> {
  const before = world.telemetry.lines.length;
  const customer = customerId(ada.customer);
  const version = (await world.account.records.customer(customer))?.version ?? 0;
  const access: string = isOfCustomer(route) ? customerRoutes[route] : 'staff';
  const cookie = access === 'staff' ? null : await world.cookieOf(email, customer);
  const filled = withVersion(request, version);
  const answer = await world.ask(
    route,
    { ...filled, ...(cookie !== null && { cookies: [cookie] }) },
    (event) =>
      bytes === undefined
        ? event
        : {
            ...event,
            headers: { ...event.headers, 'content-type': 'application/json' },
            body: Buffer.from(bytes).toString('base64'),
            isBase64Encoded: true,
          },
  );
  const status = answer.statusCode ?? 0;
  const body = jsonOf(answer);
  const faults = compiled.faultsOfAnswer(route, status, body);
  const said = JSON.stringify([body, world.telemetry.lines.slice(before)]);
  return [
    ...(status >= 500 ? [`${what}: ${status} ${said}`] : []),
    ...faults.map((fault) => `${what}: ${fault}`),
    ...(card === undefined || status === 403 || isCardRefusal(body)
      ? []
      : [`${what}: ${status} ${said}`]),
    ...(holdsCardNumber(said) ? [`${what}: a card number in ${said}`] : []),
  ];
}

const isOfCustomer = (route: Route): route is CustomerRoute => route in customerRoutes;

const isCardRefusal = (body: unknown): boolean =>
  JSON.stringify(body).includes('urn:backstop:problem:card-number');

/** The request, made of what the customer's version is now. */
function withVersion(
  request: GeneratedRequest['request'],
  version: number,
): GeneratedRequest['request'] {
  const { path, query, body, ...rest } = request;
  const fill = (part: unknown): unknown =>
    part === undefined
      ? undefined
      : JSON.parse(JSON.stringify(part).replaceAll(String(versionOfNow), String(version)));
  return {
    ...rest,
    ...(path && { path }),
    // Of texts by their names, as it was before.
    ...(query && { query: fill(query) as Record<string, string> }),
    ...(body !== undefined && { body: fill(body) }),
  };
}
