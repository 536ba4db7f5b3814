import type { FunctionError } from '../records.ts';

/** What a function's thread is started with. */
export interface FunctionWorkerData {
  readonly sharedOffset: SharedArrayBuffer;
  readonly codeFolder: string;
  readonly handler: string;
}

export interface InvokeMessage {
  readonly awsRequestId: string;
  readonly event: string;
  readonly context: {
    readonly functionName: string;
    readonly invokedFunctionArn: string;
    readonly memoryLimitInMB: string;
    readonly timeoutMilliseconds: number;
  };
}

export type WorkerMessage =
  /** Before the function's own code is loaded: this much memory is the thread's own. */
  | { readonly kind: 'loading'; readonly memoryBytes: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'log'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  /** `value` is JSON; absent where the function returned nothing. */
  | { readonly kind: 'returned'; readonly value?: string; readonly memoryBytes: number }
  | { readonly kind: 'threw'; readonly error: FunctionError; readonly memoryBytes: number };
