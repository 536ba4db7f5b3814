import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { customerRoutes, staffRoutes } from '../../../functions/access.ts';
import { isSignedByStripe } from '../../../functions/adapters/stripe-webhook-signature.ts';
import { serve } from '../../../functions/api/serve.ts';
import { admitCustomer } from '../../../functions/customer-api/admit.ts';
import { operations as customerOperations } from '../../../functions/customer-api/operations.ts';
import { noticeMessageSchema, signInMessageSchema } from '../../../functions/domain/messages.ts';
import type { Clock, Log, Metrics } from '../../../functions/domain/ports.ts';
import { recordMailEvent } from '../../../functions/mail-events/record-mail-event.ts';
import { sendNotice } from '../../../functions/notify/send-notice.ts';
import { reconcile } from '../../../functions/reconcile/reconcile.ts';
import { remind } from '../../../functions/remind/remind.ts';
import { handleMessage } from '../../../functions/retry/handle-message.ts';
import { httpFunction } from '../../../functions/runtime/http.ts';
import { type HandleRecord, queueFunction } from '../../../functions/runtime/queue-worker.ts';
import { createRecords, type Records } from '../../../functions/runtime/records.ts';
import { scheduledFunction } from '../../../functions/runtime/scheduled.ts';
import { policyOf } from '../../../functions/runtime/settings.ts';
import { createStaffRecords } from '../../../functions/runtime/staff-records.ts';
import { sendLink } from '../../../functions/sign-in/send-link.ts';
import { admitStaff } from '../../../functions/staff-api/admit.ts';
import { operations as staffOperations } from '../../../functions/staff-api/operations.ts';
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
  reconcile(environment: Environment): Promise<void>;
  remind(environment: Environment): Promise<void>;
  customerApi(
    environment: Environment,
    request: APIGatewayProxyEventV2,
  ): Promise<APIGatewayProxyStructuredResultV2>;
  staffApi(
    environment: Environment,
    request: APIGatewayProxyEventV2,
  ): Promise<APIGatewayProxyStructuredResultV2>;
  signIn(environment: Environment, event: SQSEvent): Promise<SQSBatchResponse>;
}

/** Where the customer's page of these worlds stands. */
export const portalOrigin = 'https://billing.simulation.example';

export interface Secrets {
  /** With which Stripe signs its deliveries. */
  readonly signingSecret: string;
  /** 256 bits as base64url, by the seed. */
  readonly randomToken: () => string;
}

/**
 * Without `getRemainingTimeInMillis`, from which middy would set a timer in real time: the world
 * itself ends a process at its time-out.
 */
// A context's other fields are AWS's own, and no room reads one.
const context = {} as Context;

export function openRooms({ settings }: Plan, { signingSecret, randomToken }: Secrets): Rooms {
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
        handleMessage(
          {
            passes: { ...environment, policy, mode, remainingMs: remainingMs(environment) },
            changes: environment,
            looks: environment,
          },
          JSON.parse(body),
        ),
      ),
    notify: (environment, event) =>
      onQueue(environment, event, ({ body, messageId }) =>
        sendNotice(
          { ...environment, settings, mailTexts: {}, portalOrigin },
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
    async reconcile(environment) {
      const run = () =>
        reconcile({ ...environment, policy, remainingMs: remainingMs(environment) });
      // As above.
      await scheduledFunction(run, telemetryOf(environment))({} as never, context);
    },
    async remind(environment) {
      const run = () =>
        remind({ ...environment, policy, mode, remainingMs: remainingMs(environment) });
      // As above.
      await scheduledFunction(run, telemetryOf(environment))({} as never, context);
    },
    customerApi(environment, request) {
      const dependencies = { ...environment, settings, randomToken, portalOrigin };
      const handle = serve({
        operations: customerOperations,
        access: customerRoutes,
        admit: admitCustomer(dependencies),
        dependencies,
        log: environment.log,
      });
      return httpFunction(handle, telemetryOf(environment))(request, context);
    },
    staffApi(environment, request) {
      const staffRecords = createStaffRecords(environment.table);
      const handle = serve({
        operations: staffOperations,
        access: staffRoutes,
        admit: admitStaff,
        dependencies: { ...environment, staffRecords, settings, randomToken, portalOrigin },
        log: environment.log,
      });
      return httpFunction(handle, telemetryOf(environment))(request, context);
    },
    signIn: (environment, event) =>
      onQueue(environment, event, ({ body, messageId }) =>
        sendLink(
          { ...environment, settings, mailTexts: {}, randomToken, portalOrigin },
          signInMessageSchema.parse(JSON.parse(body)),
          messageId,
        ),
      ),
  };
}

const telemetryOf = ({ log, metrics }: Environment) => ({
  log,
  metrics,
  middleware: { after: () => undefined },
});

export const connectRecords = ({ table }: Ports): Records => createRecords(table);
