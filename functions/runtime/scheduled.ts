import middy from '@middy/core';
import type { Context, ScheduledEvent } from 'aws-lambda';
import type { Telemetry } from './telemetry.ts';

/** The stack of every scheduled function; what fails is counted by Lambda, and alarmed. */
export const scheduledFunction = (run: (context: Context) => Promise<void>, telemetry: Telemetry) =>
  middy<ScheduledEvent, void>()
    .use(telemetry.middleware)
    .handler((_event, context) => run(context));
