import type { ResourceLimits, Worker } from 'node:worker_threads';
import { hasCode } from '../../has-code.ts';
import type { FunctionError } from '../records.ts';
import { usedMemory } from './used-memory.ts';

/** What a thread needs at most for itself, beside the function's objects. */
const threadsOwnMegabytes = 16;

/**
 * The bounds that V8 keeps by itself, in the shares with which Lambda's runtime starts Node: nine
 * tenths of the memory for old objects, and three spaces of a twentieth each for young ones.
 */
export const heapLimits = (memoryMegabytes: number): ResourceLimits => ({
  maxOldGenerationSizeMb: memoryMegabytes * 0.9 + threadsOwnMegabytes,
  maxYoungGenerationSizeMb: memoryMegabytes * 0.15,
});

/** V8 has ended the thread, because its heap alone was full. */
export const isOutOfMemory = (error: unknown): boolean =>
  hasCode(error, 'ERR_WORKER_OUT_OF_MEMORY');

/** As Lambda tells of a function whose process the system has killed. */
export const outOfMemory = (awsRequestId: string | undefined): FunctionError => ({
  errorType: 'Runtime.OutOfMemory',
  errorMessage: `RequestId: ${awsRequestId} Error: Runtime exited with error: signal: killed`,
});

/** Short enough to catch what grows, long enough to cost nothing: a look takes 0.1 ms. */
const lookEveryMs = 50;

/**
 * Looks at a thread's memory again and again; V8 itself bounds only the heap. It sees also a
 * thread that is busy, because V8 answers between two instructions.
 *
 * @param tell Gets the thread's memory in bytes with each look.
 * @returns what ends the looking.
 */
export function watchMemory(worker: Worker, tell: (bytes: number) => void): () => void {
  let isLooking = false;
  let hasEnded = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    const bytes = await worker.getHeapStatistics().then(usedMemory, () => 0);
    isLooking = false;
    // A thread that has ended meanwhile has no statistics, and holds nothing.
    if (!hasEnded) tell(bytes);
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  return () => {
    hasEnded = true;
    clearInterval(timer);
  };
}
