import type { CustomerId, InvoiceId, PaymentMethodId } from './ids.ts';
import type { NoticeMessage, RetryMessage, RetryQueueMessage, SignInMessage } from './messages.ts';
import type {
  CustomerFacts,
  InvoiceFacts,
  PayAnswer,
  PaymentMethodFacts,
} from './stripe/stripe-facts.ts';
import type { Instant } from './time.ts';

/** What the rooms need of the world outside. Each has a real adapter and an in-memory twin. */

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** One item of the table; `v` is its schema's version, `version` rises by one a write. */
export interface Item extends Key {
  readonly v: number;
  readonly version: number;
  readonly [attribute: string]: unknown;
}

/** Every write is one conditional put of one item; there is no other way to change the table. */
export interface Table {
  /** Strongly consistent. */
  get(key: Key): Promise<Item | null>;
  /** Writes an item that is not there yet; false where one is. */
  putNew(item: Item): Promise<boolean>;
  /**
   * Replaces the item whose stored version is one lower; false where another writer came first.
   * A write whose answer was lost may be repeated by the SDK and then also answer false: a
   * caller reads again and finds its own write.
   */
  replace(item: Item): Promise<boolean>;
  /** All items of a partition whose sort key begins so, in order; strongly consistent. */
  query(pk: string, skPrefix: string): Promise<readonly Item[]>;
  /** The last of them by sort key, newest first, at most `limit`; strongly consistent. */
  queryNewest(pk: string, skPrefix: string, page: NewestPage): Promise<readonly Item[]>;
  /**
   * Places in a sparse index, in order of its sort key, up to and including `upTo`. Indexes
   * follow the table after a moment: read the item before you act on it.
   * @param after The last place of the page before; it need not be in the index any more.
   */
  queryIndex(
    index: IndexName,
    partition: string,
    upTo: string,
    limit: number,
    after?: IndexPlace,
  ): Promise<readonly IndexPlace[]>;
}

/** A page of the newest items: those before the sort key where the page before ended. */
export interface NewestPage {
  readonly limit: number;
  readonly before?: string;
}

/** The sparse indexes: what is due, the cases that are open, and the cards to look at. */
export type IndexName = 'due' | 'open' | 'remind';

/** Where an item stands in a sparse index. */
export interface IndexPlace extends Key {
  /** Its sort key in the index. */
  readonly at: string;
}

export interface Queues {
  /** @param delaySeconds 0 to 900, SQS's limit. */
  sendRetry(message: RetryQueueMessage, delaySeconds?: number): Promise<void>;
  /** The queue beside it, for what a person is waiting for. */
  sendRetryNow(message: RetryMessage): Promise<void>;
  sendNotice(message: NoticeMessage, delaySeconds?: number): Promise<void>;
  sendSignIn(message: SignInMessage, delaySeconds?: number): Promise<void>;
}

/** Stripe's status of a mandate to debit a bank account. */
export type MandateStatus = 'active' | 'inactive' | 'pending';

/** Where Stripe is reached. Refusals that are to be expected are values, never exceptions. */
export interface StripeGateway {
  /** The invoice and all around it; `null` where Stripe has no such invoice. */
  invoice(invoice: InvoiceId): Promise<InvoiceFacts | null>;
  /** `null` where Stripe has no such method. */
  paymentMethod(method: PaymentMethodId): Promise<PaymentMethodFacts | null>;
  /**
   * The mandate with which the customer last set up this bank account; `null` where none is known.
   * Asked of bank debits only.
   */
  mandateStatus(customer: CustomerId, method: PaymentMethodId): Promise<MandateStatus | null>;
  /** Switches Stripe's own collection of an open invoice on or off. */
  setAutoAdvance(invoice: InvoiceId, on: boolean, key: string): Promise<void>;
  /** Charges an open invoice off-session, at most once for one key. Never throws for a refusal. */
  pay(invoice: InvoiceId, method: PaymentMethodId, key: string): Promise<PayAnswer>;
}

/** Who a customer of Stripe's is; asked only when staff name one. */
export interface CustomerDirectory {
  /** `null` where Stripe has no such customer. */
  customer(customer: CustomerId): Promise<CustomerFacts | null>;
}

export interface Mail {
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** What SES's events about this mail carry back: ASCII letters, digits, `_` and `-`. */
  readonly tags: Readonly<Record<string, string>>;
}

export type MailAnswer =
  | { readonly kind: 'accepted'; readonly messageId: string }
  /** SES said no: nothing was sent, and the same mail may be sent again. */
  | { readonly kind: 'refused'; readonly why: string }
  /** SES takes no more for now, from nobody: nothing was sent. */
  | { readonly kind: 'throttled'; readonly why: string }
  /** No answer arrived; the mail may be on its way. */
  | { readonly kind: 'unknown'; readonly why: string };

export interface Mailer {
  send(mail: Mail): Promise<MailAnswer>;
}

export interface Clock {
  now(): Instant;
}

export type MetricName =
  | 'EventReceived'
  | 'EventIgnored'
  | 'DeliveryRefused'
  | 'UnknownDeclineCode'
  | 'PassStarted'
  | 'ChargeSucceeded'
  | 'ChargeDeclined'
  | 'ChargeUnknown'
  | 'ConfigurationFailed'
  | 'InvoiceOverpaid'
  | 'StripeRetriesFoundOn'
  | 'OutcomesUnknown'
  | 'MissedFailuresFound'
  | 'MailSent'
  | 'MailBounced'
  | 'MailRejected'
  | 'MailUndeliverable'
  | 'AddressSuppressed'
  | 'CustomerUnreachable'
  | 'CasesDue'
  | 'CardsDue';

export interface Metrics {
  count(name: MetricName, value?: number): void;
}

/** Structured lines: ids only, never names, addresses or secrets. */
export interface Log {
  info(message: string, ids?: Readonly<Record<string, unknown>>): void;
  warn(message: string, ids?: Readonly<Record<string, unknown>>): void;
  error(message: string, ids?: Readonly<Record<string, unknown>>): void;
}
