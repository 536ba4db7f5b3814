import { functionLimits } from '../functions/function-limits.ts';
import type { EventSourcePlan, FunctionPlan } from './read-functions.ts';
import { TemplateError } from './template.ts';

/** Lambda sets these itself (developer guide: "Working with Lambda environment variables"). */
const reservedVariables: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);

/**
 * @param variables The function's environment as the template gives it.
 * @throws TemplateError for more than Lambda takes, and for a name that it keeps for itself.
 */
export function checkEnvironment(variables: Readonly<Record<string, string>>, at: string): void {
  const reserved = Object.keys(variables).find((name) => reservedVariables.has(name));
  if (reserved !== undefined) {
    throw new TemplateError(
      `${at} has the environment variable ${reserved}, which Lambda sets itself and refuses.`,
    );
  }
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
