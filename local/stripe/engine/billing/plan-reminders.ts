import type { InvoiceRecord, ReminderRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { currentPeriod } from './current-period.ts';

const daySeconds = 86_400;

/** Stripe tells of a trial's end three days before (the docs of the event). */
const trialEndSeconds = 3 * daySeconds;

/**
 * How long before an invoice is due Stripe tells of it. On Stripe a person chooses that, and how
 * long after it tells again, in an automation; here every account has both.
 */
const dueSoonSeconds = 3 * daySeconds;

/** How long a resumption may wait for its payment: docs.stripe.com/api/subscriptions/resume. */
const resumptionSeconds = 23 * 3600;

/** Plans to tell of the invoice that comes when the current period ends. */
export function planUpcoming(tx: Transaction, subscription: SubscriptionRecord): void {
  const { end } = currentPeriod(subscription);
  const at = end - tx.settings.upcomingInvoiceDays * daySeconds;
  plan(tx, 'invoice_upcoming', Math.max(at, tx.now + 1), subscription, end);
}

/** Tells of a trial's end three days before it, and at once of one that is shorter. */
export function planTrialEnd(tx: Transaction, subscription: SubscriptionRecord): void {
  const { trial_end: end } = subscription;
  if (end === null) return;
  const at = end - trialEndSeconds;
  if (at <= tx.now) tx.emit('customer.subscription.trial_will_end', subscription);
  else plan(tx, 'trial_will_end', at, subscription, end);
}

/** Plans to tell of the day on which a sent invoice is to be paid, before it and on it. */
export function planDueDate(tx: Transaction, invoice: InvoiceRecord): void {
  const { due_date: due } = invoice;
  if (due === null || due <= tx.now) return;
  if (due - dueSoonSeconds > tx.now) {
    plan(tx, 'invoice_will_be_due', due - dueSoonSeconds, invoice, due);
  }
  plan(tx, 'invoice_overdue', due, invoice, due);
}

/** Plans to void the invoice of a resumption that nobody pays. */
export function planExpiry(tx: Transaction, invoice: InvoiceRecord): void {
  const at = tx.now + resumptionSeconds;
  plan(tx, 'resumption_expires', at, invoice, at);
}

function plan(
  tx: Transaction,
  kind: ReminderRecord['kind'],
  at: number,
  about: { readonly id: string; readonly test_clock: string | null },
  until: number,
): void {
  const { id, test_clock } = about;
  tx.insert('reminders', { id: tx.id('rem'), at, kind, about: id, until, test_clock });
}
