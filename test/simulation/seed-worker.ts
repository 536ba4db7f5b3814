import { parentPort } from 'node:worker_threads';
import { reportSeed } from './seed-report.ts';

// A seed throws errors by the thousand, and nobody reads where from.
Error.stackTraceLimit = 0;

/** Runs the seeds that it is sent, one at a time. */
parentPort?.on('message', async (seed: number) => {
  parentPort?.postMessage(await reportSeed(seed));
});
