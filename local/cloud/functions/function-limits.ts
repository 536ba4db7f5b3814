/** Lambda's limits: "Lambda quotas" in the developer guide; one MB is 1,048,576 bytes there. */
export const functionLimits = {
  timeoutSeconds: { from: 1, to: 900 },
  memoryMegabytes: { from: 128, to: 10_240 },
  /** Names and values of all environment variables together. */
  environmentBytes: 4096,
  /** The event of an invocation for whose answer somebody waits. */
  synchronousEventBytes: 6 * 1024 * 1024,
  /** The event of an invocation for which nobody waits (raised from 256 KB in 2025). */
  asynchronousEventBytes: 1024 * 1024,
  /** What a function returns, as Lambda's own error names it. */
  answerBytes: 6_291_556,
  /** "Configuring error handling settings for Lambda asynchronous invocations" */
  maximumRetryAttempts: { from: 0, to: 2 },
  maximumEventAgeSeconds: { from: 60, to: 21_600 },
  /** `CreateEventSourceMapping` in the API reference, for a standard queue. */
  batchSize: { from: 1, to: 10_000 },
  /** A larger batch needs a window in which it is gathered. */
  batchSizeWithoutWindow: 10,
  batchingWindowSeconds: { from: 0, to: 300 },
  maximumConcurrency: { from: 2, to: 1000 },
} as const;
