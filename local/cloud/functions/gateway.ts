import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MovableClock } from '../../clock.ts';
import type { Activity } from '../activity.ts';
import { type AwsRequest, readAwsRequest } from '../aws-request.ts';
import { forward, type HttpAnswer, type HttpRequest } from '../http/http-exchange.ts';
import { listenOnLoopback, readBody } from '../http/loopback.ts';
import type { KnownCaller } from '../permissions/local-user.ts';
import type { RequestGuard } from '../permissions/request-guard.ts';
import type { OutgoingRequest, Part, Permission, RequestRecord, Verdict } from '../records.ts';
import { readErrorName } from './read-error-name.ts';
import { readWrittenItem } from './read-written-item.ts';

/** A function's request to one of AWS's services. */
export interface ServiceRequest {
  readonly aws: AwsRequest;
  readonly http: HttpRequest;
  /** Base address at which this caller reaches the queues. */
  readonly callerUrl: string;
}

/** One of AWS's services, as the functions see it. */
export interface Service {
  /** Absent for a service that nobody can stop. */
  readonly part?: Part;
  handle(request: ServiceRequest): Promise<HttpAnswer>;
}

export interface Caller {
  readonly functionLogicalId: string;
  readonly functionName: string;
  /** Whose key signs its requests, and who that is. */
  readonly known: KnownCaller;
  /** The invocation that runs now. */
  currentRequest(): string | undefined;
  /** Ends the caller's thread at once. */
  kill(reason: string): Promise<void>;
}

/** The one address that an execution environment knows. */
export interface GatewayEntrance {
  readonly url: string;
  /** Variables that lead a function's other requests through here, such as `STRIPE_API_BASE`. */
  readonly outsideVariables: Readonly<Record<string, string>>;
  /** Requests are counted anew from here. */
  beginInvocation(): void;
  close(): Promise<void>;
}

/** What every request of every function passes, whoever sends it and wherever it goes. */
export interface Gateway {
  open(caller: Caller): Promise<GatewayEntrance>;
}

export interface GatewayParts {
  readonly clock: MovableClock;
  readonly activity: Activity;
  /** By the service's name in a signature, such as `secretsmanager`. */
  readonly services: Readonly<Record<string, Service>>;
  readonly outside: { readonly stripe?: string };
  readonly stopped: ReadonlySet<Part>;
  /** Refuses what AWS itself would refuse for its services. */
  readonly guard: RequestGuard;
  judge(request: OutgoingRequest): Verdict | Promise<Verdict>;
  record(request: Omit<RequestRecord, 'number'>): void;
}

/** More than any service here takes: what is over a limit of its own, the service itself refuses. */
const requestLimitBytes = 40 * 1024 * 1024;

export function createGateway(parts: GatewayParts): Gateway {
  return {
    async open(caller) {
      let sequence = 0;
      const listener = await listenOnLoopback(
        async (request, response) => {
          const ended = parts.activity.begin();
          try {
            sequence += 1;
            await pass(parts, caller, listener.url, sequence, request, response);
          } finally {
            ended();
          }
        },
        { port: 0, purpose: `the gateway of ${caller.functionName}`, option: 'no option' },
      );
      return {
        url: listener.url,
        outsideVariables:
          parts.outside.stripe === undefined ? {} : { STRIPE_API_BASE: listener.url },
        beginInvocation() {
          sequence = 0;
        },
        close: () => listener.close(),
      };
    },
  };
}

