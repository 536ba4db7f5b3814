import { connectQueues, connectTable } from '../runtime/clients.ts';
import { systemClock } from '../runtime/clock.ts';
import { createRecords } from '../runtime/records.ts';
import { scheduledFunction } from '../runtime/scheduled.ts';
import { loadSettings } from '../runtime/settings.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { sweep } from './sweep.ts';

const telemetry = createTelemetry('sweep');
const { log, metrics } = telemetry;
const table = connectTable();
const dependencies = {
  table,
  records: createRecords(table),
  queues: connectQueues(),
  passesPerSecond: loadSettings().policy.passesPerSecond,
  clock: systemClock,
  log,
  metrics,
};

export const handler = scheduledFunction(
  (context) => sweep({ ...dependencies, remainingMs: () => context.getRemainingTimeInMillis() }),
  telemetry,
);
