import { connectQueues, connectRecords } from '../runtime/clients.ts';
import { systemClock } from '../runtime/clock.ts';
import { queueFunction } from '../runtime/queue-worker.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { recordMailEvent } from './record-mail-event.ts';

const telemetry = createTelemetry('mail-events');
const dependencies = {
  records: connectRecords(),
  queues: connectQueues(),
  clock: systemClock,
  log: telemetry.log,
  metrics: telemetry.metrics,
};

export const handler = queueFunction(
  (record) => recordMailEvent(dependencies, JSON.parse(record.body)),
  telemetry,
);
