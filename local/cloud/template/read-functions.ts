import * as z from 'zod';
import { arnOf, nameInArn } from '../account.ts';
import { functionLimits } from '../functions/function-limits.ts';
import { checkEnvironment, checkEventSource } from './check-limits.ts';
import { readHelpers } from './read-bucket-deployments.ts';
import type { QueuePlan } from './read-queues.ts';
import { findRole, type RolePlan } from './read-roles.ts';
import type { Addresses } from './resource-kinds.ts';
import type { Stack } from './stack.ts';
import { TemplateError } from './template.ts';
import { within } from './within.ts';

const ignored = z.optional(z.unknown());

const functionSchema = z.strictObject({
  FunctionName: z.optional(z.string()),
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Runtime: z.string().check(z.startsWith('nodejs')),
  Timeout: z._default(within(functionLimits.timeoutSeconds), 3),
  MemorySize: z._default(within(functionLimits.memoryMegabytes), 128),
  Environment: z.optional(
    z.object({ Variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }),
  ),
  DeadLetterConfig: z.optional(z.strictObject({ TargetArn: z.string() })),
  Architectures: ignored,
  Description: ignored,
  LoggingConfig: z.optional(z.object({ LogGroup: z.optional(z.string()) })),
  ReservedConcurrentExecutions: z.optional(z.int().min(0)),
  RecursiveLoop: ignored,
  Role: z.string(),
  Tags: ignored,
  TracingConfig: z.optional(z.object({ Mode: z.enum(['Active', 'PassThrough']) })),
});

const invokeConfigSchema = z.strictObject({
  FunctionName: z.string(),
  Qualifier: ignored,
  MaximumEventAgeInSeconds: z.optional(within(functionLimits.maximumEventAgeSeconds)),
  MaximumRetryAttempts: z.optional(within(functionLimits.maximumRetryAttempts)),
  DestinationConfig: z.optional(
    z.strictObject({ OnFailure: z.optional(z.strictObject({ Destination: z.string() })) }),
  ),
});

const eventSourceSchema = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  BatchSize: z._default(within(functionLimits.batchSize), 10),
  MaximumBatchingWindowInSeconds: z._default(within(functionLimits.batchingWindowSeconds), 0),
  FunctionResponseTypes: z._default(z.array(z.literal('ReportBatchItemFailures')), []),
  ScalingConfig: z.optional(
    z.strictObject({ MaximumConcurrency: z.optional(within(functionLimits.maximumConcurrency)) }),
  ),
  Enabled: z._default(z.boolean(), true),
  MetricsConfig: ignored,
  Tags: ignored,
});

export interface FunctionPlan {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly codeFolder: string;
  /** `FILE.EXPORT`, without the file's ending. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** The most invocations at once; without it as many as the account allows. */
  readonly reservedConcurrency?: number;
  /** The template's environment, for a function that finds queues and APIs at these addresses. */
  environmentAt(addresses: Addresses): Readonly<Record<string, string>>;
  readonly asynchronous: AsynchronousPlan;
  readonly role: RolePlan;
  /** Name of the log group that Lambda writes to. */
  readonly logGroup: string;
  /** Whether Lambda sends traces of it to X-Ray. */
  readonly isTraced: boolean;
}

/** What Lambda does when an invocation that nobody waits for has failed. */
export interface AsynchronousPlan {
  /** Lambda's default is 2. */
  readonly maximumRetryAttempts: number;
  /** How long a throttled event is tried again; Lambda's default is six hours. */
  readonly maximumEventAgeSeconds: number;
  /** Name of the queue that takes the event itself. */
  readonly deadLetterQueue?: string;
  /** Name of the queue that takes a record of the failure. */
  readonly onFailureQueue?: string;
}

export interface EventSourcePlan {
  readonly logicalId: string;
  readonly queue: QueuePlan;
  readonly functionLogicalId: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly reportsItemFailures: boolean;
  readonly maximumConcurrency: number;
  readonly enabled: boolean;
}

/** Lambda starts with five pollers for a queue; more than that a laptop has no use for. */
const defaultConcurrency = 5;

