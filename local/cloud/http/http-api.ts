import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { MovableClock } from '../../clock.ts';
import type { Activity } from '../activity.ts';
import type { FunctionPool } from '../functions/function-pool.ts';
import type { InvocationRefusal } from '../functions/refuse-invocation.ts';
import type { ApiPlan } from '../template/read-apis.ts';
import type { ApiAccess } from './api-access.ts';
import { apiLimits, headerBytesOf } from './api-limits.ts';
import type { HttpAnswer } from './http-exchange.ts';
import { type Listener, listenOnLoopback, readBody } from './loopback.ts';
import { type ApiRequest, answerOf, message, requestEvent } from './payload.ts';
import { findRoute } from './routes.ts';

export interface ApiParts {
  readonly clock: MovableClock;
  readonly activity: Activity;
  readonly access: ApiAccess;
  poolOf(functionLogicalId: string): FunctionPool;
  /** Whether an `Origin` is a page's of the template, which passes requests on to the API. */
  isPage(origin: string | undefined): boolean;
}

/**
 * Serves one HTTP API of the template.
 *
 * @throws PortInUseError
 */
export function startHttpApi(plan: ApiPlan, port: number, parts: ApiParts): Promise<Listener> {
  return listenOnLoopback(
    async (request, response) => {
      const ended = parts.activity.begin();
      try {
        const answer = await answerRequest(plan, parts, request);
        const headers = Object.entries(answer.headers).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : [...value],
        ]);
        response.writeHead(answer.status, Object.fromEntries(headers));
        response.end(answer.body);
      } finally {
        ended();
      }
    },
    {
      port,
      purpose: 'the API',
      option: 'apiPort or otherApiPorts',
      isPage: (origin) => parts.isPage(origin),
    },
  );
}

async function answerRequest(
  plan: ApiPlan,
  parts: ApiParts,
  incoming: IncomingMessage,
): Promise<HttpAnswer> {
  if (headerBytesOf(incoming) > apiLimits.headerBytes) {
    return message(431, 'Request Header Fields Too Large');
  }
  const body = await readBody(incoming, apiLimits.payloadBytes);
  if (body === undefined) return message(413, 'Request Entity Too Large');
  const request: ApiRequest = {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: incoming.headers,
    body,
    requestId: randomUUID(),
    apiId: plan.logicalId,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    httpVersion: incoming.httpVersion,
    receivedAt: parts.clock.now(),
  };
  if (!isWellEncoded(request.path)) return message(400, 'Bad Request');
  const match = findRoute(plan.routes, request.method, request.path.split('?', 1)[0] ?? '/');
  if (match === undefined) return message(404, 'Not Found');
  const caller = parts.access.callerOf(request, match.route);
  if (caller === 'forbidden') return message(403, 'Forbidden');
  if (!parts.access.mayInvoke(plan.logicalId, match.route)) {
    return message(500, 'Internal Server Error');
  }
  const user = caller === 'anybody' ? undefined : caller;
  const { routeKey, functionLogicalId, timeoutMilliseconds } = match.route;
  const invocation = parts.poolOf(functionLogicalId).invoke(requestEvent(request, match, user), {
    kind: 'http',
    routeKey,
    requestId: request.requestId,
  });
  // The function goes on after API Gateway has given up waiting for it.
  const result = await within(timeoutMilliseconds, invocation);
  if (result === 'late') return message(503, 'Service Unavailable');
  return result.ok ? answerOf(result.value) : failureOf(result.refused);
}

/** A function that Lambda throttled is not available now; one that failed has an error. */
function failureOf(refused: InvocationRefusal['why'] | undefined): HttpAnswer {
  switch (refused) {
    case 'throttled':
      return message(503, 'Service Unavailable');
    case 'too large':
      return message(413, 'Request Entity Too Large');
    default:
      return message(500, 'Internal Server Error');
  }
}

/** A path such as `/%zz` names nothing. */
function isWellEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

async function within<Value>(
  milliseconds: number,
  promise: Promise<Value>,
): Promise<Value | 'late'> {
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), milliseconds);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
