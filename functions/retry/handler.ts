import { createStripeGateway } from '../adapters/stripe-gateway.ts';
import { stripeSdk } from '../adapters/stripe-sdk.ts';
import { retryMessageSchema } from '../domain/messages.ts';
import { environment } from '../environment.ts';
import { connectQueues, connectRecords, connectSecret } from '../runtime/clients.ts';
import { systemClock } from '../runtime/clock.ts';
import { queueFunction } from '../runtime/queue-worker.ts';
import { loadSettings, optional, policyOf } from '../runtime/settings.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { runPass } from './run-pass.ts';

const { log, metrics, ...telemetry } = createTelemetry('retry');
const settings = loadSettings();
const policy = policyOf(settings);
const dependencies = {
  records: connectRecords(),
  queues: connectQueues(),
  stripe: createStripeGateway({
    apiKey: connectSecret(environment.stripeApiKeySecret, systemClock),
    connect: stripeSdk({
      livemode: policy.livemode,
      apiBase: optional(environment.stripeApiBase),
    }),
  }),
  policy,
  mode: settings.mode,
  clock: systemClock,
  log,
  metrics,
};

export const handler = queueFunction(
  (record, context) =>
    runPass(
      { ...dependencies, remainingMs: () => context.getRemainingTimeInMillis() },
      retryMessageSchema.parse(JSON.parse(record.body)),
    ),
  { log, metrics, ...telemetry },
);
