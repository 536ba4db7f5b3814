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

/**
 * Each invocation is told twice: when it starts, and when it has ended. One that Lambda refused to
 * start is told once.
 */
export type InvocationRecord = InvocationBase &
  (
    | { readonly state: 'started' }
    | { readonly state: 'refused'; readonly error: FunctionError }
    | (Ended & { readonly state: 'succeeded'; readonly result: Json })
    | (Ended & { readonly state: 'failed'; readonly error: FunctionError })
  );

interface Ended {
  readonly durationMilliseconds: number;
  /** Whether it waited for a new environment. */
  readonly coldStart: boolean;
}

export interface MessageRecord {
  /** `expired`: older than its queue keeps messages. */
  readonly state: 'sent' | 'deleted' | 'dead-lettered' | 'expired';
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

/** A statement that let a request pass, with those of its elements that did. */
export interface Grant {
  /** Logical id of the caller's role, or the name of a local user. */
  readonly principal: string;
  /**
   * Where the statement stands: logical id of the policy; for an inline policy of a role that of
   * the role, a dot and the policy's name.
   */
  readonly policy: string;
  /** The statement's place in the policy, from 0. */
  readonly statement: number;
  /** As the statement has it, wildcards and all. */
  readonly action: string;
  readonly resource: string;
}

/** What the policies say about a request. */
export type Permission =
  /** One grant for each thing that AWS checks for such a request. */
  | { readonly kind: 'allowed'; readonly grants: readonly Grant[] }
  | {
      readonly kind: 'denied';
      /** What was asked for, such as `dynamodb:PutItem`. */
      readonly action: string;
      readonly resource: string;
      /** The end of AWS's sentence about it. */
      readonly reason: string;
    };

/** A delivery that a service of AWS may not make: the target's policy does not let it. */
export interface DeniedRecord {
  /** Such as `events.amazonaws.com`. */
  readonly service: string;
  /** ARN of the rule or of the API's route that the service acts for. */
  readonly sourceArn: string;
  readonly action: string;
  /** ARN of the target. */
  readonly resource: string;
  readonly at: number;
}

/** What became of a request; `refused` is a connection to a stopped part. */
export type RequestRecord = OutgoingRequest & {
  /** 1 for the first request since the start; older ones are forgotten, numbers are not reused. */
  readonly number: number;
  /** Absent for what was not asked: requests to Stripe, and those refused for another reason. */
  readonly permission?: Permission;
  /** What the request wanted to write to the table: the item of PutItem, else its key. */
  readonly item?: Readonly<Record<string, unknown>>;
  readonly outcome:
    | {
        readonly kind: 'answered';
        readonly status: number;
        /** AWS's name of the error, such as `ThrottlingException`, where the answer has one. */
        readonly error?: string;
      }
    | { readonly kind: 'refused' | 'killed_before_delivery' | 'killed_after_effect' };
};

export interface CloudRecords {
  invocation: InvocationRecord;
  message: MessageRecord;
  mail: LocalMail;
  log: LogRecord;
  event: EventRecord;
  denied: DeniedRecord;
  request: RequestRecord;
}
