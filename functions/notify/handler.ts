import { noticeMessageSchema } from '../domain/messages.ts';
import { environment } from '../environment.ts';
import { connectMailer, connectQueues, connectRecords } from '../runtime/clients.ts';
import { systemClock } from '../runtime/clock.ts';
import { loadMailTexts } from '../runtime/mail-texts.ts';
import { queueFunction } from '../runtime/queue-worker.ts';
import { loadSettings, required } from '../runtime/settings.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { sendNotice } from './send-notice.ts';

const telemetry = createTelemetry('notify');
const dependencies = {
  records: connectRecords(),
  mailer: connectMailer(),
  queues: connectQueues(),
  settings: loadSettings(),
  mailTexts: loadMailTexts(import.meta.url),
  portalOrigin: required(environment.portalOrigin),
  clock: systemClock,
  log: telemetry.log,
  metrics: telemetry.metrics,
};

export const handler = queueFunction(
  ({ body, messageId }) =>
    sendNotice(dependencies, noticeMessageSchema.parse(JSON.parse(body)), messageId),
  telemetry,
);
