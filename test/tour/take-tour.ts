import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { hintedCase } from '../../functions/domain/case/dunning-case.ts';
import { customerId, invoiceId } from '../../functions/domain/ids.ts';
import { type ApiRequest, jsonOf } from '../twins/api-request.ts';
import type { Units } from '../twins/table-units.ts';
import { latestInvoice, passRenewal, subscriber } from '../unit/local-stripe/world.ts';
import { type Finish, openTourWorld, type Route, type TourWorld } from './open-tour.ts';
import { visitCustomerRoutes } from './visit-customer-routes.ts';
import { visitStaffRoutes } from './visit-staff-routes.ts';

/** A request to a route of one of the APIs, what it was answered, and what the table did for it. */
export interface Stop {
  readonly route: Route;
  readonly request: Pick<ApiRequest, 'path' | 'query' | 'body'>;
  readonly status: number;
  readonly body: unknown;
  readonly units: Units;
}

/** A customer whose renewal failed. */
export interface Renewal {
  readonly customer: string;
  readonly invoice: string;
  readonly primary: string;
  readonly secondary: string;
}

export interface Tour {
  readonly world: TourWorld;
  readonly ada: Renewal;
  /** Two more with a failed renewal each. */
  readonly others: readonly [Renewal, Renewal];
  readonly email: string;
  readonly stops: Stop[];
}

/** Asks a route, notes what came of it, and answers with the body, parsed. */
export async function visit(
  tour: Tour,
  route: Route,
  request: ApiRequest = {},
): Promise<{ readonly answer: APIGatewayProxyStructuredResultV2; readonly body: unknown }> {
  const { world, stops } = tour;
  world.takeUnits();
  const answer = await world.ask(route, request);
  const body = jsonOf(answer);
  const { path, query, body: sent } = request;
  const shown: unknown = JSON.parse(
    JSON.stringify(body ?? null).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://stripe.example'),
  );
  stops.push({
    route,
    request: {
      ...(path && { path }),
      ...(query && { query }),
      ...(sent !== undefined && { body: sent }),
    },
    status: answer.statusCode ?? 0,
    // The local Stripe's port is another one in each run.
    body: shown,
    units: world.takeUnits(),
  });
  return { answer, body };
}

/** Every operation of both APIs once, each with a request that is granted. */
export async function takeTour(finish?: Finish): Promise<readonly Stop[]> {
  const tour = await beginTour(finish);
  await visitCustomerRoutes(tour);
  await visitStaffRoutes(tour);
  return tour.stops;
}

/** The world of a tour, with customers whose renewal has just failed for the second time. */
export async function beginTour(finish?: Finish): Promise<Tour> {
  const world = await openTourWorld(finish);
  const [first, ...more] = [
    await subscriber(world),
    await subscriber(world),
    await subscriber(world),
  ];
  if (first === undefined) throw new Error('There is a first one.');
  for (const { primary } of [first, ...more]) {
    world.local.control.setCardOutcomes(primary, ['insufficient_funds']);
  }
  await passRenewal(world, first);
  const renewals = await Promise.all(
    [first, ...more].map(async ({ subscription, ...of }) => ({
      ...of,
      invoice: await latestInvoice(world, subscription),
    })),
  );
  for (const { customer, invoice } of renewals) await record(world, customer, invoice);
  const [ada, ...others] = renewals;
  const [bob, eve] = others;
  if (ada === undefined || bob === undefined || eve === undefined) throw new Error('All three.');
  return { world, ada, others: [bob, eve], email: 'ada@example.com', stops: [] };
}

/** What the webhook and the first pass do, and the first look of somebody at the customer. */
async function record(world: TourWorld, customer: string, invoice: string): Promise<void> {
  const { records, clock, queues } = world.account;
  const of = { customer: customerId(customer), invoice: invoiceId(invoice) };
  await records.addCase(hintedCase(of.customer, of.invoice, clock.now()));
  await queues.sendRetryNow({ v: 1, type: 'pass', ...of });
  await world.work();
  await world.ask('GET /staff/customers/{customer}', { path: { customer } });
}
