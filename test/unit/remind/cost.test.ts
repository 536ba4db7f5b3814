import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { customerId } from '../../../functions/domain/ids.ts';
import { hourMs } from '../../../functions/domain/time.ts';
import { remind } from '../../../functions/remind/remind.ts';
import { createRecords } from '../../../functions/runtime/records.ts';
import { cardFacts, examplePolicy } from '../../twins/examples.ts';
import { createMemoryQueues } from '../../twins/memory-queues.ts';
import { meterTable } from '../../twins/metered-table.ts';
import { recordTelemetry } from '../../twins/recorded-telemetry.ts';
import { createTestClock } from '../../twins/test-clock.ts';
import { createPopulation, nextBillingAt } from './fixtures/population.ts';

const page = readFileSync(new URL('../../../docs/data-model.md', import.meta.url), 'utf8');
/** The end of the hour in which the last cards that expire with November are 30 days before it. */
const now = Date.UTC(2026, 10, 1, 10);

test('a card that is due costs the same, however many are stored, and the page says what', async () => {
  const rows = [];
  for (const stored of [10_000, 100_000, 1_000_000]) rows.push(await measure(stored));
  const [first, ...others] = rows.map(({ perCard }) => perCard);
  for (const other of others) expect(other).toEqual(first);
  for (const { row } of rows) expect(page).toContain(`\n${row}\n`);
});

/** One run of the job. */
async function measure(stored: number) {
  const clock = createTestClock(now);
  const population = createPopulation(stored, now);
  const metered = meterTable(population.table);
  const queues = createMemoryQueues(clock);
  const { log, metrics } = recordTelemetry();
  let requests = 0;
  await remind({
    table: metered.table,
    records: createRecords(metered.table),
    queues,
    stripe: {
      async paymentMethod(method) {
        requests += 1;
        const customer = customerId(method.replace('pm_', 'cus_'));
        return cardFacts({ method, customer, expMonth: 11, expYear: 2026 });
      },
      async nextBillingDate() {
        requests += 1;
        return nextBillingAt;
      },
    },
    policy: examplePolicy,
    mode: 'own',
    clock,
    log,
    metrics,
    remainingMs: () => hourMs,
  });
  const { due } = population;
  const told = queues.waiting().length;
  expect(told).toBe(due);
  const units = metered.take();
  const perCard = [units.read, units.write, units.indexWrite.remind ?? 0, requests].map(
    (each) => each / due,
  );
  const cells = [stored, due, ...perCard, units.indexRead];
  return { perCard, row: `| ${cells.map((each) => each.toLocaleString('en-US')).join(' | ')} |` };
}
