import { customerRoutes } from '../access.ts';
import { createStripeAccount } from '../adapters/stripe-account.ts';
import { interactiveTimeoutMs } from '../adapters/stripe-sdk.ts';
import { serve } from '../api/serve.ts';
import { environment } from '../environment.ts';
import { connectQueues, connectRecords, connectSecret } from '../runtime/clients.ts';
import { systemClock } from '../runtime/clock.ts';
import { httpFunction } from '../runtime/http.ts';
import { randomToken } from '../runtime/random.ts';
import { loadSettings, required } from '../runtime/settings.ts';
import { stripeAccess } from '../runtime/stripe-access.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { admitCustomer } from './admit.ts';
import { operations } from './operations.ts';
import { viewerAddress } from './viewer-address.ts';

const telemetry = createTelemetry('customer-api');
const { log, metrics } = telemetry;
const settings = loadSettings();
const dependencies = {
  records: connectRecords(),
  queues: connectQueues(),
  stripe: createStripeAccount(stripeAccess(settings, interactiveTimeoutMs)),
  settings,
  clock: systemClock,
  randomToken,
  portalOrigin: required(environment.portalOrigin),
  log,
  metrics,
};

export const handler = httpFunction(
  serve({
    operations,
    access: customerRoutes,
    admit: admitCustomer(dependencies),
    addressOf: viewerAddress(connectSecret(environment.portalOriginSecret, systemClock)),
    dependencies,
    log,
  }),
  telemetry,
);
