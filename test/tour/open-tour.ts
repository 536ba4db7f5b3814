import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { onTestFinished } from 'vitest';
import type { CustomerRoute, StaffRoute } from '../../functions/access.ts';
import { createStripeAccount } from '../../functions/adapters/stripe-account.ts';
import { createStripeGateway } from '../../functions/adapters/stripe-gateway.ts';
import { stripeSdk } from '../../functions/adapters/stripe-sdk.ts';
import { retryMessageSchema, signInMessageSchema } from '../../functions/domain/messages.ts';
import { startSession } from '../../functions/domain/sign-in/session.ts';
import { settingsSchema } from '../../functions/environment.ts';
import { runPass } from '../../functions/retry/run-pass.ts';
import { hashSecret, personOf } from '../../functions/runtime/hash.ts';
import { createRecords } from '../../functions/runtime/records.ts';
import { policyOf } from '../../functions/runtime/settings.ts';
import { createStaffRecords } from '../../functions/runtime/staff-records.ts';
import { sendLink } from '../../functions/sign-in/send-link.ts';
import { startLocalStripe } from '../../local/stripe/server.ts';
import { type ApiRequest, apiRequest } from '../twins/api-request.ts';
import { createMemoryMailer } from '../twins/memory-mailer.ts';
import { createMemoryQueues } from '../twins/memory-queues.ts';
import { createMemoryTable } from '../twins/memory-table.ts';
import { meterTable } from '../twins/metered-table.ts';
import { recordTelemetry } from '../twins/recorded-telemetry.ts';
import { serveApis } from '../twins/serve-apis.ts';
import { clientOf } from '../unit/local-stripe/world.ts';
import { createStillClock } from './still-clock.ts';

export type Route = CustomerRoute | StaffRoute;
/** Calls `end` later: after the test, or whenever else the world is not needed any more. */
export type Finish = (end: () => Promise<void>) => void;
export type TourWorld = Awaited<ReturnType<typeof openTourWorld>>;

/** When a tour begins. */
export const tourBegins = Date.UTC(2026, 10, 2, 9, 30);
export const portalOrigin = 'https://billing.example.com';
const staffArn = 'arn:aws:iam::111122223333:user/sam';

const settings = settingsSchema.parse({
  stripeMode: 'test',
  business: { name: 'Example Ltd', supportEmail: 'support@example.com' },
  mail: { sender: 'billing@example.com' },
  portal: { returnUrls: ['https://app.example.com/'] },
});

/**
 * Both APIs and the rooms behind them, on one metered table and a local Stripe whose time stands
 * still. Nothing in it is left to chance: every run sees the same ids, times and secrets.
 */
export async function openTourWorld(finish: Finish = onTestFinished) {
  const clock = createStillClock(tourBegins);
  const local = await startLocalStripe({ clock });
  finish(async () => {
    clock.stop();
    await local.stop();
  });
  const stripe = clientOf(local);
  const memory = createMemoryTable();
  const { table, take: takeUnits } = meterTable(memory);
  const queues = createMemoryQueues(clock);
  const mailer = createMemoryMailer();
  const telemetry = recordTelemetry();
  const { log, metrics } = telemetry;
  const connection = {
    apiKey: { value: async () => local.apiKey, forget: () => undefined },
    connect: stripeSdk({ livemode: false, apiBase: `http://127.0.0.1:${local.port}` }),
  };
  const account = {
    records: createRecords(table),
    queues,
    stripe: createStripeAccount(connection),
    settings,
    mailTexts: {},
    clock,
    log,
  };
  let secrets = 0;
  const randomToken = () => {
    secrets += 1;
    return `${secrets}`.padStart(43, 'secret-');
  };
  const dependencies = {
    ...account,
    staffRecords: createStaffRecords(table),
    randomToken,
    portalOrigin,
    mailer,
    metrics,
  };
  const { customerApi, staffApi } = serveApis(dependencies);
  const retry = {
    ...account,
    account,
    stripe: createStripeGateway(connection),
    policy: policyOf(settings),
    mode: settings.mode,
    metrics,
    remainingMs: () => 120_000,
  };
  let requests = 0;
  return {
    clock,
    local,
    stripe,
    account,
    telemetry,
    mailer,
    queues,
    takeUnits,
    items: memory.items,
    /** What API Gateway gets of the function: as staff where IAM has let in, else from the page. */
    ask(
      route: Route,
      { headers, ...request }: ApiRequest = {},
      change: (event: APIGatewayProxyEventV2) => APIGatewayProxyEventV2 = (event) => event,
    ) {
      requests += 1;
      const isStaff = route.includes(' /staff/');
      const event = apiRequest(route, {
        ...(isStaff ? { signedBy: staffArn } : {}),
        headers: { ...(isStaff ? {} : { origin: portalOrigin }), ...headers },
        ...request,
      });
      event.requestContext.requestId = `request-${requests}`;
      return isStaff ? staffApi(change(event)) : customerApi(change(event));
    },
    /** A session of the person, put into the table. @returns its cookie. */
    async cookieOf(email: string, customer: Parameters<typeof account.records.customer>[0] | null) {
      const token = randomToken();
      const person = personOf(email);
      const signOuts = (await account.records.signedOut(person))?.version ?? 0;
      const start = { id: hashSecret(token), person, customer, signOuts, returnUrl: null };
      await account.records.addSession(startSession(start, clock.now()));
      return `__Host-backstop=${token}`;
    },
    /** The rooms behind the queues do what waits for them. */
    async work(): Promise<void> {
      for (const { body } of queues.receive('signIn')) {
        const message = signInMessageSchema.parse(body);
        await sendLink(dependencies, message, `message-of-${message.request}`);
      }
      for (const queue of ['retryNow', 'retry'] as const) {
        for (const { body } of queues.receive(queue)) {
          await runPass(retry, retryMessageSchema.parse(body));
        }
      }
    },
  };
}
