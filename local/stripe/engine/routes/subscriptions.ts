import { cancelFields, cancelNow } from '../billing/cancel-now.ts';
import { changeFields, changeSubscription } from '../billing/change-subscription.ts';
import { currentPeriod } from '../billing/current-period.ts';
import { pauseOnRequest } from '../billing/pause-subscription.ts';
import { resumeSubscription } from '../billing/resume-subscription.ts';
import { creationFields, signUp } from '../billing/sign-up.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import { group, oneOf, type Read, text, timeRange } from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import { searchParameters, searchRows } from '../protocol/search.ts';
import type { SearchFields } from '../protocol/search-query.ts';
import type { SubscriptionRecord } from '../records.ts';

const filters = {
  ...listParameters,
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  created: timeRange,
  current_period_end: timeRange,
  current_period_start: timeRange,
  customer: text,
  plan: text,
  price: text,
  status: oneOf(
    'active',
    'all',
    'canceled',
    'ended',
    'incomplete',
    'incomplete_expired',
    'past_due',
    'paused',
    'trialing',
    'unpaid',
  ),
  test_clock: text,
};

const pause = {
  bill_for: group({
    outstanding_usage_through: group({ type: oneOf('none', 'now') }),
    unused_time_from: group({ type: oneOf('item_current_period_start', 'none', 'now') }),
  }),
  invoicing_behavior: oneOf('invoice', 'pending_invoice_item'),
  type: oneOf('subscription'),
};

const resumption = {
  billing_cycle_anchor: group({ type: oneOf('now', 'unchanged') }),
  payment_behavior: oneOf('resume_on_payment_attempt', 'resume_on_payment_success'),
  proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
};

export const subscriptionRoutes: readonly Route[] = [
  route('GET', '/v1/subscriptions/search', searchParameters, (tx, params) =>
    searchRows(tx.rows('subscriptions'), searchable, params, '/v1/subscriptions/search'),
  ),
  route('POST', '/v1/subscriptions', creationFields, signUp),
  route('GET', '/v1/subscriptions/*', {}, (tx, _params, id) => tx.get('subscriptions', id)),
  route('POST', '/v1/subscriptions/*', changeFields, (tx, params, id) =>
    changeSubscription(tx, tx.get('subscriptions', id), params),
  ),
  route('DELETE', '/v1/subscriptions/*', cancelFields, (tx, params, id) =>
    cancelNow(tx, tx.get('subscriptions', id), params),
  ),
  route('GET', '/v1/subscriptions', filters, (tx, params) =>
    listRows(tx.rows('subscriptions'), wanted(params), params, '/v1/subscriptions'),
  ),
  route('POST', '/v1/subscriptions/*/pause', pause, (tx, params, id) => {
    const from = params.bill_for?.unused_time_from?.type ?? 'none';
    return pauseOnRequest(tx, tx.get('subscriptions', id), {
      creditFrom: from === 'none' ? null : from,
      invoicesNow: params.invoicing_behavior === 'invoice',
    });
  }),
  route('POST', '/v1/subscriptions/*/resume', resumption, (tx, params, id) =>
    resumeSubscription(tx, tx.get('subscriptions', id), {
      anchor: params.billing_cycle_anchor?.type ?? 'now',
      paymentBehavior: params.payment_behavior ?? 'resume_on_payment_attempt',
      prorationBehavior: params.proration_behavior ?? 'create_prorations',
    }),
  ),
];

/** docs.stripe.com/search#query-fields-for-subscriptions */
const searchable: SearchFields<SubscriptionRecord> = {
  resource: 'subscriptions',
  fields: {
    canceled_at: { type: 'numeric', read: (row) => row.canceled_at ?? Number.NaN },
    created: { type: 'numeric', read: (row) => row.created },
    status: { type: 'token', read: (row) => row.status },
  },
  metadata: (row) => row.metadata,
};

function wanted(params: Read<typeof filters>): (row: SubscriptionRecord) => boolean {
  const {
    collection_method: method,
    current_period_start: start,
    current_period_end: end,
  } = params;
  const price = params.price ?? params.plan;
  return (row) =>
    (params.customer === undefined || row.customer === params.customer) &&
    (method === undefined || row.collection_method === method) &&
    (price === undefined || row.items.data.some((item) => item.price.id === price)) &&
    hasStatus(row, params.status) &&
    isOnClock(row, params) &&
    (start?.(currentPeriod(row).start) ?? true) &&
    (end?.(currentPeriod(row).end) ?? true) &&
    (params.created?.(row.created) ?? true);
}

/** What lives on a test clock is listed by that clock or by its customer only. */
function isOnClock(
  row: SubscriptionRecord,
  { test_clock: clock, customer }: Read<typeof filters>,
): boolean {
  if (clock !== undefined) return row.test_clock === clock;
  return row.test_clock === null || customer !== undefined;
}

/** Without a status Stripe lists everything that was not cancelled. */
function hasStatus({ status }: SubscriptionRecord, wantedStatus: string | undefined): boolean {
  if (wantedStatus === undefined) return status !== 'canceled';
  if (wantedStatus === 'all') return true;
  if (wantedStatus !== 'ended') return status === wantedStatus;
  return status === 'canceled' || status === 'incomplete_expired';
}
