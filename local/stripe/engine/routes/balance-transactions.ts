import { type Route, route } from '../protocol/route.ts';

/** What moved on the account's balance: made by charges, refunds and disputes, read here. */
export const balanceTransactionRoutes: readonly Route[] = [
  route('GET', '/v1/balance_transactions/*', {}, (tx, _params, id) =>
    tx.get('balance_transactions', id),
  ),
];
