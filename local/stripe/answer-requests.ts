import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { MovableClock } from '../clock.ts';
import { actionsPath } from '../pages/forms.ts';
import type { Account } from './account.ts';
import { localApiKey, localPublishableKey } from './api/api-caller.ts';
import type { Faults } from './api/faults.ts';
import { createApi } from './api/serve-api.ts';
import type { LocalStripeControl, LoggedRequest } from './control/control.ts';
import { ControlRefusal } from './control/operations/operation.ts';
import { serveControl } from './control/serve-control.ts';
import type { RateLimits } from './engine/protocol/rate-limits.ts';
import { createHostedPages, isHosted } from './hosted/serve-hosted.ts';
import { whereFrom } from './own-address.ts';
import { createControlPage } from './page/serve-page.ts';
import { BodyTooLarge } from './read-body.ts';
import { createChallenge, isChallenge } from './stripe-js/serve-challenge.ts';
import { createStripeJs, isStripeJs } from './stripe-js/serve-stripe-js.ts';
import type { Deliveries } from './webhooks/deliveries.ts';

interface Parts {
  readonly account: Account;
  readonly clock: MovableClock;
  readonly control: LocalStripeControl;
  readonly deliveries: Deliveries;
  readonly faults: Faults;
  readonly log: (request: LoggedRequest) => void;
  /** Where the server listens. */
  readonly port: number;
  readonly rateLimits?: RateLimits | undefined;
}

/** Answers the pages, the control and the API, to nobody but this machine. */
export function answerRequests(parts: Parts): RequestListener {
  const { account, clock, control, faults, log, port, rateLimits } = parts;
  const own = `http://127.0.0.1:${port}`;
  const serve = createApi({ account, clock, faults, log, rateLimits });
  const page = createControlPage({ account, control, clock, look: () => lookAt(parts, own) });
  const hosted = createHostedPages(account);
  const stripeJs = createStripeJs();
  const challenge = createChallenge(account);

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const where = whereFrom(request, port);
    if (where.from === 'elsewhere') return refuseForeign(response);
    const url = addressOf(request, own);
    const isApi = /^\/v\d+\//.test(url.pathname);
    if (isApi) {
      if ((await serve(request, response, url, where)) === 'foreign') refuseForeign(response);
    } else if (isStripeJs(url.pathname)) await stripeJs(request, response, url.pathname);
    else if (where.from === 'here') await respondHere(request, response, url);
    else refuseForeign(response);
  }

  /** What is no part of Stripe's API. */
  async function respondHere(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const path = url.pathname;
    if (path === '/') page.show(request, response, url);
    else if (path.startsWith(actionsPath)) await page.act(request, response, path);
    else if (path.startsWith('/_local/')) {
      sendJson(response, 200, await serveControl({ control, clock }, request, path));
    } else if (isHosted(path)) await hosted(request, response, path);
    else if (isChallenge(path)) await challenge(request, response, url);
    else throw new ControlRefusal(404, nothingAt(path));
  }

  return (request, response) => {
    respond(request, response).catch((error: unknown) => fail(response, error));
  };
}

/** The path that was asked for, on this server. @throws ControlRefusal where there is none. */
function addressOf({ url = '' }: IncomingMessage, own: string): URL {
  const address = url.startsWith('/') ? URL.parse(`${own}${url}`) : null;
  if (address === null)
    throw new ControlRefusal(400, `"${url}" is no path. Ask for one, as /v1/customers.`);
  return address;
}

const nothingAt = (path: string) =>
  `There is nothing at ${path}. The page for people is at /, Stripe's API under /v1/.`;

/** What the control page shows, as it is at this moment. */
function lookAt({ account, clock, control, deliveries, faults }: Parts, url: string) {
  return {
    state: account.state,
    deliveries: deliveries.list(),
    now: clock.now(),
    url,
    secretKey: localApiKey,
    publishableKey: localPublishableKey,
    nextDue: control.nextDue(),
    isHolding: deliveries.isHolding,
    faults: faults.list(),
    unanswered: faults.heldCount + faults.lateCount,
    troubles: deliveries.troubles.list(),
  };
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
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
  });
  response.end(`${JSON.stringify(body, null, 2)}\n`);
}

/** A wish that was refused, or a defect of the local Stripe, which is said aloud. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  if (error instanceof ControlRefusal) {
    sendJson(response, error.status, { error: { message: error.message } });
  } else if (error instanceof URIError) {
    sendJson(response, 400, { error: { message: 'The address has a "%" that encodes nothing.' } });
  } else if (error instanceof BodyTooLarge) {
    sendJson(response, 413, { error: { message: error.message } });
  } else {
    console.error('The local Stripe failed on a request:', error);
    const message = error instanceof Error ? error.message : String(error);
    sendJson(response, 500, { error: { type: 'api_error', message } });
  }
}
