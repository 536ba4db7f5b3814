import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { MovableClock } from '../clock.ts';
import { type Account, openAccount } from './account.ts';
import { answerRequests } from './answer-requests.ts';
import { localApiKey, localPublishableKey } from './api/api-caller.ts';
import { Faults } from './api/faults.ts';
import {
  acknowledge,
  createControl,
  type LocalStripeControl,
  type LoggedRequest,
  mostRequests,
} from './control/control.ts';
import { DataFile, openDataFile, type SavedStripe } from './data-file.ts';
import { makeSecondEvent } from './engine/local-operations/events.ts';
import { paramsOf } from './engine/protocol/form.ts';
import type { RateLimits } from './engine/protocol/rate-limits.ts';
import type { EventRecord } from './engine/records.ts';
import { emptyAccount, type StripeState } from './engine/state.ts';
import { createFeed } from './feed.ts';
import { Deliveries, type Delivery } from './webhooks/deliveries.ts';

export { localApiKey } from './api/api-caller.ts';

export interface LocalStripe {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  readonly apiKey: string;
  /** For the pages of a business: it makes payment methods and confirms intents only. */
  readonly publishableKey: string;
  readonly control: LocalStripeControl;
  /** Registers an endpoint as `POST /v1/webhook_endpoints` does. */
  addWebhookEndpoint(endpoint: {
    readonly url: string;
    readonly enabledEvents: readonly string[];
  }): {
    readonly id: string;
    readonly secret: string;
  };
  /** Resolves when nothing is due by the clock and no delivery is on its way. */
  idle(): Promise<void>;
  /** Cuts what is in progress, saves, and frees the port. */
  stop(): Promise<void>;
}

export interface LocalStripeOptions {
  /** 0 takes any free port. @default 0 */
  readonly port?: number;
  readonly clock: MovableClock;
  /** A file that keeps the account between runs. @default in memory only */
  readonly data?: string;
  /** Answers more requests within a second than these with 429. @default no limits */
  readonly rateLimits?: RateLimits;
}

/**
 * Starts a Stripe on this machine's loopback address.
 *
 * @throws Error with `code` EADDRINUSE when the port is taken, or with a sentence when `data` is
 * not a file of the local Stripe or cannot be written.
 */
export async function startLocalStripe(options: LocalStripeOptions): Promise<LocalStripe> {
  const saved = options.data === undefined ? undefined : await openDataFile(options.data);
  // Its own address stands in every invoice, so the port is taken before anything happens.
  const server = createServer();
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  const url = `http://127.0.0.1:${port}`;
  const parts = openParts(options, url, saved);
  const { account, control, deliveries, faults, file } = parts;
  server.on('request', answerRequests({ ...parts, ...options, port }));
  account.runDue();
  return {
    url,
    port,
    apiKey: localApiKey,
    publishableKey: localPublishableKey,
    control,
    addWebhookEndpoint: (endpoint) => addWebhookEndpoint(account, endpoint),
    async idle() {
      do {
        await deliveries.idle();
      } while (account.runDue() || deliveries.inFlight > 0);
    },
    async stop() {
      account.stop();
      faults.clear();
      server.close();
      server.closeAllConnections();
      await deliveries.stop();
      await file?.flush();
    },
  };
}

function openParts(options: LocalStripeOptions, hostedUrl: string, saved: SavedStripe | undefined) {
  const { clock, data } = options;
  const events = createFeed<EventRecord>();
  const deliveryFeed = createFeed<Delivery>();
  const requests: LoggedRequest[] = [];
  const faults = new Faults(clock);
  const began = resume(saved, seedOf(clock.now()));
  const account = openAccount({
    clock,
    state: { ...began, settings: { ...began.settings, hostedUrl } },
    onChange(happened) {
      file?.changed();
      for (const event of happened) events.tell(event);
      deliveries.enqueue(happened);
    },
  });
  const file =
    data === undefined
      ? undefined
      : new DataFile(data, () => ({
          v: 2,
          savedAt: clock.now(),
          account: account.state,
          deliveries: deliveries.list(),
        }));
  const deliveries = openDeliveries(clock, account, saved, (delivery) => {
    file?.changed();
    deliveryFeed.tell(delivery);
  });
  const control = createControl({
    account,
    clock,
    deliveries,
    faults,
    requests,
    events,
    deliveryFeed,
  });
  const log = (request: LoggedRequest) => {
    requests.push(request);
    if (requests.length > mostRequests) requests.shift();
  };
  return { account, control, deliveries, faults, file, log };
}

function openDeliveries(
  clock: MovableClock,
  account: Account,
  saved: SavedStripe | undefined,
  changed: (delivery: Delivery) => void,
): Deliveries {
  return new Deliveries(
    {
      clock,
      endpoints: () => account.state.tables.webhook_endpoints,
      secretOf(endpoint) {
        const secret = account.state.webhookSecrets[endpoint];
        if (secret === undefined) throw new Error(`No signing secret for ${endpoint}.`);
        return secret;
      },
      event: (id) => account.state.tables.events.find((event) => event.id === id),
      makeSecond(event) {
        account.change((state) => makeSecondEvent(state, event));
      },
      acknowledged: (event) => acknowledge(account, event),
      changed,
    },
    saved?.deliveries,
  );
}

/** The account that was saved, with what it lacks if an older version saved it; or a new one. */
function resume(saved: SavedStripe | undefined, seed: string): StripeState {
  const fresh = emptyAccount(seed);
  if (saved === undefined) return fresh;
  const { account } = saved;
  return {
    ...account,
    settings: { ...fresh.settings, ...account.settings },
    tables: { ...fresh.tables, ...account.tables },
  };
}

/** Ids of two accounts that began at different moments differ. */
function seedOf(now: number): string {
  return Math.floor(now).toString(36);
}

function addWebhookEndpoint(
  account: Account,
  endpoint: { readonly url: string; readonly enabledEvents: readonly string[] },
): { id: string; secret: string } {
  const { answer } = account.handle({
    method: 'POST',
    path: '/v1/webhook_endpoints',
    params: paramsOf({ url: endpoint.url, enabled_events: endpoint.enabledEvents }),
  });
  const created = account.state.tables.webhook_endpoints.at(-1);
  const secret = created && account.state.webhookSecrets[created.id];
  if (answer.status !== 200 || created === undefined || secret === undefined) {
    throw new Error(`The webhook endpoint was refused: ${JSON.stringify(answer.body)}`);
  }
  return { id: created.id, secret };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
