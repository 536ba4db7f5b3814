import { type Route, route } from '../protocol/route.ts';

/** What account holders agreed to: made by SetupIntents and PaymentIntents, read here. */
export const mandateRoutes: readonly Route[] = [
  route('GET', '/v1/mandates/*', {}, (tx, _params, id) => tx.get('mandates', id)),
];
