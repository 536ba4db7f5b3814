import { deleteTestClock, keptSeconds, startAdvancing } from '../billing/test-clocks.ts';
import { invalidRequest } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import { integer, type Read, required, text } from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { TestClockRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

const url = '/v1/test_helpers/test_clocks';
const creation = { customer: text, frozen_time: integer, name: text };

export const testClockRoutes: readonly Route[] = [
  route('POST', url, creation, create),
  route('GET', `${url}/*`, {}, (tx, _params, id) => tx.get('test_clocks', id)),
  route('POST', `${url}/*/advance`, { frozen_time: integer }, (tx, params, id) =>
    startAdvancing(tx, tx.get('test_clocks', id), required(params.frozen_time, 'frozen_time')),
  ),
  route('DELETE', `${url}/*`, {}, (tx, _params, id) => {
    deleteTestClock(tx, tx.get('test_clocks', id));
    return { id, object: 'test_helpers.test_clock', deleted: true };
  }),
  route('GET', url, listParameters, (tx, params) =>
    listRows(tx.rows('test_clocks'), () => true, params, url),
  ),
];

function create(tx: Transaction, params: Read<typeof creation>): TestClockRecord {
  const clock: TestClockRecord = {
    id: tx.id('clock'),
    object: 'test_helpers.test_clock',
    created: tx.now,
    deletes_after: tx.now + keptSeconds,
    frozen_time: required(params.frozen_time, 'frozen_time'),
    livemode: false,
    name: params.name ?? null,
    status: 'ready',
    status_details: {},
  };
  tx.insert('test_clocks', clock);
  tx.emit('test_helpers.test_clock.created', clock);
  if (params.customer !== undefined) moveOntoClock(tx, params.customer, clock.id);
  return clock;
}

/** From here on the customer lives on the clock, with everything it has: for good. */
function moveOntoClock(tx: Transaction, id: string, clock: string): void {
  const customer = tx.customer(id, 'customer');
  if (customer.test_clock !== null) {
    throw invalidRequest(`The customer ${id} is on a test clock already.`, { param: 'customer' });
  }
  tx.replace('customers', { ...customer, test_clock: clock });
  for (const row of tx.rows('subscriptions')) {
    if (row.customer === id) tx.replace('subscriptions', { ...row, test_clock: clock });
  }
  for (const row of tx.rows('invoices')) {
    if (row.customer === id) tx.replace('invoices', { ...row, test_clock: clock });
  }
}
