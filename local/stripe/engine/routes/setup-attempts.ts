import { listParameters, listRows } from '../protocol/list.ts';
import { required, text, timeRange } from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';

/** Each confirmation of a SetupIntent: made by it, read here. */
export const setupAttemptRoutes: readonly Route[] = [
  route(
    'GET',
    '/v1/setup_attempts',
    { ...listParameters, created: timeRange, setup_intent: text },
    (tx, params) => {
      const intent = tx.get(
        'setup_intents',
        required(params.setup_intent, 'setup_intent'),
        'setup_intent',
      );
      return listRows(
        tx.rows('setup_attempts'),
        (row) => row.setup_intent === intent.id && (params.created?.(row.created) ?? true),
        params,
        '/v1/setup_attempts',
      );
    },
  ),
];
