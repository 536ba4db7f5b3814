/** Of V8's heap statistics of one thread, in bytes. */
export interface HeapFigures {
  readonly used_heap_size: number;
  readonly external_memory: number;
  readonly malloced_memory: number;
}

/**
 * The memory that a function's thread holds: its objects, dead ones too until they are collected,
 * and what lies outside V8's heap, such as Buffers. Node itself is not in it, because all threads
 * share one Node; in a Lambda it takes its part of the `MemorySize`, so there a function has less.
 */
export const usedMemory = (heap: HeapFigures): number =>
  heap.used_heap_size + heap.external_memory + heap.malloced_memory;
