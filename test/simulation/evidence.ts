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
  /** Each backup that the customer has had, in order; the last one is in force until it ended. */
  readonly backups: readonly {
    readonly method: string;
    readonly consentFrom: number;
    readonly consentUntil: number | null;
  }[];
}

/** A request that reached Stripe, with what Stripe did about it. */
export interface StripeCall {
  readonly by: 'backstop' | 'business';
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
    }
  | { readonly kind: 'mail_sent'; readonly mail: SentMail }
  | { readonly kind: 'message_sent'; readonly message: WaitingMessage }
  | { readonly kind: 'message_died'; readonly message: WaitingMessage }
  | { readonly kind: 'logged'; readonly line: string };

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
