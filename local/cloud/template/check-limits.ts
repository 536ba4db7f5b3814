import { functionLimits } from '../functions/function-limits.ts';
import type { EventSourcePlan, FunctionPlan } from './read-functions.ts';
import { TemplateError } from './template.ts';

/**
 * @param variables The function's environment as the template gives it.
 * @throws TemplateError for more than Lambda takes.
 */
export function checkEnvironment(variables: Readonly<Record<string, string>>, at: string): void {
  const bytes = Object.entries(variables).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
  const { environmentBytes } = functionLimits;
  if (bytes <= environmentBytes) return;
  throw new TemplateError(
    `${at} has ${bytes} bytes of environment variables; Lambda takes ${environmentBytes}.`,
  );
}

/** SQS's own default, in seconds. */
const defaultVisibilitySeconds = 30;

/**
 * What Lambda refuses of a mapping that stands in several properties ("Creating and configuring
 * an Amazon SQS event source mapping").
 *
 * @throws TemplateError
 */
export function checkEventSource(
  { logicalId, batchSize, batchingWindowSeconds, queue }: EventSourcePlan,
  { timeoutSeconds, logicalId: functionId }: FunctionPlan,
): void {
  const { batchSizeWithoutWindow } = functionLimits;
  if (batchSize > batchSizeWithoutWindow && batchingWindowSeconds === 0) {
    throw new TemplateError(
      `${logicalId} has the batch size ${batchSize}: above ${batchSizeWithoutWindow} Lambda wants a MaximumBatchingWindowInSeconds of at least 1.`,
    );
  }
  const visibilitySeconds = Number(queue.attributes.VisibilityTimeout ?? defaultVisibilitySeconds);
  if (visibilitySeconds < timeoutSeconds) {
    throw new TemplateError(
      `${logicalId} reads ${queue.logicalId}, which hides a message for ${visibilitySeconds} s: less than the ${timeoutSeconds} s that ${functionId} may take, and Lambda refuses that.`,
    );
  }
}
