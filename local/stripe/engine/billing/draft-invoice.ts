import {
  type BillingReason,
  buildInvoice,
  type Period,
  withLines,
} from '../objects/build-invoice.ts';
import type { Billing } from '../objects/build-invoice-line.ts';
import { lineOfSubscriptionItem } from '../objects/build-invoice-line.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { draftWindow } from './draft-window.ts';
import { pendingItems, takeUp } from './pending-items.ts';

/** What a draft of a subscription bills. */
export interface DraftTerms {
  readonly billingReason: BillingReason;
  /** The time that ended: the invoice looks back at it, its lines look ahead. */
  readonly period: Period;
  /** How the items' current period is billed; absent for an invoice of pending items only. */
  readonly billing?: Billing | undefined;
  /** Whether only the subscription's own pending items are taken up. */
  readonly strict?: boolean;
}

/**
 * Drafts an invoice of a subscription: what is pending, then what its items cost in their current
 * period. It is on record and told of, and the subscription does not yet know it.
 */
export function draftForSubscription(
  tx: Transaction,
  subscription: SubscriptionRecord,
  terms: DraftTerms,
): InvoiceRecord {
  const { currency, customer } = subscription;
  const built = buildInvoice(tx, {
    billingReason: terms.billingReason,
    currency,
    customer: tx.customer(customer),
    period: terms.period,
    subscription,
  });
  const wanted = { customer, currency, subscription: subscription.id };
  const pending = pendingItems(tx, { ...wanted, strict: terms.strict ?? false });
  const { billing } = terms;
  const lines = [
    ...takeUp(tx, built, pending),
    ...(billing === undefined
      ? []
      : subscription.items.data.map((item) =>
          lineOfSubscriptionItem(tx, built.id, item, subscription, billing),
        )),
  ];
  const draft: InvoiceRecord = {
    ...withLines(built, lines),
    ...draftWindow(tx.now, isCollected(subscription), built.collection_method),
  };
  tx.insert('invoices', draft);
  tx.emit('invoice.created', draft);
  return draft;
}

/**
 * An unpaid subscription goes on drafting invoices, and Stripe collects none of them; those of a
 * collection that was paused with `keep_as_draft` stay drafts too.
 */
function isCollected({ status, pause_collection: pause }: SubscriptionRecord): boolean {
  return status !== 'unpaid' && pause?.behavior !== 'keep_as_draft';
}
