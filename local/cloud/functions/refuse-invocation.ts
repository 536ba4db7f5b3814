import type { FunctionError, Trigger } from '../records.ts';
import { functionLimits } from './function-limits.ts';

/** Why Lambda did not run the function at all. */
export interface InvocationRefusal {
  readonly why: 'throttled' | 'too large';
  readonly error: FunctionError;
}

export interface WantedInvocation {
  readonly trigger: Trigger;
  readonly eventBytes: number;
  /** How many invocations of the function run now. */
  readonly running: number;
  /** `ReservedConcurrentExecutions`, which is also the most that the function may have. */
  readonly reservedConcurrency: number | undefined;
}

/** Lambda's refusal, by the errors of `Invoke` in its API reference. */
export function refuseInvocation({
  trigger,
  eventBytes,
  running,
  reservedConcurrency,
}: WantedInvocation): InvocationRefusal | undefined {
  const isAsynchronous = trigger.kind === 'schedule' || trigger.kind === 'event';
  const limitBytes = isAsynchronous
    ? functionLimits.asynchronousEventBytes
    : functionLimits.synchronousEventBytes;
  if (eventBytes > limitBytes) {
    const errorMessage = `${eventBytes} byte payload is too large for the ${isAsynchronous ? 'Event' : 'RequestResponse'} invocation type (limit ${limitBytes} bytes)`;
    return { why: 'too large', error: { errorType: 'RequestTooLargeException', errorMessage } };
  }
  if (reservedConcurrency !== undefined && running >= reservedConcurrency) {
    const error = { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' };
    return { why: 'throttled', error };
  }
  return undefined;
}
