import type { Troubles } from '../troubles.ts';

/** The troubles that the queue thread makes. */
export type QueueTroubleSettings = Pick<
  Troubles,
  'seed' | 'duplicatedMessages' | 'reorderedMessages'
>;

/** What the queue thread is started with. */
export interface QueueWorkerData {
  readonly sharedOffset: SharedArrayBuffer;
  readonly dataDirectory?: string;
  readonly queues: readonly {
    readonly name: string;
    readonly arn: string;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
}

export type QueueRequest =
  /** `body` is that of SQS's JSON protocol. */
  | { readonly kind: 'api'; readonly action: string; readonly body: string }
  /** Waits until there are messages; answers none only when it was cancelled. */
  | {
      readonly kind: 'receive';
      readonly queue: string;
      readonly maximum: number;
      readonly ticket: number;
    }
  | { readonly kind: 'cancel'; readonly ticket: number }
  | { readonly kind: 'delete'; readonly queue: string; readonly receiptHandles: readonly string[] }
  | {
      readonly kind: 'send';
      readonly queue: string;
      readonly body: string;
      readonly attributes: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'redrive'; readonly from: string; readonly to: string }
  | { readonly kind: 'troubles'; readonly settings: QueueTroubleSettings }
  | { readonly kind: 'inspect' }
  | { readonly kind: 'clockMoved' };

export type QueueAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'api'; readonly status: number; readonly body: string }
  | { readonly kind: 'received'; readonly messages: readonly QueueRecord[] }
  | { readonly kind: 'sent'; readonly messageId: string }
  | { readonly kind: 'redriven'; readonly count: number }
  | { readonly kind: 'inspected'; readonly queues: readonly QueueState[] };

/** One record of the event that Lambda gets for a message of a queue. */
export interface QueueRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<
    Record<
      string,
      {
        readonly dataType: string;
        readonly stringValue?: string;
        readonly binaryValue?: string;
        readonly stringListValues: readonly string[];
        readonly binaryListValues: readonly string[];
      }
    >
  >;
}

export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly receiveCount: number;
  /** When a delayed or invisible message becomes visible; epoch milliseconds. */
  readonly visibleAt?: number;
}

export interface QueueState {
  readonly name: string;
  readonly ready: readonly QueuedMessage[];
  readonly delayed: readonly QueuedMessage[];
  readonly inFlight: readonly QueuedMessage[];
}
