import { itemFields } from '../billing/change-items.ts';
import { type Change, changeSubscription } from '../billing/change-subscription.ts';
import { resourceMissing } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  boolean,
  integer,
  metadata,
  oneOf,
  type Read,
  required,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { SubscriptionItemRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** How the change of one item is billed. */
const billing = {
  payment_behavior: oneOf('allow_incomplete', 'default_incomplete', 'error_if_incomplete'),
  proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
  proration_date: integer,
};

const creation = { ...itemFields, ...billing, subscription: text };
const changes = {
  ...itemFields,
  ...billing,
  metadata: unsettable(metadata),
  off_session: boolean,
};
const deletion = { ...billing, clear_usage: boolean };

export const subscriptionItemRoutes: readonly Route[] = [
  route('POST', '/v1/subscription_items', creation, create),
  route('GET', '/v1/subscription_items/*', {}, (tx, _params, id) => findItem(tx, id).item),
  route('POST', '/v1/subscription_items/*', changes, (tx, params, id) => {
    const { subscription } = findItem(tx, id);
    const [change, item] = divide(params);
    changeSubscription(tx, subscription, { ...change, items: [{ ...item, id }] });
    return findItem(tx, id).item;
  }),
  route('DELETE', '/v1/subscription_items/*', deletion, (tx, params, id) => {
    const { clear_usage: _meteredOnly, ...change } = params;
    const { subscription } = findItem(tx, id);
    changeSubscription(tx, subscription, { ...change, items: [{ deleted: true, id }] });
    return { id, object: 'subscription_item', deleted: true };
  }),
  route(
    'GET',
    '/v1/subscription_items',
    { ...listParameters, subscription: text },
    (tx, params) => {
      const id = required(params.subscription, 'subscription');
      const { items } = tx.get('subscriptions', id, 'subscription');
      return listRows(items.data, () => true, params, '/v1/subscription_items');
    },
  ),
];

function create(tx: Transaction, params: Read<typeof creation>): SubscriptionItemRecord {
  const { subscription: id, ...rest } = params;
  const before = tx.get('subscriptions', required(id, 'subscription'), 'subscription');
  const [change, item] = divide(rest);
  const after = changeSubscription(tx, before, { ...change, items: [item] });
  const created = after.items.data.find(
    ({ id: each }) => !before.items.data.some((known) => known.id === each),
  );
  if (created === undefined)
    throw new Error(`The new item of ${before.id} is not among its items.`);
  return created;
}

/** How a change is billed, and what of the item it changes. */
function divide<T extends Read<typeof billing>>(
  params: T,
): [Change, Omit<T, keyof typeof billing>] {
  const { payment_behavior, proration_behavior, proration_date, ...item } = params;
  const change = {
    ...(payment_behavior === undefined ? {} : { payment_behavior }),
    ...(proration_behavior === undefined ? {} : { proration_behavior }),
    ...(proration_date === undefined ? {} : { proration_date }),
  };
  return [change, item];
}

/** An item and the subscription that it is one of. */
function findItem(
  tx: Transaction,
  id: string,
): { readonly item: SubscriptionItemRecord; readonly subscription: SubscriptionRecord } {
  for (const subscription of tx.rows('subscriptions')) {
    const item = subscription.items.data.find((each) => each.id === id);
    if (item !== undefined) return { item, subscription };
  }
  throw resourceMissing('subscription_item', id);
}
