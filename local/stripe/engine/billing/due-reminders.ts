import { type DueSource, earliestWork } from '../due-work.ts';
import { markDelinquent, subscriptionOf, updateSubscription } from '../objects/record-change.ts';
import type { InvoiceRecord, ReminderRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { voidInvoice } from './advance-invoice.ts';
import { currentPeriod } from './current-period.ts';
import { upcomingInvoice } from './upcoming-invoice.ts';

/** What Stripe tells ahead of time. */
export const dueReminders: DueSource = ({ reminders }, testClock) =>
  earliestWork(reminders, (reminder) =>
    reminder.test_clock === testClock
      ? { at: reminder.at, carryOut: (tx) => remind(tx, reminder) }
      : undefined,
  );

function remind(tx: Transaction, reminder: ReminderRecord): void {
  tx.remove('reminders', reminder.id);
  const { kind, about } = reminder;
  if (kind === 'invoice_upcoming' || kind === 'trial_will_end') {
    const subscription = tx.find('subscriptions', about);
    if (subscription !== undefined) remindOfPeriod(tx, reminder, subscription);
    return;
  }
  const invoice = tx.find('invoices', about);
  if (invoice?.status === 'open') remindOfInvoice(tx, reminder, invoice);
}

/** Statuses in which there will be another invoice. */
const goingOn: ReadonlySet<string> = new Set(['active', 'trialing', 'past_due']);

function remindOfPeriod(
  tx: Transaction,
  { kind, until }: ReminderRecord,
  subscription: SubscriptionRecord,
): void {
  if (kind === 'trial_will_end') {
    if (subscription.status !== 'trialing' || subscription.trial_end !== until) return;
    tx.emit('customer.subscription.trial_will_end', subscription);
    return;
  }
  const { cancel_at: end, status } = subscription;
  const isLast = end !== null && end <= until;
  if (!goingOn.has(status) || isLast || currentPeriod(subscription).end !== until) return;
  const { id: _none, ...upcoming } = upcomingInvoice(tx, subscription);
  tx.emit('invoice.upcoming', upcoming);
}

function remindOfInvoice(
  tx: Transaction,
  { kind, until }: ReminderRecord,
  invoice: InvoiceRecord,
): void {
  if (kind === 'resumption_expires') {
    if (!invoice.attempted) voidInvoice(tx, invoice);
    return;
  }
  if (invoice.due_date !== until) return;
  if (kind === 'invoice_will_be_due') {
    tx.emit('invoice.will_be_due', invoice);
    return;
  }
  tx.emit('invoice.overdue', invoice);
  markDelinquent(tx, invoice.customer, true);
  const subscription = subscriptionOf(tx, invoice);
  if (subscription?.status === 'active' && subscription.latest_invoice === invoice.id) {
    updateSubscription(tx, subscription, { status: 'past_due' });
  }
}
