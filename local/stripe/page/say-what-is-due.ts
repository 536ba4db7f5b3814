import { currentPeriod } from '../engine/billing/current-period.ts';
import { signUpSeconds } from '../engine/billing/due-subscriptions.ts';
import { verificationSeconds } from '../engine/billing/verify-tax-id.ts';
import type { PaymentWorkRecord, ReminderRecord, SubscriptionRecord } from '../engine/records.ts';
import type { StripeState } from '../engine/state.ts';
import type { Delivery } from '../webhooks/delivery.ts';
import { nameOfCustomer } from './customer-link.ts';
import { nameOfMethod } from './words.ts';

/**
 * What happens when the clock comes to this time, as a sentence goes on after a colon.
 *
 * @param due epoch milliseconds, UTC: the time that `nextDue` of the control gives.
 */
export function sayWhatIsDue(
  state: StripeState,
  deliveries: readonly Delivery[],
  due: number,
): string {
  const delivery = deliveries.find(({ nextAttemptAt }) => nextAttemptAt === due);
  if (delivery !== undefined) return `the event ${delivery.type} is sent to ${delivery.url}`;
  if (state.tables.test_clocks.some(({ status }) => status === 'advancing')) {
    return 'a test clock arrives where it was sent';
  }
  const at = due / 1000;
  return (
    paymentAt(state, at) ??
    invoiceAt(state, at) ??
    subscriptionAt(state, at) ??
    reminderAt(state, at) ??
    taxIdAt(state, at) ??
    'Stripe does something by itself'
  );
}

function invoiceAt(state: StripeState, at: number): string | undefined {
  const own = state.tables.invoices.filter((each) => each.auto_advance && isOnOwnClock(each));
  const draft = own.find(
    (each) => each.status === 'draft' && each.automatically_finalizes_at === at,
  );
  if (draft !== undefined) {
    const then = draft.collection_method === 'charge_automatically' ? 'charged' : 'sent';
    return `the draft invoice of ${nameOfCustomer(state, draft.customer)} is finalised and ${then}`;
  }
  const retried = own.find((each) => each.status === 'open' && each.next_payment_attempt === at);
  return (
    retried && `Stripe tries the open invoice of ${nameOfCustomer(state, retried.customer)} again`
  );
}

function subscriptionAt(state: StripeState, at: number): string | undefined {
  for (const subscription of state.tables.subscriptions.filter(isOnOwnClock)) {
    const change = changeAt(subscription, at);
    if (change === undefined) continue;
    return `the subscription of ${nameOfCustomer(state, subscription.customer)} ${change}`;
  }
  return undefined;
}

const living: ReadonlySet<string> = new Set(['active', 'past_due', 'paused', 'trialing', 'unpaid']);

function changeAt(subscription: SubscriptionRecord, at: number): string | undefined {
  const { cancel_at, created, pause_collection: pause, status, trial_end } = subscription;
  if (status === 'incomplete') {
    return created + signUpSeconds === at
      ? 'expires, as its first invoice was not paid'
      : undefined;
  }
  if (!living.has(status)) return undefined;
  if (cancel_at === at) return 'is canceled, as planned';
  if (pause?.resumes_at === at) return 'is collected again after its pause';
  if (status === 'trialing') return trial_end === at ? 'comes to the end of its trial' : undefined;
  return currentPeriod(subscription).end === at ? 'renews' : undefined;
}

function paymentAt(state: StripeState, at: number): string | undefined {
  const due = state.tables.payment_work.find((each) => each.at === at && isOnOwnClock(each));
  return due && paymentText(state, due.work);
}

function paymentText({ tables }: StripeState, work: PaymentWorkRecord['work']): string {
  switch (work.kind) {
    case 'debit': {
      const charge = tables.charges.find(({ id }) => id === work.charge);
      const account = charge && nameOfMethod(charge.payment_method_details);
      return `the bank answers the debit of ${account ?? 'an account'}`;
    }
    case 'refund':
      return 'a refund arrives, or comes back';
    case 'dispute':
      return 'the time to answer a dispute is over';
    case 'authorization':
      return 'an authorisation that nobody captured is let go';
  }
}

/** What Stripe says or does ahead of a time, with whom it is about after it. */
const reminders: Readonly<Record<ReminderRecord['kind'], string>> = {
  invoice_overdue: 'Stripe tells of the overdue invoice of',
  invoice_upcoming: 'Stripe tells ahead (invoice.upcoming) of the next invoice of',
  invoice_will_be_due: 'Stripe tells ahead (invoice.will_be_due) of the due date of',
  resumption_expires: 'nobody paid for the resumption, and its invoice is voided, of',
  trial_will_end: 'Stripe tells ahead (customer.subscription.trial_will_end) of the trial of',
};

function reminderAt(state: StripeState, at: number): string | undefined {
  const { invoices, reminders: planned, subscriptions } = state.tables;
  const due = planned.find((each) => each.at === at && isOnOwnClock(each));
  if (due === undefined) return undefined;
  const about = [...subscriptions, ...invoices].find(({ id }) => id === due.about);
  return `${reminders[due.kind]} ${about === undefined ? due.about : nameOfCustomer(state, about.customer)}`;
}

function taxIdAt({ tables }: StripeState, at: number): string | undefined {
  const due = tables.tax_ids.find(({ created }) => created + verificationSeconds === at);
  return due && `the authority answers about the tax ID ${due.value}`;
}

/** What stands on a test clock waits for that one. */
const isOnOwnClock = ({ test_clock }: { readonly test_clock: string | null }) =>
  test_clock === null;
