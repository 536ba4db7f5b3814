import type { CustomerId, InvoiceId } from '../ids.ts';
import type { StripeGateway } from '../ports.ts';
import type { Instant } from '../time.ts';

/** A page of one of Stripe's lists. */
export interface StripePage<Row> {
  readonly rows: readonly Row[];
  /** The last row's id, after which the next page begins; `null` at the end. */
  readonly next: string | null;
}

/** An open invoice as far as Stripe's list shows it. */
export interface ListedInvoice {
  readonly invoice: InvoiceId;
  readonly customer: CustomerId;
  readonly billingReason: string | null;
  readonly livemode: boolean;
  /** Whether Stripe has tried to charge it at least once. */
  readonly attempted: boolean;
  /** True while Stripe retries it by itself. */
  readonly autoAdvance: boolean;
}

/** What is compared with the table every hour. */
export interface StripeReconcile extends Pick<StripeGateway, 'invoice'> {
  /** Open invoices that are charged automatically, newest first, created at `from` or later. */
  openInvoices(from: Instant, after: string | null): Promise<StripePage<ListedInvoice>>;
  /**
   * Events of the types that are handled here, newest first, created at `from` or later, that at
   * least one endpoint of the account has not taken; each as Stripe would deliver it.
   */
  undeliveredEvents(from: Instant, after: string | null): Promise<StripePage<unknown>>;
}
