import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { handledEventTypes } from '../../functions/domain/stripe/stripe-events.ts';
import { createMovableClock, type MovableClock } from '../clock.ts';
import type { LocalCloud } from '../cloud/local-cloud.ts';
import { startLocalCloud } from '../cloud/start.ts';
import { readIfThere } from '../read-if-there.ts';
import { type LocalStripe, startLocalStripe } from '../stripe/server.ts';
import { connectStripe } from './connect-stripe.ts';
import { demoConfiguration, secretNames } from './demo-configuration.ts';
import { apiPort, type Sandbox, staffApiPort } from './options.ts';
import {
  createStaffUsers,
  type StaffAccess,
  type StaffUsers,
  staffAccessOf,
} from './staff-users.ts';

export interface LocalStackOptions {
  /** Where the stack was synthesized. */
  readonly assemblyDirectory: string;
  /**
   * The page's port; the inbox, the local Stripe and, past the console's, the two APIs take those
   * after it. 0 takes free ones.
   */
  readonly port: number;
  readonly data?: string | undefined;
  /** Stripe's sandbox instead of the local Stripe. */
  readonly sandbox?: Sandbox | undefined;
  /** @default the events that the webhook acts on */
  readonly enabledEvents?: readonly string[];
}

/** The whole of Backstop on this machine. */
export interface LocalStack {
  readonly clock: MovableClock;
  readonly cloud: LocalCloud;
  /** Absent where Stripe's sandbox is used. */
  readonly stripe: LocalStripe | undefined;
  /** Where the staff API is reached, by somebody of the business and by its backend. */
  readonly staff: StaffAccess;
  readonly backend: StaffAccess;
  readonly apiKey: string;
  /** Where the API is reached; `undefined` for Stripe itself. */
  readonly apiBase: string | undefined;
  /** Resolves when no delivery, message, event or invocation is on its way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

const stackName = 'Backstop';
const webhookPath = '/webhooks/stripe';

/** Starts the local cloud on a synthesized stack, and a local Stripe that sends it webhooks. */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { data, port, sandbox } = options;
  if (data !== undefined) await mkdir(data, { recursive: true });
  const clock = createMovableClock(await savedTime(data));
  const stripe =
    sandbox === undefined
      ? await startLocalStripe({
          port: port === 0 ? 0 : port + 2,
          clock,
          ...(data !== undefined && { data: join(data, 'stripe.json') }),
        })
      : undefined;
  const apiKey = sandbox?.apiKey ?? stripe?.apiKey ?? '';
  const apiBase = stripe?.url ?? sandbox?.apiBase;
  const users = createStaffUsers();
  const cloud = await startCloud(options, { clock, apiBase, apiKey, users }).catch(
    async (error: unknown) => {
      // Else it would keep the process up, and nobody would see why nothing comes.
      await stripe?.stop();
      clock.stop();
      throw error;
    },
  );
  if (stripe !== undefined) {
    const url = `${cloud.apiUrl}${webhookPath}`;
    const secret = await connectWebhook(stripe, url, options.enabledEvents ?? handledEventTypes);
    cloud.setSecret(secretNames.stripeWebhook, secret);
  }
  return {
    clock,
    cloud,
    stripe,
    staff: staffAccessOf(cloud.apiUrlOf('StaffApi'), users.staff),
    backend: staffAccessOf(cloud.apiUrlOf('StaffApi'), users.backend),
    apiKey,
    apiBase,
    async idle() {
      // A delivery makes the cloud busy, and the cloud may make Stripe deliver again.
      do {
        await stripe?.idle();
        await cloud.idle();
      } while (stripe !== undefined && (await isBusyAgain(stripe, cloud)));
    },
    async stop() {
      await stripe?.stop();
      await cloud.stop();
      if (data !== undefined) await saveTime(data, clock.now());
      clock.stop();
    },
  };
}

/** The one endpoint of this run; an earlier run's may have stood on another port. */
async function connectWebhook(
  stripe: LocalStripe,
  url: string,
  enabledEvents: readonly string[],
): Promise<string> {
  const sdk = connectStripe(stripe.apiKey, stripe.url);
  const { data: known } = await sdk.webhookEndpoints.list({ limit: 100 });
  for (const endpoint of known) await sdk.webhookEndpoints.del(endpoint.id);
  return stripe.addWebhookEndpoint({ url, enabledEvents }).secret;
}

/** Whether Stripe had something to deliver while the cloud came to rest. */
async function isBusyAgain(stripe: LocalStripe, cloud: LocalCloud): Promise<boolean> {
  const newest = () => cloud.outgoingRequests().at(-1)?.number;
  const before = newest();
  await stripe.idle();
  await cloud.idle();
  return newest() !== before;
}

interface CloudParts {
  readonly clock: MovableClock;
  readonly apiBase: string | undefined;
  readonly apiKey: string;
  readonly users: StaffUsers;
}

function startCloud(
  { assemblyDirectory, data, port, sandbox }: LocalStackOptions,
  { clock, apiBase, apiKey, users }: CloudParts,
): Promise<LocalCloud> {
  return startLocalCloud({
    assemblyDirectory,
    stackName,
    clock,
    secrets: {
      [secretNames.stripeApiKey]: apiKey,
      [secretNames.stripeWebhook]: sandbox?.webhookSecret ?? 'no endpoint yet',
    },
    verifiedSenders: [demoConfiguration.mail.sender],
    ...(apiBase !== undefined && { outside: { stripe: apiBase } }),
    ...(data !== undefined && { dataDirectory: join(data, 'cloud') }),
    users: [users.staff, users.backend],
    pagePort: port,
    apiPort: apiPort(port),
    // The page asks the Stripe of this machine for what a page on the web has from Stripe itself.
    ...(apiBase !== undefined && {
      standIns: { 'https://js.stripe.com': apiBase, 'https://api.stripe.com': apiBase },
    }),
    otherApiPorts: { StaffApi: staffApiPort(port) },
    inboxPort: port === 0 ? 0 : port + 1,
  });
}

/** A clock that was moved ahead in an earlier run must not go back. */
async function savedTime(data: string | undefined): Promise<{ startAt?: number }> {
  if (data === undefined) return {};
  const saved = Number((await readIfThere(join(data, 'clock'))) ?? 0);
  return saved > Date.now() ? { startAt: saved } : {};
}

const saveTime = (data: string, now: number) => writeFile(join(data, 'clock'), `${now}\n`);
