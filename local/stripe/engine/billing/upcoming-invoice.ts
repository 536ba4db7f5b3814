import { buildInvoice, withLines } from '../objects/build-invoice.ts';
import { lineOfInvoiceItem, lineOfSubscriptionItem } from '../objects/build-invoice-line.ts';
import type { InvoiceRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { currentPeriod, inPeriodFrom } from './current-period.ts';
import { draftWindow } from './draft-window.ts';
import { pendingItems } from './pending-items.ts';

/**
 * The invoice that a subscription's next period will begin with, as it would be now: on no record,
 * and without taking anything up.
 *
 * @param mode 'recurring' leaves out what is billed only once
 */
export function upcomingInvoice(
  tx: Transaction,
  subscription: SubscriptionRecord,
  mode: 'next' | 'recurring' = 'next',
): InvoiceRecord {
  const { currency, customer, id } = subscription;
  const { start, end } = currentPeriod(subscription);
  const isTrial = subscription.status === 'trialing';
  const anchored = isTrial ? { ...subscription, billing_cycle_anchor: end } : subscription;
  const next = inPeriodFrom(anchored, end);
  const built = buildInvoice(tx, {
    billingReason: 'upcoming',
    currency,
    customer: tx.customer(customer),
    period: { start, end },
    subscription,
  });
  const invoice = asUpcoming(built, end);
  const pending =
    mode === 'recurring' ? [] : pendingItems(tx, { customer, currency, subscription: id });
  return withLines(invoice, [
    ...pending.map((item) => lineOfInvoiceItem(tx, invoice.id, item, tx.id('il_tmp'))),
    ...next.items.data.map((item) => ({
      ...lineOfSubscriptionItem(tx, invoice.id, item, next, { kind: 'whole' }),
      id: tx.id('il_tmp'),
    })),
  ]);
}

/** An invoice that is only looked at: it will come at a time in epoch seconds. */
export function asUpcoming(invoice: InvoiceRecord, at: number): InvoiceRecord {
  const id = `upcoming_${invoice.id}`;
  return {
    ...invoice,
    id,
    ...draftWindow(at, true, invoice.collection_method),
    billing_reason: 'upcoming',
    created: at,
    lines: {
      ...invoice.lines,
      data: invoice.lines.data.map((line) => ({ ...line, invoice: id })),
      url: `/v1/invoices/${id}/lines`,
    },
  };
}
