import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2 as HttpAnswer,
} from 'aws-lambda';
import { type SignInMessage, signInMessageSchema } from '../../functions/domain/messages.ts';
import type { Settings } from '../../functions/environment.ts';
import { createStaffRecords } from '../../functions/runtime/staff-records.ts';
import { sendLink } from '../../functions/sign-in/send-link.ts';
import { openAccountWorld } from './account-world.ts';
import { type ApiRequest, apiRequest } from './api-request.ts';
import { exampleSettings, noon } from './examples.ts';
import { createMemoryMailer } from './memory-mailer.ts';
import { serveApis } from './serve-apis.ts';
import { createTestClock } from './test-clock.ts';

export const portalOrigin = 'https://billing.example.com';
/** What a browser sends from the page itself. */
export const samePage = { origin: portalOrigin } as const;
export const staffArn = 'arn:aws:iam::000000000000:user/staff';

export type PortalWorld = Awaited<ReturnType<typeof openPortalWorld>>;

/** Both APIs and the room that mails links, on one table; time stands still until it is moved. */
export async function openPortalWorld(settings: Partial<Settings> = {}) {
  const world = await openAccountWorld();
  const { table, queues, telemetry } = world;
  const clock = createTestClock(noon);
  const mailer = createMemoryMailer();
  const tokens: string[] = [];
  const randomToken = () => {
    const token = `secret-${tokens.length + 1}-`.padEnd(43, 'x');
    tokens.push(token);
    return token;
  };
  const { metrics } = telemetry;
  const account = {
    ...world.account,
    settings: { ...exampleSettings, ...settings },
    mailTexts: {},
    clock,
  };
  const dependencies = {
    ...account,
    queues,
    staffRecords: createStaffRecords(table),
    mailer,
    randomToken,
    portalOrigin,
    metrics,
  };
  const { customerApi, staffApi } = serveApis(dependencies);
  const answer = (event: APIGatewayProxyEventV2) =>
    event.routeKey.includes(' /staff/') ? staffApi(event) : customerApi(event);
  let requests = 0;
  const ask = (route: string, { headers = samePage, ...request }: ApiRequest = {}) => {
    const event = apiRequest(route, { headers, ...request });
    requests += 1;
    event.requestContext.requestId = `request-${requests}`;
    return answer(event);
  };
  return {
    ...world,
    account,
    clock,
    mailer,
    /** Every secret that was ever made up, in order. */
    tokens,
    /** What the function of the event's route answers. */
    answer,
    ask,
    askAsStaff: (route: string, request: ApiRequest = {}) =>
      ask(route, { signedBy: staffArn, ...request }),
    /** Delivers one message of the queue `sign-in`. */
    deliver: (message: SignInMessage, messageId: string) =>
      sendLink(dependencies, message, messageId),
    /** Takes what is in the queue `sign-in` and mails the links. */
    async mailLinks(): Promise<void> {
      for (const { body } of queues.receive('signIn')) {
        const message = signInMessageSchema.parse(body);
        await sendLink(dependencies, message, `message-of-${message.request}`);
      }
    },
  };
}

/** The address in a mail that signs its reader in. */
export function linkIn(mail: { readonly text: string } | undefined): string {
  const [link] = /https:\/\/\S+\/#\/sign-in\/\S+/.exec(mail?.text ?? '') ?? [];
  if (link === undefined) throw new Error('The mail has no link.');
  return link;
}

export const tokenOf = (link: string): string => link.slice(link.lastIndexOf('/') + 1);

/** The cookie as a browser sends it back. */
export function cookieOf({ cookies = [] }: HttpAnswer): string {
  const [pair] = cookies[0]?.split(';') ?? [];
  if (pair === undefined) throw new Error('The answer sets no cookie.');
  return pair;
}

/** Signs in by mail, as a person does; answers with the last answer. */
export async function signIn(world: PortalWorld, email: string): Promise<HttpAnswer> {
  await world.ask('POST /portal/login', { body: { email } });
  await world.mailLinks();
  const token = tokenOf(linkIn(world.mailer.sent.at(-1)));
  return world.ask('POST /portal/session', { body: { token } });
}

/** The cookie of somebody who has just signed in by mail. */
export const cookieFor = async (world: PortalWorld, email: string): Promise<string> =>
  cookieOf(await signIn(world, email));
