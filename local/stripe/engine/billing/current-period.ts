import type { Period } from '../objects/build-invoice-item.ts';
import type { PriceRecord, SubscriptionRecord } from '../records.ts';
import { type Interval, periodEnd } from './billing-period.ts';

/** The billing period that all items of a subscription share. */
export function currentPeriod(subscription: SubscriptionRecord): Period {
  const [item] = subscription.items.data;
  if (item === undefined) throw new Error(`Subscription ${subscription.id} has no items.`);
  return { start: item.current_period_start, end: item.current_period_end };
}

/** How often a price bills; monthly, should it be one that is paid once. */
export function paceOf(price: PriceRecord): Interval {
  return price.recurring ?? { interval: 'month', interval_count: 1 };
}

/** The subscription in the period of its cycle that begins at `start`. */
export function inPeriodFrom(subscription: SubscriptionRecord, start: number): SubscriptionRecord {
  return inPeriods(subscription, (price) => ({
    start,
    end: periodEnd(subscription.billing_cycle_anchor, start, paceOf(price)),
  }));
}

/** The subscription with all its items in the same period, whatever its cycle says. */
export function inPeriod(subscription: SubscriptionRecord, period: Period): SubscriptionRecord {
  return inPeriods(subscription, () => period);
}

/** A cancellation at the end of the period moves along with that end. */
function inPeriods(
  subscription: SubscriptionRecord,
  periodOf: (price: PriceRecord) => Period,
): SubscriptionRecord {
  const data = subscription.items.data.map((item) => {
    const { start, end } = periodOf(item.price);
    return { ...item, current_period_start: start, current_period_end: end };
  });
  const moved = { ...subscription, items: { ...subscription.items, data } };
  if (!subscription.cancel_at_period_end) return moved;
  return { ...moved, cancel_at: currentPeriod(moved).end };
}
