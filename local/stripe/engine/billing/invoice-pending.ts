import { updateSubscription } from '../objects/record-change.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { currentPeriod } from './current-period.ts';
import { draftForSubscription } from './draft-invoice.ts';
import { pendingItems } from './pending-items.ts';

/** An invoice of what a change left pending; undefined where it left nothing. */
export function invoicePending(
  tx: Transaction,
  subscription: SubscriptionRecord,
): InvoiceRecord | undefined {
  const { currency, customer, id } = subscription;
  const wanted = { customer, currency, subscription: id, strict: true };
  if (pendingItems(tx, wanted).length === 0) return undefined;
  const draft = draftForSubscription(tx, subscription, {
    billingReason: 'subscription_update',
    period: { start: currentPeriod(subscription).start, end: tx.now },
    strict: true,
  });
  updateSubscription(tx, subscription, { latest_invoice: draft.id });
  return draft;
}
