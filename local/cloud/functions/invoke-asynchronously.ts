import { randomUUID } from 'node:crypto';
import type { MovableClock } from '../../clock.ts';
import type { Activity } from '../activity.ts';
import type { Trigger } from '../records.ts';
import type { Json } from '../template/template.ts';
import type { FunctionPool } from './function-pool.ts';

const minuteMs = 60_000;

/**
 * Invokes a function for whom nobody waits, as EventBridge does. After a failure Lambda tries
 * again, one minute and then two minutes later (Lambda: "Asynchronous invocation"), under the
 * same request id; what failed for good goes to the function's queues for it.
 */
export async function invokeAsynchronously(
  pool: FunctionPool,
  event: Json,
  trigger: Trigger,
  parts: {
    readonly clock: MovableClock;
    readonly activity: Activity;
    send(queue: string, body: string, attributes?: Record<string, string>): Promise<unknown>;
  },
  attempt = { number: 1, awsRequestId: randomUUID() },
): Promise<void> {
  const { plan } = pool;
  const { number, awsRequestId } = attempt;
  const result = await pool.invoke(event, trigger, awsRequestId);
  if (result.ok) return;
  const { maximumRetryAttempts, deadLetterQueue, onFailureQueue } = plan.asynchronous;
  if (number <= maximumRetryAttempts) {
    parts.clock.at(parts.clock.now() + number * minuteMs, () => {
      const next = { number: number + 1, awsRequestId };
      const ended = parts.activity.begin();
      void invokeAsynchronously(pool, event, trigger, parts, next).finally(ended);
    });
    return;
  }
  if (deadLetterQueue !== undefined) {
    await parts.send(deadLetterQueue, JSON.stringify(event), {
      RequestID: awsRequestId,
      ErrorCode: '200',
      ErrorMessage: result.error.errorMessage,
    });
  }
  if (onFailureQueue !== undefined) {
    const failure = {
      version: '1.0',
      timestamp: new Date(parts.clock.now()).toISOString(),
      requestContext: {
        requestId: awsRequestId,
        functionArn: `${plan.arn}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: number,
      },
      requestPayload: event,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: result.error,
    };
    await parts.send(onFailureQueue, JSON.stringify(failure));
  }
}
