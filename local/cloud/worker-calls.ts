import { once } from 'node:events';
import { startThread } from './start-thread.ts';

/** A call to a worker thread, and its answer; `id` joins the two. */
export interface Call<Request> {
  readonly id: number;
  readonly request: Request;
}
export type Reply<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly error: string };

/** A worker thread that answers calls, and tells things unasked. */
export interface CalledWorker<Request, Answer> {
  call(request: Request): Promise<Answer>;
  stop(): Promise<void>;
}

/**
 * Starts a worker thread that answers calls. When it dies, every open call fails.
 *
 * @param onNotice What the worker tells unasked.
 */
export function startWorker<Request, Answer, Notice>(
  file: URL,
  workerData: unknown,
  onNotice: (notice: Notice) => void,
): CalledWorker<Request, Answer> {
  const worker = startThread(file, { workerData, env: {} });
  const open = new Map<number, PromiseWithResolvers<Answer>>();
  let lastId = 0;
  let death: Error | undefined;

  worker.on('message', (message: Reply<Answer> | { readonly notice: Notice }) => {
    if ('notice' in message) return onNotice(message.notice);
    const call = open.get(message.id);
    open.delete(message.id);
    if ('answer' in message) call?.resolve(message.answer);
    else call?.reject(new Error(message.error));
  });
  const fail = (error: Error) => {
    death ??= error;
    for (const call of open.values()) call.reject(death);
    open.clear();
  };
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => fail(new Error('The worker thread has ended.')));

  return {
    call(request) {
      if (death !== undefined) return Promise.reject(death);
      const pending = Promise.withResolvers<Answer>();
      lastId += 1;
      open.set(lastId, pending);
      worker.postMessage({ id: lastId, request } satisfies Call<Request>);
      return pending.promise;
    },
    async stop() {
      if (death !== undefined) return;
      const exited = once(worker, 'exit');
      worker.postMessage('stop');
      await exited;
    },
  };
}
