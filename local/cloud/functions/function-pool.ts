import { randomUUID } from 'node:crypto';
import type { Activity } from '../activity.ts';
import type { InvocationRecord, Trigger } from '../records.ts';
import type { FunctionPlan } from '../template/read-functions.ts';
import type { Json } from '../template/template.ts';
import {
  type EnvironmentParts,
  type ExecutionEnvironment,
  type InvocationResult,
  openEnvironment,
} from './execution-environment.ts';

/** One function: its warm environments, each used by one invocation at a time, as in Lambda. */
export interface FunctionPool {
  readonly plan: FunctionPlan;
  /** Runs the function and waits for its result; a failure is a result, not an exception. */
  invoke(event: Json, trigger: Trigger, awsRequestId?: string): Promise<InvocationResult>;
  stop(): Promise<void>;
}

export interface PoolParts extends EnvironmentParts {
  readonly activity: Activity;
  tell(record: InvocationRecord): void;
}

export function createFunctionPool(plan: FunctionPlan, parts: PoolParts): FunctionPool {
  const environments = createEnvironments(plan, parts);
  return {
    plan,
    async invoke(event, trigger, awsRequestId = randomUUID()) {
      const ended = parts.activity.begin();
      const startedAt = performance.now();
      const record = {
        functionLogicalId: plan.logicalId,
        functionName: plan.name,
        awsRequestId,
        trigger,
      };
      parts.tell({ ...record, state: 'started', at: parts.clock.now() });
      try {
        const result = await environments.run(event, awsRequestId);
        const end = {
          at: parts.clock.now(),
          durationMilliseconds: Math.round(performance.now() - startedAt),
        };
        parts.tell(
          result.ok
            ? { ...record, ...end, state: 'succeeded', result: result.value }
            : { ...record, ...end, state: 'failed', error: result.error },
        );
        return result;
      } finally {
        ended();
      }
    },
    stop: () => environments.stop(),
  };
}

function createEnvironments(plan: FunctionPlan, parts: EnvironmentParts) {
  const warm: ExecutionEnvironment[] = [];
  const all = new Set<ExecutionEnvironment>();
  let stopped = false;

  const take = async (): Promise<ExecutionEnvironment> => {
    for (let one = warm.pop(); one !== undefined; one = warm.pop()) {
      if (one.alive) return one;
      all.delete(one);
    }
    const opened = await openEnvironment(plan, parts);
    all.add(opened);
    // A start that was under way when the cloud stopped is ended here, for nobody else will.
    if (stopped) await opened.stop();
    return opened;
  };

  return {
    async run(event: Json, awsRequestId: string): Promise<InvocationResult> {
      const environment = await take();
      const result = await environment.invoke(event, awsRequestId);
      if (environment.alive) warm.push(environment);
      else all.delete(environment);
      return result;
    },
    async stop(): Promise<void> {
      stopped = true;
      await Promise.all([...all].map((environment) => environment.stop()));
    },
  };
}
