import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics as EmbeddedMetrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj } from '@middy/core';
import type { Log, MetricName, Metrics } from '../domain/ports.ts';

/** The namespace that the alarms of `lib/` watch. */
const namespace = 'Backstop';

export interface Telemetry {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Puts the request's id on every line and publishes the metrics at the end of each call. */
  readonly middleware: MiddlewareObj;
}

/** Log lines as JSON and metrics as CloudWatch's embedded format, both on standard output. */
export function createTelemetry(room: string): Telemetry {
  const logger = new Logger({ serviceName: room });
  const embedded = new EmbeddedMetrics({ namespace, serviceName: 'backstop' });
  // Middy takes what a hook returns for the function's answer, so this returns nothing.
  const publish = (): void => {
    embedded.publishStoredMetrics();
  };
  return {
    log: {
      info: (message, ids = {}) => logger.info(message, ids),
      warn: (message, ids = {}) => logger.warn(message, ids),
      error: (message, ids = {}) => logger.error(message, ids),
    },
    metrics: {
      count: (name: MetricName, value = 1) => embedded.addMetric(name, MetricUnit.Count, value),
    },
    middleware: {
      before: ({ context }): void => {
        logger.addContext(context);
      },
      after: publish,
      onError: publish,
    },
  };
}
