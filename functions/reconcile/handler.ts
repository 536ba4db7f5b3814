import { createStripeReconcile } from '../adapters/stripe-reconcile.ts';
import { connectQueues, connectTable } from '../runtime/clients.ts';
import { systemClock } from '../runtime/clock.ts';
import { createRecords } from '../runtime/records.ts';
import { scheduledFunction } from '../runtime/scheduled.ts';
import { loadSettings, policyOf } from '../runtime/settings.ts';
import { stripeAccess } from '../runtime/stripe-access.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { reconcile } from './reconcile.ts';

const telemetry = createTelemetry('reconcile');
const { log, metrics } = telemetry;
const settings = loadSettings();
const table = connectTable();
const dependencies = {
  table,
  records: createRecords(table),
  queues: connectQueues(),
  stripe: createStripeReconcile(stripeAccess(settings)),
  policy: policyOf(settings),
  clock: systemClock,
  log,
  metrics,
};

export const handler = scheduledFunction(
  (context) =>
    reconcile({ ...dependencies, remainingMs: () => context.getRemainingTimeInMillis() }),
  telemetry,
);
