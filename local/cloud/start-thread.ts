import { Worker, type WorkerOptions } from 'node:worker_threads';

const entry = new URL('./thread-entry.mjs', import.meta.url);

/**
 * Starts a worker thread that runs a TypeScript file, with Node's compile cache.
 *
 * @param cacheDirectory Where the compiled modules are kept; by default where Node keeps those of
 *   all programs, which is right for modules that stay where they are.
 */
export function startThread(
  program: URL,
  options: Omit<WorkerOptions, 'argv' | 'execArgv'>,
  cacheDirectory?: string,
): Worker {
  const argv = [program.href, ...(cacheDirectory === undefined ? [] : [cacheDirectory])];
  return new Worker(entry, { ...options, argv, execArgv: [] });
}
