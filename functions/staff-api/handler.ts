import { staffRoutes } from '../access.ts';
import { createStripeAccount } from '../adapters/stripe-account.ts';
import { interactiveTimeoutMs } from '../adapters/stripe-sdk.ts';
import { serve } from '../api/serve.ts';
import { environment } from '../environment.ts';
import { connectQueues, connectTable } from '../runtime/clients.ts';
import { systemClock } from '../runtime/clock.ts';
import { httpFunction } from '../runtime/http.ts';
import { randomToken } from '../runtime/random.ts';
import { createRecords } from '../runtime/records.ts';
import { loadSettings, required } from '../runtime/settings.ts';
import { createStaffRecords } from '../runtime/staff-records.ts';
import { stripeAccess } from '../runtime/stripe-access.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { admitStaff } from './admit.ts';
import { operations } from './operations.ts';

const telemetry = createTelemetry('staff-api');
const { log, metrics } = telemetry;
const settings = loadSettings();
const table = connectTable();

export const handler = httpFunction(
  serve({
    operations,
    access: staffRoutes,
    admit: admitStaff,
    dependencies: {
      records: createRecords(table),
      staffRecords: createStaffRecords(table),
      queues: connectQueues(),
      stripe: createStripeAccount(stripeAccess(settings, interactiveTimeoutMs)),
      settings,
      randomToken,
      portalOrigin: required(environment.portalOrigin),
      clock: systemClock,
      log,
      metrics,
    },
    log,
  }),
  telemetry,
);
