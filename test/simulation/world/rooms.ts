import type { APIGatewayProxyEventV2, Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { isSignedByStripe } from '../../../functions/adapters/stripe-webhook-signature.ts';
import { noticeMessageSchema, retryMessageSchema } from '../../../functions/domain/messages.ts';
import type { Clock, Log, Metrics } from '../../../functions/domain/ports.ts';
import { recordMailEvent } from '../../../functions/mail-events/record-mail-event.ts';
import { sendNotice } from '../../../functions/notify/send-notice.ts';
import { runPass } from '../../../functions/retry/run-pass.ts';
import { httpFunction } from '../../../functions/runtime/http.ts';
import { type HandleRecord, queueFunction } from '../../../functions/runtime/queue-worker.ts';
import { createRecords, type Records } from '../../../functions/runtime/records.ts';
import { scheduledFunction } from '../../../functions/runtime/scheduled.ts';
import { policyOf } from '../../../functions/runtime/settings.ts';
import { receiveEvent } from '../../../functions/stripe-webhook/receive-event.ts';
import { sweep } from '../../../functions/sweep/sweep.ts';
import type { Plan } from './plan.ts';
import type { Ports } from './ports.ts';
import type { Process } from './processes.ts';

/** An environment of a function, which serves one process at a time, as Lambda's do. */
export interface Environment extends Ports {
  readonly records: Records;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** The one that runs in it now. */
  process(): Process;
}

/** Each room as its handler file wires it, but for the ports. */
export interface Rooms {
  webhook(environment: Environment, request: APIGatewayProxyEventV2): Promise<number>;
  retry(environment: Environment, event: SQSEvent): Promise<SQSBatchResponse>;
  notify(environment: Environment, event: SQSEvent): Promise<SQSBatchResponse>;
  mailEvents(environment: Environment, event: SQSEvent): Promise<SQSBatchResponse>;
  sweep(environment: Environment): Promise<void>;
}

/**
 * Without `getRemainingTimeInMillis`, from which middy would set a timer in real time: the world
 * itself ends a process at its time-out.
 */
// A context's other fields are AWS's own, and no room reads one.
const context = {} as Context;

export function openRooms({ settings }: Plan, signingSecret: string): Rooms {
  const policy = policyOf(settings);
  const { mode } = settings;
  const remainingMs =
    ({ clock, process }: Environment) =>
    () =>
      process().deadline - clock.now();
  const onQueue = (environment: Environment, event: SQSEvent, handle: HandleRecord) =>
    queueFunction(handle, telemetryOf(environment))(event, context);
  return {
    async webhook(environment, request) {
      const handle = receiveEvent({
        ...environment,
        signingSecrets: async () => [signingSecret],
        isSigned: isSignedByStripe,
        livemode: policy.livemode,
      });
      const answer = await httpFunction(handle, telemetryOf(environment))(request, context);
      return answer.statusCode ?? 200;
    },
    retry: (environment, event) =>
      onQueue(environment, event, ({ body }) =>
        runPass(
          { ...environment, policy, mode, remainingMs: remainingMs(environment) },
          retryMessageSchema.parse(JSON.parse(body)),
        ),
      ),
    notify: (environment, event) =>
      onQueue(environment, event, ({ body, messageId }) =>
        sendNotice(
          { ...environment, settings },
          noticeMessageSchema.parse(JSON.parse(body)),
          messageId,
        ),
      ),
    mailEvents: (environment, event) =>
      onQueue(environment, event, ({ body }) => recordMailEvent(environment, JSON.parse(body))),
    async sweep(environment) {
      const { passesPerSecond } = settings.policy;
      const run = () =>
        sweep({ ...environment, passesPerSecond, remainingMs: remainingMs(environment) });
      // A scheduled event carries nothing that the room reads.
      await scheduledFunction(run, telemetryOf(environment))({} as never, context);
    },
  };
}

const telemetryOf = ({ log, metrics }: Environment) => ({
  log,
  metrics,
  middleware: { after: () => undefined },
});

export const connectRecords = ({ table }: Ports): Records => createRecords(table);