export function readFunctions(
  stack: Stack,
  assetFolders: ReadonlyMap<string, string>,
  roles: readonly RolePlan[],
): readonly FunctionPlan[] {
  const invokeConfigs = stack
    .ofType('AWS::Lambda::EventInvokeConfig')
    .map((resource) => stack.read(resource, invokeConfigSchema));
  const helpers = readHelpers(stack);
  const resources = stack
    .ofType('AWS::Lambda::Function')
    .map((resource) => ({ resource, name: stack.nameOf(resource.logicalId, 'FunctionName') }))
    .filter(({ name }) => !helpers.has(functionArn(name)));
  return resources.map(({ resource, name }) => {
    const { logicalId } = resource;
    const plan = stack.read(resource, functionSchema);
    const codeFolder = assetFolders.get(plan.Code.S3Key);
    if (codeFolder === undefined) {
      throw new TemplateError(
        `${logicalId} has the code "${plan.Code.S3Key}", which no asset holds.`,
      );
    }
    checkEnvironment(environmentOf(plan), logicalId);
    const config = invokeConfigs.find(({ FunctionName }) => FunctionName === name);
    const onFailure = config?.DestinationConfig?.OnFailure?.Destination;
    return {
      logicalId,
      name,
      arn: functionArn(name),
      codeFolder,
      handler: plan.Handler,
      timeoutSeconds: plan.Timeout,
      memoryMegabytes: plan.MemorySize,
      ...(plan.ReservedConcurrentExecutions !== undefined && {
        reservedConcurrency: plan.ReservedConcurrentExecutions,
      }),
      environmentAt: (addresses) => environmentOf(stack.read(resource, functionSchema, addresses)),
      asynchronous: {
        maximumRetryAttempts: config?.MaximumRetryAttempts ?? 2,
        maximumEventAgeSeconds:
          config?.MaximumEventAgeInSeconds ?? functionLimits.maximumEventAgeSeconds.to,
        ...(plan.DeadLetterConfig && {
          deadLetterQueue: nameInArn(plan.DeadLetterConfig.TargetArn),
        }),
        ...(onFailure !== undefined && { onFailureQueue: nameInArn(onFailure) }),
      },
      role: findRole(roles, plan.Role, logicalId),
      logGroup: plan.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
      isTraced: plan.TracingConfig?.Mode === 'Active',
    };
  });
}

const functionArn = (name: string) => arnOf('lambda', `function:${name}`);

function environmentOf(plan: z.output<typeof functionSchema>): Record<string, string> {
  const variables = Object.entries(plan.Environment?.Variables ?? {});
  return Object.fromEntries(variables.map(([name, value]) => [name, String(value)]));
}

export function readEventSources(
  stack: Stack,
  { queues, functions }: { queues: readonly QueuePlan[]; functions: readonly FunctionPlan[] },
): readonly EventSourcePlan[] {
  return stack.ofType('AWS::Lambda::EventSourceMapping').map((resource) => {
    const mapping = stack.read(resource, eventSourceSchema);
    const queue = queues.find(({ arn }) => arn === mapping.EventSourceArn);
    if (queue === undefined) {
      throw new TemplateError(
        `${resource.logicalId} reads from "${mapping.EventSourceArn}", which is no queue of the template.`,
      );
    }
    const target = findFunction(functions, mapping.FunctionName, resource.logicalId);
    const plan = {
      logicalId: resource.logicalId,
      queue,
      functionLogicalId: target.logicalId,
      batchSize: mapping.BatchSize,
      batchingWindowSeconds: mapping.MaximumBatchingWindowInSeconds,
      reportsItemFailures: mapping.FunctionResponseTypes.length > 0,
      maximumConcurrency: mapping.ScalingConfig?.MaximumConcurrency ?? defaultConcurrency,
      enabled: mapping.Enabled,
    };
    checkEventSource(plan, target);
    return plan;
  });
}

/**
 * The function that a reference means: its name, its ARN, or API Gateway's URI around the ARN.
 *
 * @throws TemplateError when it is none of the template's.
 */
export function findFunction(
  functions: readonly FunctionPlan[],
  reference: string,
  at: string,
): FunctionPlan {
  const arn = /:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(reference)?.[1] ?? reference;
  const found = functions.find((plan) => plan.arn === arn || plan.name === arn);
  if (found === undefined) {
    throw new TemplateError(`${at} calls "${reference}", which is no function of the template.`);
  }
  return found;
}
