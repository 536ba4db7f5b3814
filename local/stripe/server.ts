import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { MovableClock } from '../clock.ts';
import { type Account, openAccount } from './account.ts';
import {
  acknowledge,
  createControl,
  createFeed,
  type LocalStripeControl,
  type LoggedRequest,
} from './control.ts';
import { DataFile, readDataFile, type SavedStripe } from './data-file.ts';
import { Deliveries, type Delivery } from './deliveries.ts';
import { paramsOf } from './engine/protocol/form.ts';
import type { EventRecord } from './engine/records.ts';
import { emptyAccount } from './engine/state.ts';
import { Faults } from './faults.ts';
import { isMeantForUs } from './own-address.ts';
import { contentSecurityPolicy, renderPage } from './page.ts';
import { BodyTooLarge } from './read-body.ts';
import { createApi } from './serve-api.ts';
import { ControlRefusal, serveControl } from './serve-control.ts';

export interface LocalStripe {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  readonly apiKey: string;
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
}

/** The one key that the local Stripe takes; it opens nothing else. */
export const localApiKey = 'sk_test_local0backstop';

/**
 * Starts a Stripe on this machine's loopback address.
 *
 * @throws Error with `code` EADDRINUSE when the port is taken, or with a sentence when `data` is
 * not a file of the local Stripe.
 */
export async function startLocalStripe(options: LocalStripeOptions): Promise<LocalStripe> {
  const { clock } = options;
  const saved = options.data === undefined ? undefined : await readDataFile(options.data);
  const parts = openParts(clock, saved, options.data);
  const { account, control, deliveries, faults, file } = parts;
  const server: Server = createServer(createListener(parts, clock, () => portOf(server)));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  account.runDue();
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    port: portOf(server),
    apiKey: localApiKey,
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

/** Answers the page, the control and the API, to nobody but this machine. */
function createListener(parts: Parts, clock: MovableClock, port: () => number): RequestListener {
  const { account, control, deliveries, faults, log } = parts;
  const serve = createApi({ account, apiKey: localApiKey, clock, faults, log });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isMeantForUs(request, port())) return refuseForeign(response);
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port()}`);
    if (url.pathname === '/') {
      account.runDue();
      return sendPage(response, renderPage(account.state, deliveries.list(), clock.now()));
    }
    if (url.pathname.startsWith('/_local/')) {
      return sendJson(response, 200, await serveControl({ control, clock }, request, url.pathname));
    }
    return serve(request, response, url);
  }

  return (request, response) => {
    respond(request, response).catch((error: unknown) => fail(response, error));
  };
}

type Parts = ReturnType<typeof openParts>;

function openParts(clock: MovableClock, saved: SavedStripe | undefined, data: string | undefined) {
  const events = createFeed<EventRecord>();
  const deliveryFeed = createFeed<Delivery>();
  const requests: LoggedRequest[] = [];
  const faults = new Faults();
  const account = openAccount({
    clock,
    state: saved?.account ?? emptyAccount(seedOf(clock.now())),
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
          v: 1,
          savedAt: clock.now(),
          account: account.state,
          deliveries: deliveries.list(),
        }));
  const deliveries = openDeliveries(clock, account, saved, (delivery) => {
    file?.changed();
    deliveryFeed.tell(delivery);
  });
  const control = createControl({ account, deliveries, faults, requests, events, deliveryFeed });
  const log = (request: LoggedRequest) => {
    requests.push(request);
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
      acknowledged: (event) => acknowledge(account, event),
      changed,
    },
    saved?.deliveries,
  );
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

function refuseForeign(response: ServerResponse): void {
  sendJson(response, 403, {
    error: {
      type: 'invalid_request_error',
      message:
        'This request names another host or comes from another origin. Use http://127.0.0.1 or ' +
        'http://localhost with the port of the local Stripe.',
    },
  });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body, null, 2)}\n`);
}

function sendPage(response: ServerResponse, html: string): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
    'cache-control': 'no-store',
  });
  response.end(html);
}

/** A control wish that was refused, or a defect of the local Stripe, which is said aloud. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  if (error instanceof ControlRefusal) {
    sendJson(response, error.status, { error: { message: error.message } });
  } else if (error instanceof BodyTooLarge) {
    sendJson(response, 413, { error: { message: error.message } });
  } else {
    console.error('The local Stripe failed on a request:', error);
    const message = error instanceof Error ? error.message : String(error);
    sendJson(response, 500, { error: { type: 'api_error', message } });
  }
}
