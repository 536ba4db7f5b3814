import { createStripeReminders } from '../adapters/stripe-reminders.ts';
import { connectQueues, connectTable } from '../runtime/clients.ts';
import { systemClock } from '../runtime/clock.ts';
import { createRecords } from '../runtime/records.ts';
import { scheduledFunction } from '../runtime/scheduled.ts';
import { loadSettings, policyOf } from '../runtime/settings.ts';
import { stripeAccess } from '../runtime/stripe-access.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { remind } from './remind.ts';

const telemetry = createTelemetry('remind');
const { log, metrics } = telemetry;
const settings = loadSettings();
const table = connectTable();
const dependencies = {
  table,
  records: createRecords(table),
  queues: connectQueues(),
  stripe: createStripeReminders(stripeAccess(settings)),
  policy: policyOf(settings),
  mode: settings.mode,
  clock: systemClock,
  log,
  metrics,
};

export const handler = scheduledFunction(
  (context) => remind({ ...dependencies, remainingMs: () => context.getRemainingTimeInMillis() }),
  telemetry,
);
