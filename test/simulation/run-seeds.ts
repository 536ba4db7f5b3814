import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SeedReport } from './seed-report.ts';

/**
 * Runs seeds on all cores, each seed in one worker thread.
 * @param onReport Called for each seed, in the order in which they end.
 * @throws what a worker threw: a defect of the simulation, and no finding.
 */
export async function runSeeds(
  seeds: readonly number[],
  onReport: (report: SeedReport) => void,
): Promise<void> {
  const left = [...seeds].reverse();
  const workers = Math.min(availableParallelism(), seeds.length);
  await Promise.all(Array.from({ length: workers }, () => work(left, onReport)));
}

/** Takes seeds off the list until none is left. */
async function work(left: number[], onReport: (report: SeedReport) => void): Promise<void> {
  const worker = new Worker(new URL('seed-worker.ts', import.meta.url));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let at: number | undefined;
  const next = () => {
    at = left.pop();
    if (at === undefined) resolve();
    else worker.postMessage(at);
  };
  worker.on('message', (report: SeedReport) => {
    onReport(report);
    next();
  });
  worker.on('error', (cause) => reject(new Error(`Seed ${at} could not be run.`, { cause })));
  next();
  try {
    await promise;
  } finally {
    await worker.terminate();
  }
}
