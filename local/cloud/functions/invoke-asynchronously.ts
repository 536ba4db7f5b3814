import { randomUUID } from 'node:crypto';
import type { MovableClock } from '../../clock.ts';
import type { Activity } from '../activity.ts';
import type { FunctionError, Trigger } from '../records.ts';
import type { AsynchronousPlan } from '../template/read-functions.ts';
import type { Json } from '../template/template.ts';
import type { FunctionPool } from './function-pool.ts';

const minuteMs = 60_000;
const longestThrottledPauseMs = 5 * minuteMs;

/** What Lambda remembers of an event between two tries. */
interface Attempt {
  /** 1 for the first; tries that were throttled do not count. */
  readonly number: number;
  readonly awsRequestId: string;
  /** When Lambda took the event; epoch milliseconds. */
  readonly since: number;
  readonly throttledPauseMs: number;
}

/**
 * Invokes a function for whom nobody waits, as EventBridge does. After a failure Lambda tries
 * again, one minute and then two minutes later, under the same request id. A throttled event
 * waits one second, then twice as long each time up to five minutes, until it is too old (Lambda:
 * "How Lambda handles errors and retries with asynchronous invocation"). What failed for good
 * goes to the function's queues for it.
 */
export async function invokeAsynchronously(
  pool: FunctionPool,
  event: Json,
  trigger: Trigger,
  parts: AsynchronousParts,
  attempt: Attempt = {
    number: 1,
    awsRequestId: randomUUID(),
    since: parts.clock.now(),
    throttledPauseMs: 1000,
  },
): Promise<void> {
  const result = await pool.invoke(event, trigger, attempt.awsRequestId);
  // An event that Lambda does not even take is the sender's: it never reaches the queues below.
  if (result.ok || result.refused === 'too large') return;
  // The laptop's end is no failure of the function, and its queues end as well.
  if (pool.hasStopped) return;
  const pause = pauseAfter(pool.plan.asynchronous, attempt, result.refused === 'throttled');
  const at = parts.clock.now() + (pause?.milliseconds ?? 0);
  const oldest = attempt.since + pool.plan.asynchronous.maximumEventAgeSeconds * 1000;
  if (pause === undefined || at > oldest) {
    const condition = pause === undefined ? 'RetriesExhausted' : 'EventAgeExceeded';
    return fail(pool, event, parts, attempt, { condition, error: result.error });
  }
  parts.clock.at(at, () => {
    if (pool.hasStopped) return;
    const ended = parts.activity.begin();
    void invokeAsynchronously(pool, event, trigger, parts, pause.next).finally(ended);
  });
}

export interface AsynchronousParts {
  readonly clock: MovableClock;
  readonly activity: Activity;
  send(queue: string, body: string, attributes?: Record<string, string>): Promise<unknown>;
}

/** How long the event waits for its next try; `undefined` when there is none. */
function pauseAfter(
  { maximumRetryAttempts }: AsynchronousPlan,
  attempt: Attempt,
  isThrottled: boolean,
): { readonly milliseconds: number; readonly next: Attempt } | undefined {
  const { number, throttledPauseMs } = attempt;
  if (isThrottled) {
    const doubled = Math.min(2 * throttledPauseMs, longestThrottledPauseMs);
    return { milliseconds: throttledPauseMs, next: { ...attempt, throttledPauseMs: doubled } };
  }
  if (number > maximumRetryAttempts) return undefined;
  return { milliseconds: number * minuteMs, next: { ...attempt, number: number + 1 } };
}

/** Hands an event that failed for good to the queues that the function has for it. */
async function fail(
  { plan }: FunctionPool,
  event: Json,
  parts: AsynchronousParts,
  { number, awsRequestId }: Attempt,
  { condition, error }: { readonly condition: string; readonly error: FunctionError },
): Promise<void> {
  const { deadLetterQueue, onFailureQueue } = plan.asynchronous;
  if (deadLetterQueue !== undefined) {
    await parts.send(deadLetterQueue, JSON.stringify(event), {
      RequestID: awsRequestId,
      ErrorCode: '200',
      ErrorMessage: error.errorMessage,
    });
  }
  if (onFailureQueue !== undefined) {
    const failure = {
      version: '1.0',
      timestamp: new Date(parts.clock.now()).toISOString(),
      requestContext: {
        requestId: awsRequestId,
        functionArn: `${plan.arn}:$LATEST`,
        condition,
        approximateInvokeCount: number,
      },
      requestPayload: event,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: error,
    };
    await parts.send(onFailureQueue, JSON.stringify(failure));
  }
}
