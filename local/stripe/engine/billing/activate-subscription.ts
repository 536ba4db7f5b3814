import { subscriptionOf } from '../objects/record-change.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { periodEnd } from './billing-period.ts';
import { inPeriod, paceOf } from './current-period.ts';
import { planUpcoming } from './plan-reminders.ts';

/** A paused subscription is active again with the invoice that was made to resume it. */
export function resumeWith(tx: Transaction, invoice: InvoiceRecord): void {
  const paused = subscriptionOf(tx, invoice);
  if (paused?.status !== 'paused' || paused.latest_invoice !== invoice.id) return;
  if (invoice.created < (paused.status_details?.paused.transitioned_at ?? 0)) return;
  activate(tx, paused, inPeriodOf(paused, invoice));
}

export function activate(
  tx: Transaction,
  paused: SubscriptionRecord,
  resumed: SubscriptionRecord,
): SubscriptionRecord {
  const { status_details: _ended, ...rest } = resumed;
  const after: SubscriptionRecord = { ...rest, status: 'active' };
  tx.replace('subscriptions', after);
  tx.emit('customer.subscription.resumed', after);
  tx.emit('customer.subscription.updated', after, paused);
  planUpcoming(tx, after);
  return after;
}

/** The period that the lines of the resumption bill, and the cycle that it belongs to. */
function inPeriodOf(paused: SubscriptionRecord, invoice: InvoiceRecord): SubscriptionRecord {
  const [item] = paused.items.data;
  const line = invoice.lines.data.find(
    ({ parent }) => parent?.subscription_item_details?.subscription_item === item?.id,
  );
  if (item === undefined || line === undefined) return paused;
  const { period } = line;
  const fits = periodEnd(paused.billing_cycle_anchor, period.start, paceOf(item.price));
  const anchor = fits === period.end ? paused.billing_cycle_anchor : period.start;
  return inPeriod({ ...paused, billing_cycle_anchor: anchor }, period);
}
