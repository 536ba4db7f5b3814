import Stripe from 'stripe';
import { createStripeAccount } from '../../../functions/adapters/stripe-account.ts';
import { createStripeConnection } from '../../../functions/adapters/stripe-connection.ts';
import { createStripeGateway } from '../../../functions/adapters/stripe-gateway.ts';
import { createStripeReconcile } from '../../../functions/adapters/stripe-reconcile.ts';
import { createStripeReminders } from '../../../functions/adapters/stripe-reminders.ts';
import { interactiveTimeoutMs, sdkOptions } from '../../../functions/adapters/stripe-sdk.ts';
import { createStripeTroubles } from '../../../functions/adapters/stripe-troubles.ts';
import type { StripeRequest } from '../../../local/stripe/engine/handle.ts';
import { type Answer, errorAnswer } from '../../../local/stripe/engine/protocol/answer.ts';
import { readForm } from '../../../local/stripe/engine/protocol/form.ts';
import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import { patternOf } from './coverage.ts';
import type { Faults } from './faults.ts';
import { type FaultKind, faultKinds } from './features.ts';
import type { RoomName } from './limits.ts';
import type { Ports } from './ports.ts';
import type { Process, Processes, Reply } from './processes.ts';
import type { SimulatedStripe } from './simulated-stripe.ts';

export interface ConnectionParts {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly faults: Faults;
  readonly processes: Processes;
  readonly stripe: SimulatedStripe;
}

interface TimedParts extends ConnectionParts {
  /** When the SDK gives a request up. */
  readonly timeoutMs: number;
}

/** The rooms in which a person waits for the answer. */
const interactive: ReadonlySet<RoomName> = new Set(['customer-api', 'staff-api']);

/** The real gateway with the real SDK, whose requests go to the engine in place of a socket. */
export function connectStripe(
  parts: ConnectionParts,
  process: () => Process,
  room: RoomName,
): Ports['stripe'] {
  const timeoutMs = interactive.has(room) ? interactiveTimeoutMs : sdkOptions.timeout;
  const httpClient = new SimulatedHttpClient({ ...parts, timeoutMs }, process);
  const options = {
    apiKey: { value: async () => 'sk_test_simulated', forget: () => undefined },
    connect: (apiKey: string) =>
      new Stripe(apiKey, { ...sdkOptions, timeout: timeoutMs, httpClient }),
  };
  return {
    ...createStripeAccount(options),
    ...createStripeGateway(options),
    ...createStripeReconcile(options),
    ...createStripeReminders(options),
    ...createStripeTroubles(createStripeConnection(options)),
  };
}

/** What happens to a request on its way, from the caller's point of view. */
const stripeFaults = faultKinds.filter(isStripeFault);

type StripeFault = Extract<FaultKind, `stripe_${string}`>;

function isStripeFault(kind: FaultKind): kind is StripeFault {
  return kind.startsWith('stripe_');
}

/** The SDK sends a request once more whose connection was closed, after so long. */
const sendsAgainAfterMs = 500;
/** A request that nobody waits for any more is executed within so long, if at all. */
const lateWithinMs = 120_000;

const troubles = {
  stripe_429: 'rate_limited',
  stripe_lock_timeout: 'lock_timeout',
  stripe_500_before: 'server_error_before',
  stripe_500_after: 'server_error_after',
} as const satisfies Partial<Record<StripeFault, StripeRequest['trouble']>>;

/** The connection was closed; `code` is the operating system's word for it. */
class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Requests that Stripe is executing at this moment, by their key: a twin gets a 409. */
const keysInUse = new WeakMap<SimulatedStripe, Set<string>>();

class SimulatedHttpClient extends Stripe.HttpClient {
  readonly #parts: TimedParts;
  readonly #process: () => Process;

  constructor(parts: TimedParts, process: () => Process) {
    super();
    this.#parts = parts;
    this.#process = process;
  }

  override getClientName(): string {
    return 'simulation';
  }

  override async makeRequest(
    ...[, , path, method, headers, body]: Parameters<Stripe.HttpClient['makeRequest']>
  ): Promise<SimulatedResponse> {
    const request = requestOf(method, path, headers, body);
    const point = `stripe ${method} ${patternOf(request.path)}`;
    const process = this.#process();
    const send = (delayMs: number) =>
      this.#parts.processes.call(process, point, () => carryOut(this.#parts, request), delayMs);
    const first = await send(0);
    if (first !== 'closed') return new SimulatedResponse(first);
    // The SDK does so itself, with a timer in real time: here the time is simulated.
    const second = await send(sendsAgainAfterMs);
    if (second !== 'closed') return new SimulatedResponse(second);
    // Any code but the two at which the SDK would set that timer.
    throw new ConnectionError('ECONNABORTED');
  }
}

