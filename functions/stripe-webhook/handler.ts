import { isSignedByStripe } from '../adapters/stripe-webhook-signature.ts';
import { environment } from '../environment.ts';
import { connectQueues, connectRecords, connectSecret } from '../runtime/clients.ts';
import { systemClock } from '../runtime/clock.ts';
import { httpFunction } from '../runtime/http.ts';
import { loadSettings } from '../runtime/settings.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { parseSigningSecrets } from './parse-signing-secrets.ts';
import { receiveEvent } from './receive-event.ts';

const telemetry = createTelemetry('stripe-webhook');
const secret = connectSecret(environment.stripeWebhookSecret, systemClock);

export const handler = httpFunction(
  receiveEvent({
    records: connectRecords(),
    queues: connectQueues(),
    signingSecrets: async () => parseSigningSecrets(await secret.value()),
    isSigned: isSignedByStripe,
    livemode: loadSettings().stripeMode === 'live',
    clock: systemClock,
    log: telemetry.log,
    metrics: telemetry.metrics,
  }),
  telemetry,
);
