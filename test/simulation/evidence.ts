import type { Tables } from '../../local/stripe/engine/records.ts';

/**
 * What a judge may look at: what really happened at Stripe, at the bank, in the mailbox, in the
 * queues and in the table. Nothing of it is said by the code that is judged, but for the items
 * that it wrote.
 */
export interface Evidence {
  /** Epoch milliseconds, UTC, of the simulated clock. */
  readonly now: number;
  /** What the functions' settings say now. */
  readonly mode: 'own' | 'observe';
  /** Which rules of charging the business has set, each with the default of docs/policy.md. */
  readonly policy: JudgedPolicy;
  /** The IANA time zone in which the business says that it is. */
  readonly businessTimeZone: string;
  /** Stripe's ledger as it is now. */
  readonly ledger: Tables;
  /** Every item of the table as it is now. */
  readonly items: readonly StoredItem[];
  /** Every mail that SES took, oldest first. */
  readonly mails: readonly SentMail[];
  /** Every message that is in a queue now, delayed, invisible and dead ones too. */
  readonly messages: readonly WaitingMessage[];
  readonly customers: readonly SimulatedCustomer[];
  /** Ids of mails that SES took and whose sender then died or never saw the answer. */
  readonly unconfirmedMails: readonly string[];
}

/** The settings of docs/policy.md, as far as a judge can see whether they are kept. */
export interface JudgedPolicy {
  readonly retryAfterDays: readonly number[];
  /** `HH:MM` where the customer is. */
  readonly retryAt: string;
  readonly windowDays: number;
  readonly paydays: readonly (number | 'last_business_day')[];
  readonly maximumTriesPerMethod: number;
  readonly maximumTriesPerDebit: number;
  /** By kind of refusal. */
  readonly declines: Readonly<Record<string, JudgedKind>>;
  readonly fallback: {
    readonly ceilings: Readonly<Record<string, number>>;
    readonly subscriptions: 'all_but_marked' | 'only_marked';
  };
  readonly notices: { readonly beforeExpiryDays: readonly number[] };
  readonly end: {
    readonly afterDays: number;
    readonly access: 'keep' | 'suspend';
    readonly action: string;
  };
}

export interface JudgedKind {
  readonly tryAgainAtOnce: boolean;
  readonly fallback: 'at_once' | 'after_payday' | 'never' | { readonly afterHours: number };
}

/** An item of the table, as plain attributes. */
export interface StoredItem {
  readonly pk: string;
  readonly sk: string;
  readonly [attribute: string]: unknown;
}

export interface SentMail {
  readonly id: string;
  readonly at: number;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface WaitingMessage {
  readonly queue: string;
  readonly messageId: string;
  readonly body: string;
  readonly sentAt: number;
  /** From when on it can be received; epoch milliseconds. */
  readonly visibleAt: number;
  readonly receiveCount: number;
  /** Whether it lies in a dead-letter queue. */
  readonly isDead: boolean;
}

/** A customer of the simulated business: whose cards are whose, and what was agreed to when. */
export interface SimulatedCustomer {
  readonly customer: string;
  readonly email: string;
  /** Each consent to charge a method as the backup that the customer gave, in order. */
  readonly backups: readonly {
    readonly method: string;
    readonly consentFrom: number;
    readonly consentUntil: number | null;
  }[];
}

/** A request that reached Stripe, with what Stripe did about it. */
export interface StripeCall {
  /** `page`: the customer's browser, with the publishable key. */
  readonly by: 'backstop' | 'business' | 'page';
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string | undefined;
  /** What Stripe answered, whether or not the answer arrived. */
  readonly status: number;
  /** The same key came before: Stripe gave its first answer again and did nothing. */
  readonly isReplay: boolean;
  /** Charges that this very request made, accepted, pending and declined ones. */
  readonly charges: readonly string[];
}

/** One thing that took effect, told at the moment at which it did. */
export type Happening =
  | { readonly kind: 'stripe_call'; readonly call: StripeCall }
  /** Stripe did by itself what was due: renewals, its own retries, settlements. */
  | { readonly kind: 'stripe_passed_time'; readonly charges: readonly string[] }
  /** Somebody acted at Stripe, at a bank or in the business where no API is: by its name. */
  | { readonly kind: 'outside'; readonly what: string }
  | {
      readonly kind: 'item_written';
      readonly before: StoredItem | null;
      readonly after: StoredItem;
      /** The process that wrote it; `null` where nobody says so. */
      readonly by: string | null;
    }
  | { readonly kind: 'mail_sent'; readonly mail: SentMail }
  | { readonly kind: 'message_sent'; readonly message: WaitingMessage }
  | { readonly kind: 'message_died'; readonly message: WaitingMessage }
  | { readonly kind: 'logged'; readonly line: string }
  /** A request has reached a room that answers people. */
  | { readonly kind: 'api_asked'; readonly request: ApiRequest }
  /** Its answer, which may be lost on the way back; `null`: the process ended without one. */
  | {
      readonly kind: 'api_answered';
      /** Id of the request. */
      readonly request: string;
      readonly answer: ApiAnswer | null;
    };

/** A request of somebody's to one of the two APIs. */
export interface ApiRequest {
  readonly id: string;
  /** The process that answers it. */
  readonly process: string;
  /** Staff sign their requests; everybody else has a cookie, or none. */
  readonly api: 'customer' | 'staff';
  /** As in `functions/access.ts`. */
  readonly route: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly cookie: string | null;
}

export interface ApiAnswer {
  readonly status: number;
  /** The parsed JSON; `null` where there is none. */
  readonly body: unknown;
  /** Values of `Set-Cookie`. */
  readonly cookies: readonly string[];
}

/** A rule that did not hold. */
export interface Breach {
  /** The number of the rule in "What must always hold", or a name for what stands beside it. */
  readonly rule: string;
  /** A sentence with the ids that it is about. */
  readonly what: string;
}

/** Sees everything in order and says what must not be. */
export interface Judge {
  /** Called after each happening, with the world as it is then. */
  observe(happening: Happening, evidence: Evidence): readonly Breach[];
  /** Called when the faults have stopped and a long calm has passed. */
  conclude(evidence: Evidence): readonly Breach[];
  /** How often each rule had something to decide: a rule that never had is no evidence. */
  readonly weighed: ReadonlyMap<string, number>;
}