/** An answer with its body as it came over the line, or the end of the connection. */
type Delivered = { readonly status: number; readonly text: string; readonly requestId: string };

function carryOut(parts: TimedParts, request: StripeRequest): Reply<Delivered | 'closed'> {
  const { faults, random, stripe, timeoutMs } = parts;
  const charged = request.path.endsWith('/pay') ? request.params.payment_method : undefined;
  if (typeof charged === 'string' && faults.strikes('detached_meanwhile')) {
    const path = `/v1/payment_methods/${charged}/detach`;
    stripe.request('business', { method: 'POST', path, params: {} });
  }
  const fault = faults.oneOf(stripeFaults);
  const execute = (trouble?: StripeRequest['trouble']) => executeNow(stripe, request, trouble);
  switch (fault) {
    case undefined:
      return replying(execute());
    case 'stripe_lost_answer':
      execute();
      return { answer: () => 'closed' };
    case 'stripe_cut_before':
      return { answer: () => 'closed' };
    case 'stripe_refused':
      return failing('ECONNREFUSED');
    case 'stripe_page':
      if (random.chance(0.5)) execute();
      return replying({ status: 502, text: '<html>Bad gateway</html>', requestId: 'req_none' });
    case 'stripe_key_refused':
      return replying(delivered(keyRefused, 'req_refused'));
    case 'stripe_slow':
      return takeTime(parts, request, random.below(timeoutMs));
    case 'stripe_late':
      return takeTime(parts, request, timeoutMs + random.below(lateWithinMs));
    default:
      return replying(execute(troubles[fault]));
  }
}

/** Stripe executes it after a while, and the answer takes another one. */
function takeTime(
  { agenda, random, stripe, timeoutMs }: TimedParts,
  request: StripeRequest,
  executedAfterMs: number,
): Reply<Delivered | 'closed'> {
  const key = request.idempotencyKey;
  const inUse = keysInUse.get(stripe) ?? new Set();
  keysInUse.set(stripe, inUse);
  if (key !== undefined && inUse.has(key)) return replying(executeNow(stripe, request));
  if (key !== undefined) inUse.add(key);
  let answer: Delivered | undefined;
  agenda.after(executedAfterMs, () => {
    if (key !== undefined) inUse.delete(key);
    answer = executeNow(stripe, request);
  });
  const answeredAfterMs = executedAfterMs + random.below(timeoutMs);
  const isInTime = answeredAfterMs < timeoutMs;
  return {
    afterMs: Math.min(answeredAfterMs, timeoutMs),
    answer() {
      if (isInTime && answer !== undefined) return answer;
      throw Stripe.HttpClient.makeTimeoutError();
    },
  };
}

function executeNow(
  stripe: SimulatedStripe,
  request: StripeRequest,
  trouble?: StripeRequest['trouble'],
): Delivered {
  const key = request.idempotencyKey;
  const isInUse = key !== undefined && keysInUse.get(stripe)?.has(key) === true;
  const met = isInUse ? 'key_in_use' : trouble;
  const { answer, requestId } = stripe.request('backstop', { ...request, trouble: met });
  return delivered(answer, requestId);
}

const delivered = ({ status, body }: Answer, requestId: string): Delivered => ({
  status,
  text: JSON.stringify(body),
  requestId,
});

const replying = (answer: Delivered): Reply<Delivered> => ({ answer: () => answer });

const failing = (code: string): Reply<never> => ({
  answer: () => {
    throw new ConnectionError(code);
  },
});

const keyRefused = errorAnswer(401, {
  type: 'invalid_request_error',
  message: 'Invalid API Key provided: sk_test_*****************',
});

function requestOf(
  method: string,
  path: string,
  headers: object,
  body: string | null,
): StripeRequest {
  const [pathname = '', query = ''] = path.split('?');
  const form = [query, body ?? ''].filter((part) => part !== '').join('&');
  const key: unknown = Reflect.get(headers, 'Idempotency-Key');
  return {
    method,
    path: pathname,
    params: readForm(form),
    idempotencyKey: typeof key === 'string' ? key : undefined,
  };
}

class SimulatedResponse extends Stripe.HttpClientResponse {
  readonly #delivered: Delivered;

  constructor(answer: Delivered) {
    super(answer.status, { 'request-id': answer.requestId });
    this.#delivered = answer;
  }

  override getRawResponse(): object {
    return {};
  }

  override toStream(): never {
    throw new Error('Nothing here is streamed.');
  }

  override async toJSON(): Promise<unknown> {
    return JSON.parse(this.#delivered.text);
  }
}
