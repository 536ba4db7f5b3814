import type { Json } from './template/template.ts';

/** The services that a test can stop to see what becomes of the journey. */
export type Part = 'queue' | 'secret' | 'mail' | 'table';

/** Why a function was invoked. */
export type Trigger =
  | { readonly kind: 'http'; readonly routeKey: string; readonly requestId: string }
  | { readonly kind: 'queue'; readonly queue: string; readonly messageIds: readonly string[] }
  | { readonly kind: 'schedule'; readonly rule: string; readonly eventId: string }
  | { readonly kind: 'event'; readonly rule: string; readonly eventId: string }
  | { readonly kind: 'direct' };

/** An error as Lambda reports it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

interface InvocationBase {
  readonly functionLogicalId: string;
  readonly functionName: string;
  readonly awsRequestId: string;
  readonly trigger: Trigger;
  /** Epoch milliseconds on the movable clock. */
  readonly at: number;
}

/** Each invocation is told twice: when it starts, and when it has ended. */
export type InvocationRecord = InvocationBase &
  (
    | { readonly state: 'started' }
    | { readonly state: 'succeeded'; readonly durationMilliseconds: number; readonly result: Json }
    | {
        readonly state: 'failed';
        readonly durationMilliseconds: number;
        readonly error: FunctionError;
      }
  );

export interface MessageRecord {
  readonly state: 'sent' | 'deleted' | 'dead-lettered';
  /** The queue's name; for `dead-lettered` the one that it left. */
  readonly queue: string;
  readonly messageId: string;
  readonly body: string;
  readonly at: number;
}

export interface LocalMail {
  /** The id that SES answered. */
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet?: string;
  /** Epoch milliseconds on the movable clock. */
  readonly at: number;
}

export interface LogRecord {
  readonly functionLogicalId: string;
  readonly functionName: string;
  /** Absent for what is written while the function's module loads. */
  readonly awsRequestId?: string;
  readonly stream: 'stdout' | 'stderr';
  /** The line as it was written, without its end. */
  readonly line: string;
  /** The line as data, when it is JSON. */
  readonly json?: Json;
  readonly at: number;
}

/** An event on the default event bus, with the rules that took it. */
export interface EventRecord {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  readonly rules: readonly string[];
  readonly at: number;
}

/** A request that a function sent to the outside; with these fields it can be stopped or killed. */
export interface OutgoingRequest {
  readonly functionLogicalId: string;
  readonly functionName: string;
  /** Absent for what is sent while the function's module loads. */
  readonly awsRequestId?: string;
  /** 1 for the first request of the invocation. */
  readonly sequence: number;
  /** `dynamodb`, `sqs`, `ses`, `secretsmanager`, or `stripe`. */
  readonly service: string;
  /** AWS's action, such as `PutItem`; the HTTP method for a service that is not AWS. */
  readonly action: string;
  /** ARNs; the path without its query for a service that is not AWS. */
  readonly resources: readonly string[];
  readonly at: number;
}

export type Verdict = 'pass' | 'kill_before_delivery' | 'kill_after_effect';

/** What became of a request; `refused` is a connection to a stopped part. */
export type RequestRecord = OutgoingRequest & {
  readonly outcome:
    | { readonly kind: 'answered'; readonly status: number }
    | { readonly kind: 'refused' | 'killed_before_delivery' | 'killed_after_effect' };
};

export interface CloudRecords {
  invocation: InvocationRecord;
  message: MessageRecord;
  mail: LocalMail;
  log: LogRecord;
  event: EventRecord;
  request: RequestRecord;
}
