import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
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
import { refuseInvocation } from './refuse-invocation.ts';

/** One function: its warm environments, each used by one invocation at a time, as in Lambda. */
export interface FunctionPool {
  readonly plan: FunctionPlan;
  /** Runs the function and waits for its result; a failure is a result, not an exception. */
  invoke(event: Json, trigger: Trigger, awsRequestId?: string): Promise<InvocationResult>;
  /** From then on invocations fail, those under way included. */
  readonly hasStopped: boolean;
  stop(): Promise<void>;
}

export interface PoolParts extends EnvironmentParts {
  readonly activity: Activity;
  /** Whether every invocation gets a new environment. */
  coldStarts(): boolean;
  tell(record: InvocationRecord): void;
}

/**
 * How many environments of one function run at once; further invocations wait for their turn. Lambda
 * starts as many as there are invocations, but on a laptop that is much slower: each start costs
 * more than dozens of invocations. Two, so that what happens side by side in the cloud does so here.
 */
const environmentsAtOnce = 2;

export function createFunctionPool(plan: FunctionPlan, parts: PoolParts): FunctionPool {
  const environments = createEnvironments(plan, parts);
  let running = 0;
  return {
    plan,
    async invoke(event, trigger, awsRequestId = randomUUID()) {
      const record = {
        functionLogicalId: plan.logicalId,
        functionName: plan.name,
        awsRequestId,
        trigger,
      };
      const { reservedConcurrency } = plan;
      const eventBytes = Buffer.byteLength(JSON.stringify(event));
      const refusal = refuseInvocation({ trigger, eventBytes, running, reservedConcurrency });
      if (refusal !== undefined) {
        const { error, why } = refusal;
        parts.tell({ ...record, state: 'refused', error, at: parts.clock.now() });
        return { ok: false, error, refused: why };
      }
      const ended = parts.activity.begin();
      running += 1;
      parts.tell({ ...record, state: 'started', at: parts.clock.now() });
      try {
        const { result, ...timing } = await environments.run(event, awsRequestId);
        const end = { ...timing, at: parts.clock.now() };
        parts.tell(
          result.ok
            ? { ...record, ...end, state: 'succeeded', result: result.value }
            : { ...record, ...end, state: 'failed', error: result.error },
        );
        return result;
      } finally {
        running -= 1;
        ended();
      }
    },
    get hasStopped() {
      return environments.hasStopped;
    },
    stop: () => environments.stop(),
  };
}

interface Run {
  readonly result: InvocationResult;
  readonly coldStart: boolean;
  readonly durationMilliseconds: number;
}

function createEnvironments(plan: FunctionPlan, parts: PoolParts) {
  const inTurn = pLimit(environmentsAtOnce);
  const warm: ExecutionEnvironment[] = [];
  const all = new Set<ExecutionEnvironment>();
  let hasStopped = false;

  const takeWarm = (): ExecutionEnvironment | undefined => {
    for (let one = warm.pop(); one !== undefined; one = warm.pop()) {
      if (one.alive) return one;
      all.delete(one);
    }
    return undefined;
  };

  const open = async (): Promise<ExecutionEnvironment> => {
    const opened = await openEnvironment(plan, parts);
    all.add(opened);
    // A start that was under way when the cloud stopped is ended here, for nobody else will.
    if (hasStopped) await opened.stop();
    return opened;
  };

  const run = async (event: Json, awsRequestId: string): Promise<Run> => {
    const startedAt = performance.now();
    const isCold = parts.coldStarts();
    const warmed = isCold ? undefined : takeWarm();
    const environment = warmed ?? (await open());
    const result = await environment.invoke(event, awsRequestId);
    if (isCold) await environment.stop();
    if (environment.alive) warm.push(environment);
    else all.delete(environment);
    return {
      result,
      coldStart: warmed === undefined,
      durationMilliseconds: Math.round(performance.now() - startedAt),
    };
  };

  return {
    run: (event: Json, awsRequestId: string): Promise<Run> =>
      inTurn(() => run(event, awsRequestId)),
    get hasStopped() {
      return hasStopped;
    },
    async stop(): Promise<void> {
      hasStopped = true;
      await Promise.all([...all].map((environment) => environment.stop()));
    },
  };
}
