import type Stripe from 'stripe';
import type { StripeReminders } from '../domain/stripe/stripe-reminders.ts';
import { createStripeConnection, type StripeConnectionOptions } from './stripe-connection.ts';
import { createStripeGateway } from './stripe-gateway.ts';

/** The most that Stripe gives at once. A customer with more subscriptions has the newest looked at. */
const pageSize = 100;

export function createStripeReminders(options: StripeConnectionOptions): StripeReminders {
  const { read } = createStripeConnection(options);
  return {
    paymentMethod: createStripeGateway(options).paymentMethod,
    async nextBillingDate(customer) {
      // Those that were canceled are left out by Stripe.
      const list = await read((stripe) => stripe.subscriptions.list({ customer, limit: pageSize }));
      const dates = (list?.data ?? []).filter(isCharged).flatMap(nextPeriods);
      return dates.length === 0 ? null : Math.min(...dates);
    },
  };
}

const statuses: readonly string[] = ['active', 'trialing', 'past_due'];

const isCharged = (subscription: Stripe.Subscription): boolean =>
  statuses.includes(subscription.status) &&
  subscription.collection_method === 'charge_automatically' &&
  subscription.pause_collection === null;

/** When the periods of its items end after which it goes on; epoch milliseconds. */
const nextPeriods = ({ items, ...subscription }: Stripe.Subscription): readonly number[] =>
  items.data
    .map(({ current_period_end: end }) => end)
    .filter((end) => !subscription.cancel_at_period_end && !endsBy(subscription.cancel_at, end))
    .map((end) => end * 1000);

const endsBy = (cancelAt: number | null, end: number): boolean =>
  cancelAt !== null && cancelAt <= end;