async function pass(
  parts: GatewayParts,
  caller: Caller,
  callerUrl: string,
  sequence: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const awsRequestId = caller.currentRequest();
  const body = await readBody(request, requestLimitBytes);
  if (body === undefined) return void response.writeHead(413).end();
  const http: HttpRequest = {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: request.headers,
    body,
  };
  const aws = readAwsRequest(http);
  const outgoing: OutgoingRequest = {
    functionLogicalId: caller.functionLogicalId,
    functionName: caller.functionName,
    ...(awsRequestId !== undefined && { awsRequestId }),
    sequence,
    ...(aws ? wantOf(aws) : { service: 'stripe', action: http.method, resources: [pathOf(http)] }),
    at: parts.clock.now(),
  };
  const ending = await decide(parts, caller, outgoing, () =>
    deliver(parts, caller, { aws, http, callerUrl }),
  );
  const item = aws && readWrittenItem(aws, http);
  const { permission } = ending;
  parts.record({
    ...outgoing,
    ...(item && { item }),
    ...(permission && { permission }),
    outcome: outcomeOf(ending),
  });
  if (ending.kind !== 'answered') return void response.destroy();
  // The date follows the movable clock: the SDK corrects its own clock by it.
  const date = new Date(parts.clock.now()).toUTCString();
  response.writeHead(ending.answer.status, { ...copyOf(ending.answer.headers), date });
  response.end(ending.answer.body);
}

type Ending = { readonly permission?: Permission } & (
  | { readonly kind: 'answered'; readonly answer: HttpAnswer }
  | { readonly kind: 'refused' | 'killed_before_delivery' | 'killed_after_effect' }
);

interface Delivery {
  readonly answer: HttpAnswer | 'refused';
  readonly permission?: Permission;
}

async function decide(
  parts: GatewayParts,
  caller: Caller,
  outgoing: OutgoingRequest,
  delivery: () => Promise<Delivery>,
): Promise<Ending> {
  const verdict = await parts.judge(outgoing);
  const which = `request ${outgoing.sequence} (${outgoing.service} ${outgoing.action})`;
  if (verdict === 'kill_before_delivery') {
    await caller.kill(`Killed before ${which} was delivered.`);
    return { kind: 'killed_before_delivery' };
  }
  const { answer, ...told } = await delivery();
  if (verdict === 'kill_after_effect') {
    await caller.kill(`Killed after ${which} took effect, before its answer arrived.`);
    return { kind: 'killed_after_effect', ...told };
  }
  return answer === 'refused' ? { kind: 'refused' } : { kind: 'answered', answer, ...told };
}

async function deliver(
  parts: GatewayParts,
  caller: Caller,
  { aws, http, callerUrl }: Omit<ServiceRequest, 'aws'> & { readonly aws: AwsRequest | undefined },
): Promise<Delivery> {
  if (aws === undefined) return { answer: await deliverOutside(parts, http) };
  const service = parts.services[aws.service];
  if (service === undefined) return { answer: unknownService(aws) };
  if (service.part !== undefined && parts.stopped.has(service.part)) return { answer: 'refused' };
  const { refusal, ...told } = parts.guard.check(aws, http, caller.known);
  return { answer: refusal ?? (await service.handle({ aws, http, callerUrl })), ...told };
}

async function deliverOutside(
  { outside }: GatewayParts,
  http: HttpRequest,
): Promise<HttpAnswer | 'refused'> {
  if (outside.stripe === undefined) return 'refused';
  try {
    return await forward(http, outside.stripe);
  } catch {
    // Nobody listens there, or the connection broke: that is what the function is to see.
    return 'refused';
  }
}

function outcomeOf(ending: Ending): RequestRecord['outcome'] {
  if (ending.kind !== 'answered') return { kind: ending.kind };
  const error = readErrorName(ending.answer);
  return { kind: 'answered', status: ending.answer.status, ...(error !== undefined && { error }) };
}

function wantOf({ service, action, resources }: AwsRequest) {
  return { service, action, resources };
}

function pathOf({ path }: HttpRequest): string {
  return path.split('?', 1)[0] ?? path;
}

function copyOf(headers: HttpAnswer['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : [...value],
    ]),
  );
}

/** An error as the services that speak JSON give it. */
export function jsonError(status: number, type: string, message: string): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ __type: type, message, Message: message }),
  };
}

function unknownService({ service, action }: AwsRequest): HttpAnswer {
  return jsonError(
    400,
    'UnknownOperationException',
    `The local cloud does not run the service "${service}" (${action}).`,
  );
}
