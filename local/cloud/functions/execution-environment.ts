import { dirname, join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { MovableClock } from '../../clock.ts';
import type { KnownCaller } from '../permissions/local-user.ts';
import type { FunctionError, LogRecord } from '../records.ts';
import { startThread } from '../start-thread.ts';
import type { FunctionPlan } from '../template/read-functions.ts';
import type { Json } from '../template/template.ts';
import { type Output, type OutputLine, readOutput } from './function-output.ts';
import { variablesOf } from './function-variables.ts';
import type { Gateway, GatewayEntrance } from './gateway.ts';
import { heapLimits, isOutOfMemory, outOfMemory, watchMemory } from './limit-memory.ts';
import { readAnswer } from './read-answer.ts';
import type { InvocationRefusal } from './refuse-invocation.ts';
import type { FunctionWorkerData, InvokeMessage, WorkerMessage } from './worker-messages.ts';

export type InvocationResult =
  | { readonly ok: true; readonly value: Json }
  | {
      readonly ok: false;
      readonly error: FunctionError;
      /** Given where Lambda did not run the function at all. */
      readonly refused?: InvocationRefusal['why'];
    };

/** A thread with one function loaded, and the gateway through which alone it reaches anything. */
export interface ExecutionEnvironment {
  /** One invocation at a time. After a failure that ended the thread, `alive` is false. */
  invoke(event: Json, awsRequestId: string): Promise<InvocationResult>;
  readonly alive: boolean;
  stop(): Promise<void>;
}

export interface EnvironmentParts {
  readonly clock: MovableClock;
  readonly gateway: Gateway;
  /** The credentials of the function's role, and who signs with them. */
  readonly known: KnownCaller;
  /** Environment variables of every function; they win over the template's. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where a person reaches the HTTP API with this logical id. */
  apiUrl(logicalId: string): string;
  /** Where an address of the template's page is at home; what is none stays as it is. */
  atHome(value: string): string;
  log(record: LogRecord): void;
}

/**
 * Where the functions' threads keep their compiled bundles, for the threads and the clouds that come
 * later: with the assembly, because Node's own folder would keep those of all that ever were.
 */
const compiledBeside = (codeFolder: string) => join(dirname(codeFolder), 'compiled');

/** Lambda gives a module this long to load, before the function's own time-out begins. */
const loadingLimitMs = 10_000;

/** Opens an environment: its gateway first, because its variables name the gateway. */
export async function openEnvironment(
  plan: FunctionPlan,
  parts: EnvironmentParts,
): Promise<ExecutionEnvironment> {
  const state: EnvironmentState = {
    plan,
    parts,
    output: readOutput((line) => tellLine(state, line)),
  };
  const entrance = await parts.gateway.open({
    functionLogicalId: plan.logicalId,
    functionName: plan.name,
    known: parts.known,
    currentRequest: () => state.awsRequestId,
    kill: (reason) => end(state, { errorType: 'Runtime.ExitError', errorMessage: reason }),
  });
  const workerData: FunctionWorkerData = {
    sharedOffset: parts.clock.sharedOffset,
    codeFolder: plan.codeFolder,
    handler: plan.handler,
  };
  const worker = startThread(
    new URL('./function-worker.ts', import.meta.url),
    {
      workerData,
      env: variablesOf(plan, {
        gatewayUrl: entrance.url,
        apiUrl: parts.apiUrl,
        atHome: parts.atHome,
        credentials: parts.known.credentials,
        more: { ...parts.variables, ...entrance.outsideVariables },
      }),
      stdout: true,
      stderr: true,
      resourceLimits: heapLimits(plan.memoryMegabytes),
    },
    compiledBeside(plan.codeFolder),
  );
  state.thread = { worker, entrance };
  worker.on('message', (message: WorkerMessage) => receive(state, message));
  worker.on('error', (error) =>
    end(state, isOutOfMemory(error) ? outOfMemory(state.awsRequestId) : describeCrash(error)),
  );
  worker.on('exit', () =>
    end(state, { errorType: 'Runtime.ExitError', errorMessage: 'The function ended its process.' }),
  );
  return {
    get alive() {
      return state.thread !== undefined;
    },
    invoke: (event, awsRequestId) => invoke(state, event, awsRequestId),
    stop: () => end(state, { errorType: 'Stopped', errorMessage: 'The local cloud was stopped.' }),
  };
}

interface EnvironmentState {
  readonly plan: FunctionPlan;
  readonly parts: EnvironmentParts;
  readonly output: Output;
  thread?: { readonly worker: Worker; readonly entrance: GatewayEntrance };
  loaded?: boolean;
  awsRequestId?: string;
  /** What the thread died of, for an invocation that comes later. */
  death?: FunctionError;
  settle?: (result: InvocationResult) => void;
  limit?: NodeJS.Timeout;
  /** The memory of the thread before it loaded the function: it does not count for it. */
  baseBytes?: number;
  stopWatching?: () => void;
}

async function invoke(
  state: EnvironmentState,
  event: Json,
  awsRequestId: string,
): Promise<InvocationResult> {
  const { plan, thread } = state;
  if (thread === undefined) return { ok: false, error: state.death ?? deadEnvironment };
  const { promise, resolve } = Promise.withResolvers<InvocationResult>();
  state.settle = resolve;
  state.awsRequestId = awsRequestId;
  thread.entrance.beginInvocation();
  if (state.loaded === true) limitInvocation(state);
  else limit(state, loadingLimitMs + plan.timeoutSeconds * 1000);
  const message: InvokeMessage = {
    awsRequestId,
    event: JSON.stringify(event),
    context: {
      functionName: plan.name,
      invokedFunctionArn: plan.arn,
      memoryLimitInMB: String(plan.memoryMegabytes),
      timeoutMilliseconds: plan.timeoutSeconds * 1000,
    },
  };
  state.stopWatching = watchMemory(thread.worker, (bytes) => limitMemory(state, bytes));
  thread.worker.postMessage(message);
  return promise;
}

function limitInvocation(state: EnvironmentState): void {
  limit(state, state.plan.timeoutSeconds * 1000);
}

function limit(state: EnvironmentState, milliseconds: number): void {
  clearTimeout(state.limit);
  state.limit = setTimeout(() => {
    const seconds = state.plan.timeoutSeconds.toFixed(2);
    void end(state, {
      errorType: 'Sandbox.Timedout',
      errorMessage: `Task timed out after ${seconds} seconds`,
    });
  }, milliseconds);
}

function receive(state: EnvironmentState, message: WorkerMessage): void {
  switch (message.kind) {
    case 'ready':
      state.loaded = true;
      if (state.settle !== undefined) limitInvocation(state);
      break;
    case 'log':
      state.output.write(message.stream, message.text);
      break;
    case 'loading':
      state.baseBytes = message.memoryBytes;
      break;
    case 'returned':
      // A short invocation is over before anybody looked at its memory.
      limitMemory(state, message.memoryBytes);
      settle(state, readAnswer(message.value ?? 'null'));
      break;
    case 'threw':
      limitMemory(state, message.memoryBytes);
      settle(state, { ok: false, error: message.error });
      break;
  }
}

/** Ends a thread that holds more than the function's `MemorySize`. */
function limitMemory(state: EnvironmentState, bytes: number): void {
  const { plan, baseBytes, awsRequestId } = state;
  if (baseBytes === undefined) return;
  const limitBytes = plan.memoryMegabytes * 1024 * 1024;
  if (bytes - baseBytes > limitBytes) void end(state, outOfMemory(awsRequestId));
}

function settle(state: EnvironmentState, result: InvocationResult): void {
  clearTimeout(state.limit);
  state.stopWatching?.();
  delete state.stopWatching;
  state.output.flush();
  delete state.awsRequestId;
  const { settle: resolve } = state;
  delete state.settle;
  resolve?.(result);
}

/** Ends the thread and its gateway for good; an invocation that runs has failed of `error`. */
async function end(state: EnvironmentState, error: FunctionError): Promise<void> {
  const { thread } = state;
  if (thread === undefined) return;
  delete state.thread;
  state.death = error;
  const ended = [thread.worker.terminate(), thread.entrance.close()];
  settle(state, { ok: false, error });
  await Promise.all(ended);
}

function tellLine({ plan, parts, awsRequestId }: EnvironmentState, line: OutputLine): void {
  parts.log({
    functionLogicalId: plan.logicalId,
    functionName: plan.name,
    ...(awsRequestId !== undefined && { awsRequestId }),
    ...line,
    at: parts.clock.now(),
  });
}

const deadEnvironment: FunctionError = {
  errorType: 'Runtime.ExitError',
  errorMessage: 'The execution environment has ended.',
};

function describeCrash(error: unknown): FunctionError {
  if (!(error instanceof Error))
    return { errorType: 'Runtime.ExitError', errorMessage: String(error) };
  return {
    errorType: error.name,
    errorMessage: error.message,
    trace: (error.stack ?? '').split('\n'),
  };
}
