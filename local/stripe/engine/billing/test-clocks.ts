import { type DueSource, type DueWork, earliestWork } from '../due-work.ts';
import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import type { Params, ParamValue } from '../protocol/parameters.ts';
import type { TableName, TestClockRecord } from '../records.ts';
import type { StripeState } from '../state.ts';
import { positionOf, type Transaction } from '../transaction.ts';
import { periodEnd } from './billing-period.ts';
import { deleteCustomer } from './delete-customer.ts';

const daySeconds = 86_400;

/** What one clock may hold: docs.stripe.com/billing/testing/test-clocks. */
const mostCustomers = 3;
const mostSubscriptionsOfCustomer = 3;

/** Stripe deletes a test clock 30 days after it was made. */
export const keptSeconds = 30 * daySeconds;

/** How far a clock without subscriptions may move at once (the docs of `frozen_time`). */
const farthestSeconds = 2 * 365 * daySeconds;

/** The tables whose objects live on the clock of their customer, by the beginning of their ids. */
const tablesByPrefix: Readonly<Record<string, TableName>> = {
  cus: 'customers',
  in: 'invoices',
  sub: 'subscriptions',
  ii: 'invoiceitems',
  pi: 'payment_intents',
  pm: 'payment_methods',
};

/** The parameters that say whom a request concerns. */
const concerning = ['customer', 'subscription', 'invoice', 'payment_intent', 'test_clock'];

/**
 * The time at which a request is carried out when it concerns an object of a test clock, in epoch
 * milliseconds, UTC; undefined for the account's own time.
 */
export function frozenTimeOf(
  state: StripeState,
  request: { readonly path: string; readonly params: Params },
): number | undefined {
  if (state.tables.test_clocks.length === 0) return undefined;
  const named = concerning.map((name) => request.params[name]);
  const ids = [...request.path.split('/'), ...named].filter(isText);
  for (const id of ids) {
    const clock = findById(state.tables.test_clocks, testClockOf(state, id) ?? id);
    const isItself = request.path.startsWith('/v1/test_helpers/');
    if (clock !== undefined && !isItself) return clock.frozen_time * 1000;
  }
  return undefined;
}

const isText = (value: ParamValue | undefined) => typeof value === 'string';

/** The id of the clock on which the object with this id lives. */
function testClockOf(state: StripeState, id: string): string | undefined {
  const row = id.startsWith('si_') ? subscriptionWith(state, id) : rowOf(state, id);
  if (row === undefined) return undefined;
  if ('test_clock' in row && typeof row.test_clock === 'string') return row.test_clock;
  const isAnothers = 'customer' in row && typeof row.customer === 'string';
  return isAnothers ? testClockOf(state, String(row.customer)) : undefined;
}

function rowOf({ tables }: StripeState, id: string): object | undefined {
  const table = tablesByPrefix[id.slice(0, id.indexOf('_'))];
  const rows: readonly { readonly id: string }[] = table === undefined ? [] : tables[table];
  return findById(rows, id);
}

function subscriptionWith({ tables }: StripeState, item: string): object | undefined {
  return tables.subscriptions.find(({ items }) => items.data.some(({ id }) => id === item));
}

function findById<T extends { readonly id: string }>(rows: readonly T[], id: string) {
  const row = rows[positionOf(rows, id)];
  return row?.id === id ? row : undefined;
}

/** @throws Refusal where the clock has no room for one more customer. */
export function refuseCustomerOnClock(tx: Transaction, clock: string): void {
  tx.get('test_clocks', clock, 'test_clock');
  const members = tx.rows('customers').filter((row) => !row.deleted && row.test_clock === clock);
  if (members.length < mostCustomers) return;
  throw invalidRequest(`A test clock can hold at most ${mostCustomers} customers.`, {
    param: 'test_clock',
  });
}

/** @throws Refusal where a customer on a clock has all the subscriptions it may have. */
export function refuseSubscriptionOnClock(
  tx: Transaction,
  customer: { readonly id: string; readonly test_clock: string | null },
): void {
  if (customer.test_clock === null) return;
  const live = tx
    .rows('subscriptions')
    .filter((row) => row.customer === customer.id && row.ended_at === null);
  if (live.length < mostSubscriptionsOfCustomer) return;
  throw invalidRequest(
    `A customer on a test clock can have at most ${mostSubscriptionsOfCustomer} subscriptions.`,
    { param: 'customer' },
  );
}

/** Begins to move a clock; the moving itself is work that is due at once. */
export function startAdvancing(
  tx: Transaction,
  clock: TestClockRecord,
  target: number,
): TestClockRecord {
  if (clock.status === 'advancing') {
    throw invalidRequest('This test clock is advancing. Wait until its status is ready.');
  }
  if (target <= clock.frozen_time) {
    throw invalidParameter(
      "A test clock can only be advanced to a time after its current 'frozen_time'.",
      'frozen_time',
    );
  }
  if (target > farthestTime(tx, clock)) {
    throw invalidParameter(
      'A test clock cannot be advanced by more than two intervals of its shortest subscription ' +
        'at a time, or by two years where it has none.',
      'frozen_time',
    );
  }
  const after: TestClockRecord = {
    ...clock,
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: target } },
  };
  tx.replace('test_clocks', after);
  tx.emit('test_helpers.test_clock.advancing', after);
  return after;
}

function farthestTime(tx: Transaction, clock: TestClockRecord): number {
  const now = clock.frozen_time;
  const ends = tx
    .rows('subscriptions')
    .filter((row) => row.test_clock === clock.id && row.ended_at === null)
    .flatMap(({ items }) => items.data)
    .flatMap(({ price }) => (price.recurring === null ? [] : [price.recurring]))
    .map((every) => periodEnd(now, periodEnd(now, now, every), every));
  return ends.length === 0 ? now + farthestSeconds : Math.min(...ends);
}

/** Deletes a clock and its customers, whose subscriptions end with them. */
export function deleteTestClock(tx: Transaction, clock: TestClockRecord): void {
  for (const customer of tx.rows('customers')) {
    if (!customer.deleted && customer.test_clock === clock.id) deleteCustomer(tx, customer.id);
  }
  tx.remove('test_clocks', clock.id);
  tx.emit('test_helpers.test_clock.deleted', clock);
}

/** Test clocks whose time on this earth is over. */
export const dueTestClocks: DueSource = ({ test_clocks: clocks }, testClock) =>
  earliestWork(clocks, (clock) =>
    testClock === null
      ? { at: clock.deletes_after, carryOut: (tx) => deleteTestClock(tx, clock) }
      : undefined,
  );

/** The end of a clock's move, when everything on the way is done. */
export function arrivalOf(clock: TestClockRecord): DueWork {
  const at = clock.status_details.advancing?.target_frozen_time ?? clock.frozen_time;
  return { at, carryOut: (tx) => arrive(tx, clock, at) };
}

function arrive(tx: Transaction, clock: TestClockRecord, target: number): void {
  const after: TestClockRecord = {
    ...clock,
    frozen_time: target,
    status: 'ready',
    status_details: {},
  };
  tx.replace('test_clocks', after);
  tx.emit('test_helpers.test_clock.ready', after);
}
