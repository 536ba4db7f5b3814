/** What the inbox thread is started with. */
export interface InboxWorkerData {
  readonly sharedOffset: SharedArrayBuffer;
  /** 0 takes any free port. */
  readonly port: number;
  /** Mails of earlier runs, for the page to show. */
  readonly kept: readonly InboxMail[];
}

/** A mail as the inbox keeps it. */
export interface InboxMail {
  readonly messageId: string;
  readonly from: string;
  readonly replyTo: readonly string[];
  readonly destination: {
    readonly to: readonly string[];
    readonly cc: readonly string[];
    readonly bcc: readonly string[];
  };
  readonly subject: string;
  readonly body: { readonly html?: string | undefined; readonly text?: string | undefined };
  /** Epoch seconds. */
  readonly at: number;
}

/** The body of a request to SES v2's SendEmail: the one that keeps every recipient. */
export interface InboxSubmission {
  readonly Content: unknown;
  readonly FromEmailAddress?: string;
  readonly ReplyToAddresses?: readonly string[];
  readonly Destination?: {
    readonly ToAddresses: readonly string[];
    readonly CcAddresses: readonly string[];
    readonly BccAddresses: readonly string[];
  };
}

export type InboxRequest =
  | { readonly kind: 'listen' }
  | { readonly kind: 'submit'; readonly submission: InboxSubmission };

export type InboxAnswer =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'portInUse' }
  | { readonly kind: 'accepted'; readonly mail: InboxMail }
  | { readonly kind: 'rejected'; readonly reason: string };
