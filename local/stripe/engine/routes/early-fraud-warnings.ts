import { listParameters, listRows } from '../protocol/list.ts';
import { text, timeRange } from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';

const path = '/v1/radar/early_fraud_warnings';

/** What issuers reported as fraud: made by test cards and on request, read here. */
export const earlyFraudWarningRoutes: readonly Route[] = [
  route('GET', `${path}/*`, {}, (tx, _params, id) => tx.get('early_fraud_warnings', id)),
  route(
    'GET',
    path,
    { ...listParameters, charge: text, created: timeRange, payment_intent: text },
    (tx, params) =>
      listRows(
        tx.rows('early_fraud_warnings'),
        (row) =>
          (params.charge === undefined || row.charge === params.charge) &&
          (params.payment_intent === undefined || row.payment_intent === params.payment_intent) &&
          (params.created?.(row.created) ?? true),
        params,
        path,
      ),
  ),
];
