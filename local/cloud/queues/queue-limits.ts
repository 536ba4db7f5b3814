/** A whole number's range, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * SQS's limits: "Amazon SQS message quotas" and "Amazon SQS standard queue quotas" in the
 * developer guide, `CreateQueue` and `SendMessageBatch` in the API reference. Without a
 * `MaximumMessageSize` of its own a queue takes the largest message that SQS takes.
 */
export const queueLimits = {
  delaySeconds: { from: 0, to: 900 },
  visibilitySeconds: { from: 0, to: 43_200 },
  receiveWaitSeconds: { from: 0, to: 20 },
  retentionSeconds: { from: 60, to: 1_209_600 },
  messageBytes: { from: 1024, to: 1_048_576 },
  /** Receives before a message goes to the dead-letter queue. */
  maxReceiveCount: { from: 1, to: 1000 },
  receivedMessages: { from: 1, to: 10 },
  batchEntries: 10,
  batchBytes: 1_048_576,
  batchEntryId: /^[\w-]{1,80}$/,
  messageAttributes: 10,
  /** Messages of a standard queue that were received and neither deleted nor visible again. */
  inFlightMessages: 120_000,
  /** Any of these is refused: all that is no character of XML 1.0. */
  forbiddenCharacters: /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u,
} as const satisfies Record<string, Range | number | RegExp>;

export const isWithin = (value: number, { from, to }: Range): boolean =>
  Number.isInteger(value) && value >= from && value <= to;

/** How many messages a receive may still take from a queue with so many in flight. */
export const roomInFlight = (inFlight: number): number =>
  Math.max(0, queueLimits.inFlightMessages - inFlight);
