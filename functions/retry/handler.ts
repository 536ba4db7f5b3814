import { createStripeAccount } from '../adapters/stripe-account.ts';
import { createStripeConnection } from '../adapters/stripe-connection.ts';
import { createStripeGateway } from '../adapters/stripe-gateway.ts';
import { createStripeTroubles } from '../adapters/stripe-troubles.ts';
import { connectQueues, connectRecords } from '../runtime/clients.ts';
import { systemClock } from '../runtime/clock.ts';
import { queueFunction } from '../runtime/queue-worker.ts';
import { loadSettings, policyOf } from '../runtime/settings.ts';
import { stripeAccess } from '../runtime/stripe-access.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { handleMessage } from './handle-message.ts';

const { log, metrics, ...telemetry } = createTelemetry('retry');
const settings = loadSettings();
const policy = policyOf(settings);
const connection = stripeAccess(settings);
const common = { records: connectRecords(), queues: connectQueues(), clock: systemClock, log };
const changes = { ...common, stripe: createStripeAccount(connection) };
const looks = { ...common, stripe: createStripeTroubles(createStripeConnection(connection)) };
const passes = {
  ...common,
  stripe: createStripeGateway(connection),
  policy,
  mode: settings.mode,
  metrics,
};

export const handler = queueFunction(
  (record, context) =>
    handleMessage(
      {
        changes,
        looks,
        passes: { ...passes, remainingMs: () => context.getRemainingTimeInMillis() },
      },
      JSON.parse(record.body),
    ),
  { log, metrics, ...telemetry },
);
