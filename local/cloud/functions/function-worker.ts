// The thread of one execution environment: loads a function's bundle as Lambda's Node runtime
// does, and runs one invocation at a time.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import type { FunctionError } from '../records.ts';
import { followClock } from '../worker-clock.ts';
import { usedMemory } from './used-memory.ts';
import type { FunctionWorkerData, InvokeMessage, WorkerMessage } from './worker-messages.ts';

type Handler = (event: unknown, context: unknown) => unknown;

// The two ends of the channel are files of this folder, and agree on its messages.
const data = workerData as FunctionWorkerData;
const port = parentPort;
if (port === null) throw new Error('This file runs only as a worker thread.');

const tell = (message: WorkerMessage) => port.postMessage(message);

followClock(data.sharedOffset);
captureOutput('stdout');
captureOutput('stderr');

const memoryBytes = () => usedMemory(getHeapStatistics());

tell({ kind: 'loading', memoryBytes: memoryBytes() });
const handler = await loadHandler();
port.on('message', (message: InvokeMessage) => void invoke(message));
tell({ kind: 'ready' });

/** Output goes through the same channel as the result, so that both arrive in order. */
function captureOutput(stream: 'stdout' | 'stderr'): void {
  process[stream].write = (
    chunk: string | Uint8Array,
    encodingOrDone?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean => {
    tell({ kind: 'log', stream, text: Buffer.from(chunk).toString() });
    const finished = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    finished?.();
    return true;
  };
}

/** `folder/file.export` names an export of the first of file.js, file.mjs and file.cjs. */
async function loadHandler(): Promise<Handler> {
  const dot = data.handler.lastIndexOf('.');
  const name = data.handler.slice(dot + 1);
  const file = ['.js', '.mjs', '.cjs']
    .map((ending) => join(data.codeFolder, data.handler.slice(0, dot) + ending))
    .find((path) => existsSync(path));
  if (file === undefined) {
    throw new Error(`The bundle ${data.codeFolder} has no file for the handler ${data.handler}.`);
  }
  const module: Record<string, unknown> = await import(pathToFileURL(file).href);
  const exported = module[name];
  if (!isHandler(exported)) throw new Error(`${file} exports no function "${name}".`);
  return exported;
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

async function invoke({ awsRequestId, event, context }: InvokeMessage): Promise<void> {
  const endsAt = performance.now() + context.timeoutMilliseconds;
  try {
    const value = await handler(JSON.parse(event), {
      awsRequestId,
      functionName: context.functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: context.invokedFunctionArn,
      memoryLimitInMB: context.memoryLimitInMB,
      logGroupName: `/aws/lambda/${context.functionName}`,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, Math.round(endsAt - performance.now())),
    });
    const text = JSON.stringify(value);
    tell({
      kind: 'returned',
      ...(text !== undefined && { value: text }),
      memoryBytes: memoryBytes(),
    });
  } catch (error) {
    tell({ kind: 'threw', error: describe(error), memoryBytes: memoryBytes() });
  }
}

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: 'Error', errorMessage: String(error) };
  return {
    errorType: error.name,
    errorMessage: error.message,
    trace: (error.stack ?? '').split('\n'),
  };
}
